package dev.tidegate.duckdb.engine.face;

import dev.tidegate.duckdb.engine.execution.Execution.OnWrite;
import dev.tidegate.duckdb.engine.statement.Parameters;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How the calls of JDBC reach a statement that the engine runs in DuckDB's place, and what they give. Used by one thread at a time. */
final class Changes {
    /** What there is to tell is DuckDB's. */
    private static final long NOT_MINE = Long.MIN_VALUE;

    private final Parameters parameters = new Parameters();
    private final List<Binding> batch = new ArrayList<>();
    private long changed = NOT_MINE;

    /** Whether a call gives a parameter its value. */
    static boolean isSetter(Method method, Object[] args) {
        return method.getName().startsWith("set") && args.length > 1 && args[0] instanceof Integer;
    }

    Parameters parameters() {
        return parameters;
    }

    void addBatch() {
        batch.add(parameters.copy());
    }

    void clearBatch() {
        batch.clear();
    }

    /** Its entries, which it has no more then. */
    List<Binding> takeBatch() {
        List<Binding> entries = List.copyOf(batch);
        batch.clear();
        return entries;
    }

    /** Another statement runs: what it gives is DuckDB's until its end says otherwise. */
    void forget() {
        changed = NOT_MINE;
    }

    /** Whether the last statement's outcome is told here. */
    boolean isMine() {
        return changed != NOT_MINE;
    }

    /** As DuckDB's driver does, a count is given once. */
    long takeCount() {
        long count = changed;
        changed = Write.NO_COUNT;
        return count;
    }

    /** What a call by which a statement is run gives. */
    OnWrite<Object> answering(Method method) {
        return new OnWrite<>() {
            @Override
            public void check() throws SQLException {
                if (method.getName().equals("executeQuery")) {
                    throw new SQLException(
                            "executeQuery() can only be used with queries that return a ResultSet", "02000");
                }
            }

            @Override
            public Object changed(long[] counts) {
                changed = counts.length == 1 ? counts[0] : Write.NO_COUNT;
                return switch (method.getName()) {
                    case "execute" -> false;
                    case "executeUpdate" -> narrow(counts[0]);
                    case "executeLargeUpdate" -> counts[0];
                    case "executeBatch" ->
                        Arrays.stream(counts).mapToInt(Changes::narrow).toArray();
                    default -> counts;
                };
            }
        };
    }

    /** What has no room in an int is the largest one, as the drivers of others have it. */
    static int narrow(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }
}
