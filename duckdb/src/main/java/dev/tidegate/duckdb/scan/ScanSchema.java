package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunctionBindInfo;

/**
 * The columns of a table or query of SQL Server as DuckDB sees them: what a table function has to declare, and the SELECT around it that
 * makes the right types of what it gives. Immutable; knows nothing of where the rows come from.
 */
public final class ScanSchema {
    private final List<ScanColumn> columns;

    private ScanSchema(List<ScanColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /** @throws SQLException 0A000 for a column whose type DuckDB has no place for */
    public static ScanSchema of(List<Column> columns, Set<Loss> allowed) throws SQLException {
        return new ScanSchema(new ScanMapping(allowed).columns(columns));
    }

    public int width() {
        return columns.size();
    }

    /** What DuckDB calls a column: its own name, made different from those of other columns. */
    public String name(int column) {
        return columns.get(column).name();
    }

    /** The type that {@link #select} makes of a column, as DESCRIBE shows it. */
    public String duckdbType(int column) {
        return columns.get(column).duckdbType();
    }

    /** Whether a column is a decimal that travels without its point. */
    public boolean isUnscaled(int column) {
        return columns.get(column).isUnscaled();
    }

    /**
     * @param source a call of the table function
     * @param declared what the function calls its columns
     */
    public String select(String source, IntFunction<String> declared) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> String.format(columns.get(i).projection(), Identifiers.duckdb(declared.apply(i)))
                        + " AS " + Identifiers.duckdb(columns.get(i).name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + source));
    }

    /**
     * Declares the columns of the table function.
     *
     * @param declared what to call them
     */
    public void declare(DuckDBTableFunctionBindInfo info, IntFunction<String> declared) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            ScanColumn column = columns.get(i);
            try (DuckDBLogicalType type = column.carrier() == DuckDBColumnType.DECIMAL
                    ? DuckDBLogicalType.decimal(column.precision(), column.scale())
                    : DuckDBLogicalType.of(column.carrier())) {
                info.addResultColumn(declared.apply(i), type);
            }
        }
    }

    /**
     * @param wanted indexes of the columns that are read, one for each vector of the chunks
     * @param places for each of them, where it stands in the rows that are read
     * @param width columns of those rows
     * @param isAll whether the rows are all that there are, in an order: an error tells the row's number then
     */
    public Filling filling(int[] wanted, int[] places, int width, boolean isAll) {
        VectorSink[] sinks = new VectorSink[wanted.length];
        ColumnSink[] entrances = new ColumnSink[width];
        for (int i = 0; i < wanted.length; i++) {
            sinks[i] = columns.get(wanted[i]).newSink();
            entrances[places[i]] = sinks[i].entrance();
        }
        return new Filling(sinks, entrances, isAll);
    }

    /** Moves rows into chunks. Used by one thread at a time. */
    public static final class Filling {
        private final VectorSink[] sinks;
        private final ColumnSink[] entrances;
        private final boolean isAll;
        private long rows;

        private Filling(VectorSink[] sinks, ColumnSink[] entrances, boolean isAll) {
            this.sinks = sinks;
            this.entrances = entrances;
            this.isAll = isAll;
        }

        /** @return rows in the chunk; 0 at the end */
        public int fill(DuckDBDataChunkWriter chunk, RowBatches batches) throws SQLException {
            for (int i = 0; i < sinks.length; i++) {
                sinks[i].begin(chunk.vector(i));
            }
            int count;
            try {
                count = batches.read(entrances, Math.toIntExact(chunk.capacity()));
            } catch (Misfit e) {
                throw isAll ? e.after(rows) : e.somewhere();
            }
            for (VectorSink sink : sinks) {
                sink.end(count);
            }
            rows += count;
            return count;
        }
    }
}
