package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** By how many connections the scans of the statement that a session runs may read. Thread-safe. */
public final class ParallelScans {
    private final EngineSession session;
    private volatile boolean areAllowed;

    ParallelScans(EngineSession session) {
        this.session = session;
    }

    /** To be called before a statement runs. */
    public void begin(SqlStatement statement) {
        areAllowed = statement != null && !mayEndEarly(statement);
    }

    /** The scans of what runs from now on have one connection each. */
    void end() {
        areAllowed = false;
    }

    /** @param condition which rows are needed; null: all */
    Parallelism of(ScanSource source, Tsql condition) throws SQLException {
        if (!areAllowed
                || !(source instanceof ScanSource.Table)
                || session.remote().inTransaction()) {
            return Parallelism.OFF;
        }
        Parallelism wish = session.settings().parallelOf(source.database());
        boolean isLarge =
                source.cardinality().orElse(0) >= source.database().options().parallelRows();
        // How many rows a condition leaves is not known; of few, the server finds them sooner than it begins to look
        // for them in parts.
        return isLarge && (condition == null || wish.isAsked()) ? wish : Parallelism.OFF;
    }

    /**
     * A LIMIT without an order is reached by whatever rows come first: the other connections would have been taken for nothing, and be kept
     * until the statement ends.
     */
    public static boolean mayEndEarly(SqlStatement statement) {
        Deque<Boolean> isOrdered = new ArrayDeque<>();
        isOrdered.push(false);
        for (Token token : statement.tokens()) {
            if (token.isPunctuation('(')) {
                isOrdered.push(false);
            } else if (token.isPunctuation(')') && isOrdered.size() > 1) {
                isOrdered.pop();
            } else if (token.isWord("ORDER")) {
                isOrdered.pop();
                isOrdered.push(true);
            } else if (token.isWord("LIMIT") && !isOrdered.peek()) {
                return true;
            }
        }
        return false;
    }
}
