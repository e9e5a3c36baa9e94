package dev.tidegate.duckdb.scan;

import static org.duckdb.DuckDBColumnType.BIGINT;
import static org.duckdb.DuckDBColumnType.BOOLEAN;
import static org.duckdb.DuckDBColumnType.DOUBLE;
import static org.duckdb.DuckDBColumnType.FLOAT;
import static org.duckdb.DuckDBColumnType.INTEGER;
import static org.duckdb.DuckDBColumnType.SMALLINT;
import static org.duckdb.DuckDBColumnType.UHUGEINT;
import static org.duckdb.DuckDBColumnType.UTINYINT;
import static org.duckdb.DuckDBColumnType.VARCHAR;

import dev.tidegate.client.column.Loss;
import dev.tidegate.duckdb.UniqueNames;
import dev.tidegate.duckdb.scan.TimestampSink.Unit;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which DuckDB type each SQL Server type becomes; the table is in docs/types.md. */
final class ScanMapping {
    private final Set<Loss> allowed;

    ScanMapping(Set<Loss> allowed) {
        this.allowed = allowed;
    }

    List<ScanColumn> columns(List<Column> columns) throws SQLException {
        List<ScanColumn> mapped = new ArrayList<>();
        UniqueNames names = new UniqueNames();
        for (Column column : columns) {
            mapped.add(column(names.next(column.name()), column.type()));
        }
        return mapped;
    }

    private ScanColumn column(String name, TypeInfo type) throws SQLException {
        return switch (type.type()) {
            case BIT, BITN ->
                ScanColumn.direct(
                        name, BOOLEAN, column -> new LongSink(column, (v, row, x) -> v.setBoolean(row, x != 0)));
            case INT1, INT2, INT4, INT8, INTN -> integer(name, type.maxLength());
            case FLT4, FLT8, FLTN -> floating(name, type.maxLength());
            case DECIMAL, NUMERIC, DECIMALN, NUMERICN -> ScanColumn.decimal(name, type.precision(), type.scale());
            case MONEY, MONEY4, MONEYN -> ScanColumn.decimal(name, type.maxLength() == 4 ? 10 : 19, 4);
            case DATEN -> ScanColumn.carried(name, "DATE", INTEGER, "DATE '1970-01-01' + %s", DateSink::new);
            case TIMEN -> time(name, type.scale());
            case DATETIM4 -> timestamp(name, Unit.MICROSECONDS);
            case DATETIME -> timestamp(name, Unit.ROUNDED_MILLISECONDS);
            case DATETIMEN -> timestamp(name, type.maxLength() == 4 ? Unit.MICROSECONDS : Unit.ROUNDED_MILLISECONDS);
            case DATETIME2N ->
                timestamp(
                        name, type.scale() == 7 && !allowed.contains(Loss.TIME) ? Unit.NANOSECONDS : Unit.MICROSECONDS);
            case DATETIMEOFFSETN ->
                ScanColumn.carried(
                        name,
                        "TIMESTAMP WITH TIME ZONE",
                        BIGINT,
                        "make_timestamptz(%s)",
                        column -> new OffsetSink(column, allowed));
            case GUID -> ScanColumn.carried(name, "UUID", UHUGEINT, "%s::UUID", UuidSink::new);
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT, XML -> text(name, "VARCHAR", "%s");
            case JSON -> text(name, "JSON", "%s::JSON");
            case BINARY, VARBINARY, BIGBINARY, BIGVARBINARY, IMAGE, UDT ->
                ScanColumn.carried(name, "BLOB", VARCHAR, "from_base64(%s)", BytesSink::new);
            case VECTOR -> vector(name, type);
            case SSVARIANT ->
                ScanColumn.carried(name, "VARCHAR", VARCHAR, "%s", column -> new VariantSink(column, allowed));
            case NULL ->
                ScanColumn.direct(name, INTEGER, column -> new LongSink(column, (v, row, x) -> v.setInt(row, (int) x)));
            case TVP ->
                throw new SQLFeatureNotSupportedException(
                        "column \"" + name + "\" has type " + type.type().sqlName()
                                + ", which no DuckDB type stands for",
                        "0A000");
        };
    }

    private static ScanColumn vector(String name, TypeInfo type) throws SQLException {
        if (type.scale() != VectorBytes.FLOAT32) {
            throw new SQLFeatureNotSupportedException(
                    "column \"" + name + "\" has type " + type.toSql() + "; cast it to float32 elements in the query",
                    "0A000");
        }
        String array = "FLOAT[" + VectorBytes.dimensions(type) + "]";
        return ScanColumn.carried(name, array, VARCHAR, "%s::" + array, VectorTypeSink::new);
    }

    private static ScanColumn integer(String name, int length) {
        return switch (length) {
            case 1 -> ScanColumn.direct(name, UTINYINT, c -> new LongSink(c, (v, row, x) -> v.setUint8(row, (int) x)));
            case 2 ->
                ScanColumn.direct(name, SMALLINT, c -> new LongSink(c, (v, row, x) -> v.setShort(row, (short) x)));
            case 4 -> ScanColumn.direct(name, INTEGER, c -> new LongSink(c, (v, row, x) -> v.setInt(row, (int) x)));
            default -> ScanColumn.direct(name, BIGINT, c -> new LongSink(c, (v, row, x) -> v.setLong(row, x)));
        };
    }

    private static ScanColumn floating(String name, int length) {
        boolean single = length == Float.BYTES;
        return ScanColumn.direct(name, single ? FLOAT : DOUBLE, column -> new DoubleSink(column, single));
    }

    private ScanColumn time(String name, int scale) {
        boolean nanoseconds = scale == 7 && !allowed.contains(Loss.TIME);
        return ScanColumn.carried(
                name,
                nanoseconds ? "TIME_NS" : "TIME",
                BIGINT,
                nanoseconds ? "make_timestamp_ns(%s)::TIME_NS" : "make_timestamp(%s)::TIME",
                column -> new TimeSink(column, nanoseconds));
    }

    private static ScanColumn timestamp(String name, Unit unit) {
        return ScanColumn.carried(
                name,
                unit == Unit.NANOSECONDS ? "TIMESTAMP_NS" : "TIMESTAMP",
                BIGINT,
                unit == Unit.NANOSECONDS ? "make_timestamp_ns(%s)" : "make_timestamp(%s)",
                column -> new TimestampSink(column, unit));
    }

    private ScanColumn text(String name, String duckdbType, String projection) {
        return ScanColumn.carried(name, duckdbType, VARCHAR, projection, column -> new TextSink(column, allowed));
    }
}
