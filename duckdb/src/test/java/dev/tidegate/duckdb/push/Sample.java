package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.duckdb.DuckDBColumnType;

/** A column of every kind, with values at which two engines could differ. */
final class Sample {
    static final List<Column> COLUMNS = List.of(
            column("id", "int", "INTEGER", DuckDBColumnType.INTEGER, "%s"),
            column("b", "bit", "BOOLEAN", DuckDBColumnType.BOOLEAN, "%s", true, false),
            column("n", "tinyint", "UTINYINT", DuckDBColumnType.UTINYINT, "%s", 0, 3, 255),
            column(
                    "i",
                    "int",
                    "INTEGER",
                    DuckDBColumnType.INTEGER,
                    "%s",
                    -3,
                    0,
                    3,
                    4,
                    123_456_795,
                    Integer.MAX_VALUE,
                    Integer.MIN_VALUE),
            column(
                    "l",
                    "bigint",
                    "BIGINT",
                    DuckDBColumnType.BIGINT,
                    "%s",
                    -3L,
                    0L,
                    3L,
                    1L << 53,
                    Long.MAX_VALUE,
                    Long.MIN_VALUE),
            column(
                    "d",
                    "decimal(10,2)",
                    "DECIMAL(10,2)",
                    DuckDBColumnType.DECIMAL,
                    "%s",
                    dec("3.00"),
                    dec("3.50"),
                    dec("-3.51"),
                    dec("0.10"),
                    dec("99999999.99")),
            column(
                    "h",
                    "decimal(38,10)",
                    "DECIMAL(38,10)",
                    DuckDBColumnType.DECIMAL,
                    "%s",
                    dec("3.0000000000"),
                    dec("-9999999999999999999999999999.9999999999"),
                    dec("0.1000000000")),
            column(
                    "m",
                    "money",
                    "DECIMAL(19,4)",
                    DuckDBColumnType.DECIMAL,
                    "%s",
                    dec("3.0000"),
                    dec("-922337203685477.5808"),
                    dec("0.1000")),
            column("r", "real", "FLOAT", DuckDBColumnType.FLOAT, "%s", 0.1f, 3f, -0.0f, 3.4028235e38f, 16777216f),
            column(
                    "f",
                    "float",
                    "DOUBLE",
                    DuckDBColumnType.DOUBLE,
                    "%s",
                    0.1,
                    0.30000000000000004,
                    3.0,
                    -0.0,
                    1.7976931348623157e308,
                    1e15),
            column(
                    "s",
                    "nvarchar(30)",
                    "VARCHAR",
                    DuckDBColumnType.VARCHAR,
                    "%s",
                    "abc",
                    "ABC",
                    "abc  ",
                    "",
                    " ",
                    "äbc",
                    "abd",
                    "a%c",
                    "a_c",
                    "a[b]c",
                    "it's",
                    "x\\y",
                    "🌊b",
                    "ab\tc"),
            column(
                    "v",
                    "varchar(30)",
                    "VARCHAR",
                    DuckDBColumnType.VARCHAR,
                    "%s",
                    "abc",
                    "ABC",
                    "abc  ",
                    "",
                    " ",
                    "äbc",
                    "abd",
                    "a%c",
                    "a_c",
                    "a[b]c",
                    "it's"),
            column("c", "char(4)", "VARCHAR", DuckDBColumnType.VARCHAR, "%s", "abc ", "ABC ", "    ", "abcd"),
            column(
                    "dt",
                    "date",
                    "DATE",
                    DuckDBColumnType.INTEGER,
                    "DATE '1970-01-01' + %s",
                    LocalDate.of(1, 1, 1),
                    LocalDate.of(1582, 10, 4),
                    LocalDate.of(2020, 2, 29),
                    LocalDate.of(2020, 3, 1),
                    LocalDate.of(9999, 12, 31)),
            column(
                    "t0",
                    "datetime2(0)",
                    "TIMESTAMP",
                    DuckDBColumnType.BIGINT,
                    "make_timestamp(%s)",
                    at("0001-01-01T00:00:00"),
                    at("2020-02-29T00:00:00"),
                    at("2020-02-29T12:00:01"),
                    at("9999-12-31T23:59:59")),
            column(
                    "t6",
                    "datetime2(6)",
                    "TIMESTAMP",
                    DuckDBColumnType.BIGINT,
                    "make_timestamp(%s)",
                    at("2020-02-29T00:00:00"),
                    at("2020-02-29T12:00:00.000001"),
                    at("1582-10-10T00:00:00")),
            column(
                    "t7",
                    "datetime2(7)",
                    "TIMESTAMP_NS",
                    DuckDBColumnType.BIGINT,
                    "make_timestamp_ns(%s)",
                    at("2020-02-29T00:00:00"),
                    at("2020-02-29T12:00:00.0000001"),
                    at("1700-01-01T00:00:00")),
            column(
                    "td",
                    "datetime",
                    "TIMESTAMP",
                    DuckDBColumnType.BIGINT,
                    "make_timestamp(%s)",
                    at("2020-02-29T00:00:00"),
                    at("2020-02-29T12:00:00.003"),
                    at("2020-02-29T12:00:00.007"),
                    at("1753-01-01T00:00:00"),
                    at("9999-12-31T23:59:59.997")),
            column(
                    "ts",
                    "smalldatetime",
                    "TIMESTAMP",
                    DuckDBColumnType.BIGINT,
                    "make_timestamp(%s)",
                    at("2020-02-29T00:00:00"),
                    at("2020-02-29T12:01:00"),
                    at("1900-01-01T00:00:00"),
                    at("2079-06-06T23:59:00")),
            column(
                    "tm",
                    "time(3)",
                    "TIME",
                    DuckDBColumnType.BIGINT,
                    "make_timestamp(%s)::TIME",
                    LocalTime.of(0, 0),
                    LocalTime.of(12, 0, 0, 1_000_000),
                    LocalTime.of(23, 59, 59, 999_000_000)),
            column(
                    "z",
                    "datetimeoffset(6)",
                    "TIMESTAMP WITH TIME ZONE",
                    DuckDBColumnType.BIGINT,
                    "make_timestamptz(%s)",
                    OffsetDateTime.parse("2020-02-29T00:00:00Z"),
                    OffsetDateTime.parse("2020-02-29T12:00:00.000001Z")),
            column(
                    "u",
                    "uniqueidentifier",
                    "UUID",
                    DuckDBColumnType.UHUGEINT,
                    "%s::UUID",
                    UUID.fromString("ff11a2b3-1234-4321-8765-00000000000f"),
                    UUID.fromString("00000000-0000-0000-0000-000000000000")),
            column(
                    "x",
                    "varbinary(10)",
                    "BLOB",
                    DuckDBColumnType.VARCHAR,
                    "from_base64(%s)",
                    bytes("00"),
                    bytes("0000"),
                    bytes(""),
                    bytes("41ff")));

