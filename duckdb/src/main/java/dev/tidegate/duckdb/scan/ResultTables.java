package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.client.column.RowParts;
import dev.tidegate.tds.token.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionBuilder;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * Offers SQL Server results to one DuckDB database as tables. A table function is registered once, when this object is made; each result
 * is a number that it is called with. DuckDB has no way to unregister a function, so make one of these for a database and keep it.
 *
 * <p>Thread-safe. Results that are still open are closed with this object.
 */
public final class ResultTables implements AutoCloseable {
    private final String function =
            "tidegate_result_" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<Long, ResultTable> tables = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();

    /** @param duckdb any connection to the database; it may be closed afterwards */
    public ResultTables(Connection duckdb) throws SQLException {
        try (DuckDBTableFunctionBuilder builder = DuckDBFunctions.tableFunction()) {
            builder.withName(function)
                    .withParameter(Long.class)
                    .withProjectionPushdown()
                    .withFunction(new Scan())
                    .register(duckdb);
        }
    }

    /** @param allowed what may be lost on the way into DuckDB's types */
    public ResultTable open(RowBatches batches, Set<Loss> allowed) throws SQLException {
        return open(new WholeResult(batches), allowed);
    }

    /**
     * Of rows that several threads can read. DuckDB does so only where the order of rows does not matter to it:
     * {@code SET preserve_insertion_order = false}.
     *
     * @param allowed what may be lost on the way into DuckDB's types
     */
    public ResultTable open(RowParts parts, Set<Loss> allowed) throws SQLException {
        long id = lastId.incrementAndGet();
        ResultTable table = new ResultTable(new Forgetting(parts, id), allowed, function, id);
        tables.put(id, table);
        return table;
    }

    @Override
    public void close() throws SQLException {
        SQLException failure = null;
        for (ResultTable table : tables.values()) {
            try {
                table.close();
            } catch (SQLException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Takes a result off the list when it is closed. */
    private final class Forgetting implements RowParts {
        private final RowParts parts;
        private final long id;

        Forgetting(RowParts parts, long id) {
            this.parts = parts;
            this.id = id;
        }

        @Override
        public List<Column> columns() {
            return parts.columns();
        }

        @Override
        public int readers() {
            return parts.readers();
        }

        @Override
        public RowBatches reader(int[] wanted) throws SQLException {
            return parts.reader(wanted);
        }

        @Override
        public boolean isComplete() {
            return parts.isComplete();
        }

        @Override
        public void cancel() {
            parts.cancel();
        }

        @Override
        public void close() throws SQLException {
            tables.remove(id);
            parts.close();
        }
    }

    /** The table function: finds the result by its number when bound, reads it when run. */
    private final class Scan implements DuckDBTableFunction<ResultTable, Object, ResultTable.Worker> {
        @Override
        public ResultTable bind(DuckDBTableFunctionBindInfo info) throws SQLException {
            long id = info.getParameter(0).getLong();
            ResultTable table = tables.get(id);
            if (table == null) {
                throw new SQLException("result " + id + " is closed", "24000");
            }
            for (int i = 0; i < table.columns().size(); i++) {
                ScanColumn column = table.columns().get(i);
                try (DuckDBLogicalType type = column.carrier() == DuckDBColumnType.DECIMAL
                        ? DuckDBLogicalType.decimal(column.precision(), column.scale())
                        : DuckDBLogicalType.of(column.carrier())) {
                    info.addResultColumn(ResultTable.carrierName(i), type);
                }
            }
            return table;
        }

        @Override
        public Object init(DuckDBTableFunctionInitInfo info) throws SQLException {
            ResultTable table = info.getBindData();
            info.setMaxThreads(table.readers());
            int[] wanted = new int[Math.toIntExact(info.getColumnCount())];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = Math.toIntExact(info.getColumnIndex(i));
            }
            table.start(wanted);
            return null;
        }

        @Override
        public ResultTable.Worker localInit(DuckDBTableFunctionInitInfo info) throws SQLException {
            ResultTable table = info.getBindData();
            return table.worker();
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) throws SQLException {
            ResultTable.Worker worker = info.getLocalInitData();
            return worker.fill(chunk);
        }
    }
}
