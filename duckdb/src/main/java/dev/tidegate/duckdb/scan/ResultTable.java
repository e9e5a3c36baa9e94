package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.client.column.RowParts;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.row.ColumnSink;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkWriter;

/**
 * A SQL Server result that DuckDB reads as a table, once: {@link #sql()} goes into a FROM clause of one statement. Columns that the
 * statement does not use are skipped on the wire.
 *
 * <p>Where several connections read it, several of DuckDB's threads do, each as fast as it can make use of the rows; there is no order
 * between them, and an error tells no row's number. The first failure ends them all.
 *
 * <p>DuckDB reports an error of a scan as text. Who runs the statement passes the exception through {@link #explain}, which puts the
 * real one in its place. {@link #rows()} may be called from any thread.
 */
public final class ResultTable implements AutoCloseable {
    private final RowParts parts;
    private final List<ScanColumn> columns;
    private final String source;
    /** The columns of the one pass over the result; null before. */
    private final AtomicReference<int[]> reading = new AtomicReference<>();

    private final AtomicLong rows = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    ResultTable(RowParts parts, Set<Loss> allowed, String function, long id) throws SQLException {
        this.parts = parts;
        this.columns = new ScanMapping(allowed).columns(parts.columns());
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
        return parts.isComplete();
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
        parts.close();
    }

    List<ScanColumn> columns() {
        return columns;
    }

    static String carrierName(int index) {
        return "c" + index;
    }

    int readers() {
        return parts.readers();
    }

    /** @param wanted index of the result's column for each vector of a chunk */
    void start(int[] wanted) throws SQLException {
        if (!reading.compareAndSet(null, wanted)) {
            throw new SQLException(
                    "this result was already read; a result can be scanned once in one statement", "24000");
        }
    }

    /** For one thread; after {@link #start}. */
    Worker worker() throws SQLException {
        int[] wanted = reading.get();
        return new Worker(wanted, parts.reader(wanted));
    }

    /** Notes what was the first to go wrong, and then ends the readers of other threads. */
    private void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
        parts.cancel();
    }

    /** What one thread reads. */
    final class Worker {
        private final VectorSink[] sinks;
        private final ColumnSink[] entrances;
        private final RowBatches reader;
        private long rowsBefore;

        private Worker(int[] wanted, RowBatches reader) {
            this.reader = reader;
            this.sinks = new VectorSink[wanted.length];
            this.entrances = new ColumnSink[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                sinks[i] = columns.get(wanted[i]).newSink();
                entrances[i] = sinks[i].entrance();
            }
        }

        long fill(DuckDBDataChunkWriter chunk) throws SQLException {
            if (reader == null) {
                return 0;
            }
            try {
                for (int i = 0; i < sinks.length; i++) {
                    sinks[i].begin(chunk.vector(i));
                }
                int count = reader.read(entrances, Math.toIntExact(chunk.capacity()));
                for (VectorSink sink : sinks) {
                    sink.end(count);
                }
                rowsBefore += count;
                rows.addAndGet(count);
                return count;
            } catch (Misfit e) {
                SQLException named = readers() == 1 ? e.after(rowsBefore) : e.somewhere();
                failed(named);
                throw named;
            } catch (SQLException | RuntimeException | Error e) {
                failed(e);
                throw e;
            }
        }
    }
}
