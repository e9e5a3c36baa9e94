package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements that a session has prepared, by handle. Used by one thread. */
final class PreparedHandles {
    private static final int MOST = 100_000;

    /** A statement that was parsed once. */
    record Prepared(List<Statement.Declaration> parameters, List<Statement> statements) {}

    private final Map<Integer, Prepared> byHandle = new HashMap<>();
    private int last;

    int add(Prepared prepared) throws SqlServerException {
        if (byHandle.size() >= MOST) {
            throw KnownError.TOO_MANY_HANDLES.exception(MOST);
        }
        byHandle.put(++last, prepared);
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
    }

    void clear() {
        byHandle.clear();
    }
}
