package dev.tidegate.duckdb.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Scalar functions of one DuckDB database that take rows away: {@code f(load, c0, c1, …)} hands its columns to a load and gives 1 for each
 * row. DuckDB calls such a function with whole chunks, in all threads that make them, which its streaming results do not offer. A function
 * cannot be unregistered, so there is one for each list of types, which later loads use again; make one object for a database and keep it.
 *
 * <p>Thread-safe.
 */
public final class LoadFunctions {
    private final String prefix =
            "tidegate_load_" + UUID.randomUUID().toString().substring(0, 8) + "_";
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<List<DuckType>, String> names = new HashMap<>();
    private final Map<Long, SideBySide> loads = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /** @return the name of the function that takes columns of these types */
    String forTypes(Connection duckdb, List<DuckType> types) throws SQLException {
        lock.lock();
        try {
            String name = names.get(types);
            if (name == null) {
                name = prefix + names.size();
                register(duckdb, name, types);
                names.put(types, name);
            }
            return name;
        } finally {
            lock.unlock();
        }
    }

    private void register(Connection duckdb, String name, List<DuckType> types) throws SQLException {
        try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
            builder.withName(name).withParameter(DuckDBColumnType.BIGINT);
            for (DuckType type : types) {
                try (DuckDBLogicalType logical = logical(type)) {
                    builder.withParameter(logical);
                }
            }
            builder.withReturnType(DuckDBColumnType.BIGINT)
                    .withVolatile()
                    .withVectorizedFunction(this::take)
                    .register(duckdb);
        }
    }

    private static DuckDBLogicalType logical(DuckType type) throws SQLException {
        return type.kind() == DuckType.Kind.DECIMAL
                ? DuckDBLogicalType.decimal(type.precision(), type.scale())
                : DuckDBLogicalType.of(DuckDBColumnType.valueOf(type.text().replace(' ', '_')));
    }

    private void take(DuckDBDataChunkReader chunk, DuckDBWritableVector ones) throws SQLException {
        int rows = Math.toIntExact(chunk.rowCount());
        if (rows == 0) {
            return;
        }
        SideBySide load = loads.get(chunk.vector(0).getLong(0));
        if (load == null) {
            throw new SQLException("this load is over", "24000");
        }
        load.take(chunk, rows);
        for (int row = 0; row < rows; row++) {
            ones.setLong(row, 1);
        }
    }

    long begin(SideBySide load) {
        long id = lastId.incrementAndGet();
        loads.put(id, load);
        return id;
    }

    void end(long id) {
        loads.remove(id);
    }
}
