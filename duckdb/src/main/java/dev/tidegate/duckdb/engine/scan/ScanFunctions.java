package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.push.remote.Tsql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBValue;

/**
 * The table function by which a DuckDB instance reads all that the engine has attached. There is one, which every transaction sees: DuckDB
 * cannot forget a function, and shows none to a transaction that is older. Thread-safe.
 */
public final class ScanFunctions implements DuckDBTableFunction<ScanFunctions.Bound, Scan, Object> {
    /**
     * What was bound is what is read, even if it was given back since.
     *
     * @param held what was known then of the rows that are needed; null: nothing
     */
    record Bound(ScanSource source, long owner, ScanConditions.Held held) {}

    private final String name;
    private final LongFunction<ScanOwner> owners;
    private final Map<Long, ScanFunction> inUse = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();

    /**
     * @param name that nothing else in the instance has
     * @param owners finds the one with a number, or null
     */
    public ScanFunctions(String name, Connection duckdb, LongFunction<ScanOwner> owners) throws SQLException {
        this.name = name;
        this.owners = owners;
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(name)
                    .withParameter(Long.class)
                    .withParameter(Long.class)
                    .withProjectionPushdown()
                    .withFunction(this)
                    .register(duckdb);
        }
    }

    /** For a source, until it is given back. */
    public ScanFunction take(ScanSource source) {
        ScanFunction function = new ScanFunction(name, lastNumber.incrementAndGet(), source);
        inUse.put(function.number(), function);
        return function;
    }

    /** What still has a call of it, as a view that an older transaction sees, is refused from now on. */
    public void giveBack(ScanFunction function) {
        inUse.remove(function.number());
    }

    /** How many sources there are. */
    int size() {
        return inUse.size();
    }

    @Override
    public Bound bind(DuckDBTableFunctionBindInfo info) throws SQLException {
        ScanFunction function = inUse.get(number(info, 1));
        if (function == null) {
            throw new SQLException(
                    "what was read here is not attached any more, or has changed; run the statement again", "42P01");
        }
        ScanSource source = function.source();
        source.schema().declare(info, function.names()::of);
        source.cardinality().ifPresent(rows -> info.setCardinality(rows, false));
        long number = number(info, 0);
        ScanOwner owner = owners.apply(number);
        return new Bound(
                source, number, owner == null ? null : owner.conditions().held(source));
    }

    /** To ask a NULL for its value ends the process. */
    private static long number(DuckDBTableFunctionBindInfo info, int parameter) {
        try (DuckDBValue value = info.getParameter(parameter)) {
            return value.isNull() ? 0 : value.getLong();
        }
    }

    @Override
    public Scan init(DuckDBTableFunctionInitInfo info) throws SQLException {
        int[] wanted = new int[Math.toIntExact(info.getColumnCount())];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = Math.toIntExact(info.getColumnIndex(i));
        }
        Bound bound = info.getBindData();
        ScanOwner owner = owners.apply(bound.owner());
        if (owner == null) {
            // Of a connection that is not the engine's.
            info.setMaxThreads(1);
            return new Scan(bound.source(), null, wanted, Parallelism.OFF, new Run(Duration.ZERO), new RemoteWork());
        }
        Tsql condition = owner.conditions().of(bound.held(), bound.source());
        Parallelism parallelism = owner.parallelism(bound.source(), condition);
        info.setMaxThreads(parallelism.connections());
        return new Scan(bound.source(), condition, wanted, parallelism, owner.run(), owner.remote());
    }

    @Override
    public Object localInit(DuckDBTableFunctionInitInfo info) {
        return null;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) throws SQLException {
        Scan scan = info.getInitData();
        return scan.fill(chunk);
    }
}
