package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.translate.ColumnInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server cursors of a session: static ones, over rows that were read when they were opened. Used by one thread. */
final class Cursors {
    private static final int MOST = 1_000;
    private static final int FIRST_HANDLE = 180_150_000;

    /** An open cursor; {@code position} is the row, from 1, that a fetch gave last, 0 before the first. */
    static final class Cursor {
        final List<ColumnInfo> columns;
        final List<Object[]> rows;
        int position;
        int fetched;

        Cursor(List<ColumnInfo> columns, List<Object[]> rows) {
            this.columns = columns;
            this.rows = rows;
        }
    }

    private final Map<Integer, Cursor> open = new HashMap<>();
    private int last = FIRST_HANDLE;

    int add(Cursor cursor) throws SqlServerException {
        if (open.size() >= MOST) {
            throw KnownError.TOO_MANY_CURSORS.exception(MOST);
        }
        open.put(++last, cursor);
        return last;
    }

    /** @throws SqlServerException 16916 if there is none */
    Cursor get(int handle) throws SqlServerException {
        Cursor cursor = open.get(handle);
        if (cursor == null) {
            throw KnownError.UNKNOWN_CURSOR.exception(handle);
        }
        return cursor;
    }

    void close(int handle) throws SqlServerException {
        get(handle);
        open.remove(handle);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void clear() {
        open.clear();
    }
}
