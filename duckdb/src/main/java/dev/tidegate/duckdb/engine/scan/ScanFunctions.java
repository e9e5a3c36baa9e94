package dev.tidegate.duckdb.engine.scan;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunctionBuilder;

/**
 * The table functions of a DuckDB instance. Some are registered ahead: a transaction sees those that were there when it began. The caller
 * holds the lock of the connection that they are registered with.
 */
public final class ScanFunctions {
    /** As many scans a transaction can come to need that were in no view before it; a registration takes some 25 microseconds. */
    private static final int AHEAD = 64;

    private final String prefix;
    private final Connection duckdb;
    private final LongFunction<ScanOwner> owners;
    private final Deque<ScanFunction> free = new ArrayDeque<>();
    private int made;

    public ScanFunctions(String prefix, Connection duckdb, LongFunction<ScanOwner> owners) throws SQLException {
        this.prefix = prefix;
        this.duckdb = duckdb;
        this.owners = owners;
        replenish();
    }

    public ScanFunction take(ScanSource source) throws SQLException {
        if (free.isEmpty()) {
            free.add(make());
        }
        ScanFunction function = free.remove();
        function.read(source);
        return function;
    }

    /** To be called between statements, so that the next transaction finds some. */
    public void replenish() throws SQLException {
        while (free.size() < AHEAD) {
            free.add(make());
        }
    }

    public void giveBack(ScanFunction function) {
        function.read(null);
        // First, because a transaction that is open may not see those that were made since.
        free.addFirst(function);
    }

    private ScanFunction make() throws SQLException {
        ScanFunction function = new ScanFunction(prefix + made++, owners);
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(function.name())
                    .withParameter(Long.class)
                    .withParameter(Long.class)
                    .withProjectionPushdown()
                    .withFunction(function)
                    .register(duckdb);
        }
        return function;
    }
}
