package dev.tidegate.client.event;

import dev.tidegate.client.error.ErrorContext;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("dev.tidegate.Batch")
@Label("Batch")
@Description("A batch of a prepared statement")
final class BatchEvent extends PlacedEvent implements Batching {
    private static final BatchEvent ANY = new BatchEvent();

    @Label("Rows")
    int rows;

    @Label("Way")
    @Description("LOADED, as a bulk load, or why it went by calls; null if its load was ended from outside")
    String way;

    @Label("Loaded Rows")
    @Description("Rows that went as a bulk load")
    long loadedRows;

    @Label("Outcome")
    @Description("DONE, or the SQLState of the first error")
    String outcome;

    static Batching begun(ErrorContext where, int rows) {
        if (!ANY.isEnabled()) {
            return NONE;
        }
        BatchEvent event = new BatchEvent();
        event.at(where);
        event.rows = rows;
        event.begin();
        return event;
    }

    @Override
    public void end(String how, long loaded, String result) {
        way = how;
        loadedRows = loaded;
        outcome = result;
        commit();
    }
}
