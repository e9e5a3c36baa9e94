package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.row.ColumnSink;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkWriter;

/**
 * A SQL Server result that DuckDB reads as a table, once: {@link #sql()} goes into a FROM clause of one statement. Columns that the
 * statement does not use are skipped on the wire.
 *
 * <p>DuckDB reports an error of a scan as text. Who runs the statement passes the exception through {@link #explain}, which puts the
 * real one in its place. {@link #rows()} may be called from any thread.
 */
public final class ResultTable implements AutoCloseable {
    private final RowBatches batches;
    private final List<ScanColumn> columns;
    private final String source;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean complete;

    ResultTable(RowBatches batches, Set<Loss> allowed, String function, long id) throws SQLException {
        this.batches = batches;
        this.columns = new ScanMapping(allowed).columns(batches.columns());
        this.source = Identifiers.duckdb(function) + "(" + id + ")";
    }

    /** A SELECT over the whole result, with SQL Server's column names and the DuckDB types of docs/types.md. */
    public String sql() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> String.format(columns.get(i).projection(), carrierName(i)) + " AS "
                        + Identifiers.duckdb(columns.get(i).name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + source));
    }

    /** Names of the columns in DuckDB, which differ from the server's where those are missing or not unique. */
    public List<String> columnNames() {
        return columns.stream().map(ScanColumn::name).toList();
    }

    /** Rows that DuckDB has been given so far. */
    public long rows() {
        return rows.get();
    }

    /** True once the server has sent its last row; a statement with LIMIT may well end before that. */
    public boolean isComplete() {
        return complete;
    }

    /** @return the error that made the scan fail; or {@code reported} itself when the scan is innocent */
    public SQLException explain(SQLException reported) {
        Throwable cause = failure.get();
        if (cause == null) {
            return reported;
        }
        return cause instanceof SQLException known ? known : new SQLException(cause.getMessage(), "XX000", cause);
    }

    @Override
    public void close() throws SQLException {
        batches.close();
    }

    List<ScanColumn> columns() {
        return columns;
    }

    static String carrierName(int index) {
        return "c" + index;
    }

    /** @param wanted index of the result's column for each vector of the chunk */
    Reading start(int[] wanted) throws SQLException {
        if (!started.compareAndSet(false, true)) {
            throw new SQLException(
                    "this result was already read; a result can be scanned once in one statement", "24000");
        }
        return new Reading(wanted);
    }

    /** One pass over the result. */
    final class Reading {
        private final ColumnSink[] sinks = new ColumnSink[columns.size()];
        private final VectorSink[] wantedSinks;

        private Reading(int[] wanted) {
            wantedSinks = new VectorSink[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                wantedSinks[i] = columns.get(wanted[i]).newSink();
                sinks[wanted[i]] = wantedSinks[i].entrance();
            }
        }

        long fill(DuckDBDataChunkWriter chunk) throws SQLException {
            try {
                for (int i = 0; i < wantedSinks.length; i++) {
                    wantedSinks[i].begin(chunk.vector(i));
                }
                int count = batches.read(sinks, Math.toIntExact(chunk.capacity()));
                for (VectorSink sink : wantedSinks) {
                    sink.end(count);
                }
                complete = count == 0;
                rows.addAndGet(count);
                return count;
            } catch (Misfit e) {
                SQLException named = e.after(rows.get());
                failure.compareAndSet(null, named);
                throw named;
            } catch (SQLException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                throw e;
            }
        }
    }
}
