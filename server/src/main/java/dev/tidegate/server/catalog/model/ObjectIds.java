package dev.tidegate.server.catalog.model;

import org.h2.engine.DbObject;

/**
 * Object ids from H2's: positive, stable as long as the object lives, and with room for the DEFAULT constraints of a table, which are no
 * objects in H2.
 */
final class ObjectIds {
    private static final int FIRST = 100_000;
    private static final int STEP = 2_048;

    private ObjectIds() {}

    static int of(DbObject object) {
        // H2 reuses ids and keeps them small; a database would need a million objects to wrap around.
        return FIRST + (int) ((object.getId() * (long) STEP) % (Integer.MAX_VALUE - FIRST - STEP));
    }

    /** @param columnId from 1 to 1024, SQL Server's limit */
    static int ofDefault(DbObject table, int columnId) {
        return of(table) + columnId;
    }
}
