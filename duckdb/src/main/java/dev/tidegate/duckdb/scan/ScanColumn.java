package dev.tidegate.duckdb.scan;

import java.util.function.Function;
import org.duckdb.DuckDBColumnType;

/**
 * How one column of a result enters DuckDB. The JDBC driver can write some vector types only; a column of another type travels in a
 * <em>carrier</em> that it can write, and a projection around the scan makes the right type of it.
 *
 * @param name unique within the result, ignoring case
 * @param duckdbType what the projection makes of it, as DESCRIBE shows it
 * @param carrier the vector's type; DECIMAL takes precision and scale from the next two
 * @param projection SQL over the carrier, with {@code %s} for the carrier's name
 * @param sink makes the writer, given the column's name
 */
record ScanColumn(
        String name,
        String duckdbType,
        DuckDBColumnType carrier,
        int precision,
        int scale,
        String projection,
        Function<String, VectorSink> sink) {

    static ScanColumn direct(String name, DuckDBColumnType type, Function<String, VectorSink> sink) {
        return new ScanColumn(name, type.name(), type, 0, 0, "%s", sink);
    }

    static ScanColumn decimal(String name, int precision, int scale) {
        String type = "DECIMAL(" + precision + "," + scale + ")";
        if (precision <= UnscaledSink.MOST_DIGITS) {
            return carried(
                    name, type, DuckDBColumnType.BIGINT, UnscaledSink.projection(precision, scale), UnscaledSink::new);
        }
        return new ScanColumn(
                name, type, DuckDBColumnType.DECIMAL, precision, scale, "%s", column -> new DecimalSink(column, scale));
    }

    static ScanColumn carried(
            String name,
            String duckdbType,
            DuckDBColumnType carrier,
            String projection,
            Function<String, VectorSink> sink) {
        return new ScanColumn(name, duckdbType, carrier, 0, 0, projection, sink);
    }

    /** Whether the carrier has the value's digits without the point that is among them. */
    boolean isUnscaled() {
        return carrier == DuckDBColumnType.BIGINT && duckdbType.startsWith("DECIMAL(") && !duckdbType.endsWith(",0)");
    }

    VectorSink newSink() {
        return sink.apply(name);
    }
}