    private static final ScanNames NAMES = ScanNames.random();
    private static final ScanNames NAMES_OF_W = ScanNames.random();

    private Sample() {}

    /**
     * @param carrier the type that the scan gives
     * @param projection what the view makes of it
     */
    record Column(
            String name, String type, String duckdb, DuckDBColumnType carrier, String projection, List<Object> values) {
        /** Of table t. */
        String scanName() {
            return scanName("t");
        }

        String scanName(String table) {
            return (table.equals("w") ? NAMES_OF_W : NAMES).of(COLUMNS.indexOf(this));
        }

        TypeInfo info() {
            return TypeInfo.ofSql(type, Collation.DEFAULT);
        }

        /** A value as DuckDB writes it. */
        String literal(Object value) {
            if (value == null) {
                return "NULL";
            }
            if (value instanceof byte[] bytes) {
                return "unhex('" + HexFormat.of().formatHex(bytes) + "')";
            }
            String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
            return "CAST(" + Identifiers.literal(text.replace('T', value instanceof String ? 'T' : ' ')) + " AS "
                    + duckdb + ")";
        }
    }

    static RemoteTable table(String name) {
        return new RemoteTable(
                "demo",
                "[dbo]." + Identifiers.sqlServer(name),
                COLUMNS.stream()
                        .map(column -> new RemoteColumn(
                                column.name(),
                                column.scanName(name),
                                column.name(),
                                column.info(),
                                column.duckdb(),
                                !column.name().equals("id")))
                        .toList());
    }

    private static Column column(
            String name, String type, String duckdb, DuckDBColumnType carrier, String projection, Object... values) {
        return new Column(name, type, duckdb, carrier, projection, List.of(values));
    }

    private static BigDecimal dec(String text) {
        return new BigDecimal(text);
    }

    private static LocalDateTime at(String text) {
        return LocalDateTime.parse(text);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
