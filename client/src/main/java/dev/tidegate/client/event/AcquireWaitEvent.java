package dev.tidegate.client.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;

@Name("dev.tidegate.AcquireWait")
@Label("Acquire Wait")
@Description("A caller waits for a connection: in line, while one is opened, or while one is checked")
@Threshold("10 ms")
final class AcquireWaitEvent extends PoolEvent implements Span {
    private static final AcquireWaitEvent ANY = new AcquireWaitEvent();

    @Label("Outcome")
    @Description("ACQUIRED, or the SQLState of the error")
    String outcome;

    static Span begun(String name) {
        if (!ANY.isEnabled()) {
            return NONE;
        }
        AcquireWaitEvent event = new AcquireWaitEvent();
        event.pool = name;
        event.begin();
        return event;
    }

    @Override
    public void end(String how) {
        outcome = how;
        commit();
    }
}
