package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.duckdb.push.remote.Tsql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongFunction;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBValue;

/**
 * A table function of DuckDB, and what it reads at present. It has a name of its own, so that plans tell which table is scanned. DuckDB
 * cannot forget a function, so one that is not needed any more is given another table.
 */
public final class ScanFunction implements DuckDBTableFunction<ScanFunction.Bound, Scan, Object> {
    /**
     * What was bound is what is read, even if the function means another table by then.
     *
     * @param held what was known then of the rows that are needed; null: nothing
     */
    record Bound(ScanSource source, long owner, ScanConditions.Held held) {}

    /** A variable of the DuckDB connection, by which a scan finds the connection that it belongs to. */
    public static final String OWNER = "tidegate_session";

    private final String name;
    private final ScanNames names = ScanNames.random();
    private final LongFunction<ScanOwner> owners;
    private volatile Reads reads = new Reads(null, 0);

    /** A view knows by its generation whether the function still means what it meant when the view was made. */
    private record Reads(ScanSource source, long generation) {}

    /** @param owners finds the one with a number, or null */
    ScanFunction(String name, LongFunction<ScanOwner> owners) {
        this.name = name;
        this.owners = owners;
    }

    public String name() {
        return name;
    }

    /** What it calls its columns. */
    public ScanNames names() {
        return names;
    }

    /** @param source null if there is nothing to read any more */
    void read(ScanSource source) {
        reads = new Reads(source, reads.generation() + 1);
    }

    /** SQL that reads what the function reads at present, on behalf of whatever connection runs it. */
    public String call() {
        return Identifiers.duckdb(name) + "(coalesce(getvariable('" + OWNER + "')::BIGINT, 0), " + reads.generation()
                + ")";
    }

    @Override
    public Bound bind(DuckDBTableFunctionBindInfo info) throws SQLException {
        Reads present = reads;
        if (present.source() == null || number(info, 1) != present.generation()) {
            throw new SQLException(
                    "what was read here is not attached any more, or has changed; run the statement again", "42P01");
        }
        ScanSource source = present.source();
        source.schema().declare(info, names::of);
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
