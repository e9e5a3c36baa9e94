package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements that a session has prepared, by handle. Used by one thread, but for {@link #size}. */
final class PreparedHandles {
    private static final int MOST = 100_000;

    /** A statement that was parsed once. */
    record Prepared(List<Statement.Declaration> parameters, List<Statement> statements) {}

    private final Map<Integer, Prepared> byHandle = new HashMap<>();
    private int last;
    private volatile int size;

    int add(Prepared prepared) throws SqlServerException {
        if (byHandle.size() >= MOST) {
            throw KnownError.INSUFFICIENT_MEMORY.exception("there are " + MOST
                    + " prepared statements in this session; unprepare those that are not needed");
        }
        byHandle.put(++last, prepared);
        size = byHandle.size();
        return last;
    }

    /** @throws SqlServerException 8179 if there is none */
    Prepared get(int handle) throws SqlServerException {
        Prepared prepared = byHandle.get(handle);
        if (prepared == null) {
            throw KnownError.UNKNOWN_HANDLE.exception(handle);
        }
        return prepared;
    }

    void remove(int handle) throws SqlServerException {
        if (byHandle.remove(handle) == null) {
            throw KnownError.UNKNOWN_HANDLE.exception(handle);
        }
        size = byHandle.size();
    }

    /** Handles begin anew with 1, as SQL Server's do: one of before may be another statement's now. */
    void clear() {
        byHandle.clear();
        last = 0;
        size = 0;
    }

    /** Any thread. */
    int size() {
        return size;
    }
}
