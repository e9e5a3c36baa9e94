package dev.tidegate.server.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.h2.engine.SessionLocal;
import org.h2.result.Row;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/**
 * The rows of a view as one statement sees them: H2 gives each statement its own time. Whoever asks for few objects gets their rows
 * alone; else all are computed, once. For the thread of the session.
 */
final class CatalogRows {
    /** So many objects are looked up one by one, which costs a look at the number of each table. */
    private static final int FEW = 16;

    private final SessionLocal session;
    private final Value statementTime;
    private final BiConsumer<Catalog, Consumer<Row>> source;
    private final int key;
    private final boolean ofTables;
    private List<Row> all;
    private Map<Integer, List<Row>> byObject;
    private int lookUps;

    /**
     * @param key the number of the column with the object's id; negative if there is none
     * @param ofTables as {@link SystemView#ofTables}
     */
    CatalogRows(SessionLocal session, BiConsumer<Catalog, Consumer<Row>> source, int key, boolean ofTables) {
        this.session = session;
        this.statementTime = session.currentTimestamp();
        this.source = source;
        this.key = key;
        this.ofTables = ofTables;
    }

    boolean isOf(SessionLocal asking) {
        return session == asking && statementTime == asking.currentTimestamp();
    }

    List<Row> all() {
        if (all == null) {
            all = from(Catalog.of(session));
        }
        return all;
    }

    /** The rows with this object's id. */
    List<Row> of(int objectId) {
        if (all == null && ofTables && lookUps++ < FEW) {
            return from(Catalog.ofTable(session, objectId));
        }
        if (byObject == null) {
            byObject = new HashMap<>();
            for (Row row : all()) {
                Value id = row.getValue(key);
                if (id != ValueNull.INSTANCE) {
                    byObject.computeIfAbsent(id.getInt(), _ -> new ArrayList<>()).add(row);
                }
            }
        }
        return byObject.getOrDefault(objectId, List.of());
    }

    private List<Row> from(Catalog catalog) {
        List<Row> rows = new ArrayList<>();
        source.accept(catalog, rows::add);
        return rows;
    }
}
