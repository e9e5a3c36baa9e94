package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.Main;
import dev.tidegate.cli.heap.HeapBackend;
import dev.tidegate.cli.heap.HeapTable;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of docs/types.md on the whole way: TDS rows, DuckDB vectors, a DuckDB file, a bulk load, and what is stored then. */
@Timeout(60)
class TypesFullPathTest {
    private static final String PASSWORD = "pass";

    @TempDir
    private Path directory;

    private final HeapBackend backend = new HeapBackend();
    private EmbeddedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedSqlServer.builder()
                .backend(backend)
                .login("sa", PASSWORD)
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Arguments> serverTypes() {
        return List.of(
                type("bit", true, "BOOLEAN", "true"),
                type("tinyint", (short) 255, "UTINYINT", "255"),
                type("smallint", Short.MIN_VALUE, "SMALLINT", "-32768"),
                type("int", Integer.MIN_VALUE, "INTEGER", "-2147483648"),
                type("bigint", Long.MIN_VALUE, "BIGINT", "-9223372036854775808"),
                type("real", 0.1f, "FLOAT", "0.1"),
                type("float", Double.MIN_VALUE, "DOUBLE", "5e-324"),
                type("decimal(5,2)", new BigDecimal("-999.99"), "DECIMAL(5,2)", "-999.99"),
                type("numeric(18,0)", new BigDecimal("999999999999999999"), "DECIMAL(18,0)", "999999999999999999"),
                type(
                        "decimal(38,10)",
                        new BigDecimal("-9999999999999999999999999999.9999999999"),
                        "DECIMAL(38,10)",
                        "-9999999999999999999999999999.9999999999"),
                type("money", new BigDecimal("-922337203685477.5808"), "DECIMAL(19,4)", "-922337203685477.5808"),
                type("smallmoney", new BigDecimal("214748.3647"), "DECIMAL(10,4)", "214748.3647"),
                type("date", LocalDate.of(1, 1, 1), "DATE", "0001-01-01"),
                type("date", LocalDate.of(9999, 12, 31), "DATE", "9999-12-31"),
                type("time(0)", LocalTime.of(23, 59, 59), "TIME", "23:59:59"),
                type("time(6)", LocalTime.of(0, 0, 0, 1000), "TIME", "00:00:00.000001"),
                type("time(7)", LocalTime.of(23, 59, 59, 999_999_900), "TIME_NS", "23:59:59.9999999"),
                type("smalldatetime", LocalDateTime.of(2079, 6, 6, 23, 59), "TIMESTAMP", "2079-06-06 23:59:00"),
                type("datetime2(0)", LocalDateTime.of(1, 1, 1, 0, 0), "TIMESTAMP", "0001-01-01 00:00:00"),
                type(
                        "datetime2(6)",
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000),
                        "TIMESTAMP",
                        "9999-12-31 23:59:59.999999"),
                type(
                        "datetime2(7)",
                        LocalDateTime.of(1677, 9, 22, 0, 0, 0, 100),
                        "TIMESTAMP_NS",
                        "1677-09-22 00:00:00.0000001"),
                type(
                        "datetimeoffset(6)",
                        OffsetDateTime.parse("2020-02-29T12:00:00.000001Z"),
                        "TIMESTAMP WITH TIME ZONE",
                        "2020-02-29 12:00:00.000001+00"),
                type(
                        "uniqueidentifier",
                        UUID.fromString("ff11a2b3-1234-4321-8765-00000000000f"),
                        "UUID",
                        "ff11a2b3-1234-4321-8765-00000000000f"),
                type("char(5)", "abc  ", "VARCHAR", "abc  "),
                type("varchar(20)", "naïve €", "VARCHAR", "naïve €"),
                type("varchar(max)", "x".repeat(9000), "VARCHAR", "x".repeat(9000)),
                type("nchar(3)", "日本 ", "VARCHAR", "日本 "),
                type("nvarchar(20)", "Grüße 🌊", "VARCHAR", "Grüße 🌊"),
                type("nvarchar(max)", "🌊".repeat(5000), "VARCHAR", "🌊".repeat(5000)),
                type("nvarchar(20)", "", "VARCHAR", ""),
                type("xml", "<a>ü</a>", "VARCHAR", "<a>ü</a>"),
                type("binary(3)", new byte[] {0, 1, -1}, "BLOB", "\\x00\\x01\\xFF"),
                type("varbinary(10)", new byte[0], "BLOB", ""),
                type("varbinary(max)", new byte[9000], "BLOB", "\\x00".repeat(9000)));
    }

    @ParameterizedTest
    @MethodSource("serverTypes")
    void everyServerTypeComesBackAsItWas(String sqlType, Object value, String duckType, String shown) throws Exception {
        HeapTable table = backend.create("s", "[x] " + sqlType + " NULL");
        table.add(value).add((Object) null);
        Path database = directory.resolve("t.duckdb");
        copy(url("s"), database + "?table=t");
        assertThat(query(database, "SELECT typeof(x) || ' ' || x::VARCHAR FROM db.t"))
                .containsExactly(duckType + " " + shown, null);

        backend.create("back", "[x] " + sqlType + " NULL");
        copy("--truncate", "--verify", database + "?table=t", url("back"));
        List<Object[]> rows = backend.table("back").rows();
        assertThat(rows.get(0)[0]).isEqualTo(value);
        assertThat(rows.get(1)[0]).isNull();
    }

    static List<Arguments> readOnlyTypes() {
        return List.of(
                type(
                        "datetime",
                        LocalDateTime.of(1753, 1, 1, 0, 0, 0, 3_333_300),
                        "TIMESTAMP",
                        "1753-01-01 00:00:00.003"),
                type("text", "old", "VARCHAR", "old"),
                type("ntext", "öld", "VARCHAR", "öld"),
                type("image", new byte[] {1}, "BLOB", "\\x01"),
                // Servers send the next two as text to a client that has not said that it knows them.
                type("json", "{\"a\":1}", "VARCHAR", "{\"a\":1}"),
                type("vector(2)", new float[] {1.5f, -0.1f}, "VARCHAR", "[1.5,-0.1]"),
                type("sql_variant", new SqlVariant(TypeInfo.integer(), 7), "VARCHAR", "7"),
                type("sql_variant", new SqlVariant(TypeInfo.decimal(5, 2), new BigDecimal("1.50")), "VARCHAR", "1.50"),
                type(
                        "sql_variant",
                        new SqlVariant(TypeInfo.date(), LocalDate.of(2020, 1, 1)),
                        "VARCHAR",
                        "2020-01-01"));
    }

    @ParameterizedTest
    @MethodSource("readOnlyTypes")
    void theOtherServerTypesAreRead(String sqlType, Object value, String duckType, String shown) throws Exception {
        backend.create("s", "[x] " + sqlType + " NULL").add(value).add((Object) null);
        Path database = directory.resolve("t.duckdb");
        copy(url("s"), database + "?table=t");
        assertThat(query(database, "SELECT typeof(x) || ' ' || x::VARCHAR FROM db.t"))
                .containsExactly(duckType + " " + shown, null);
    }

    static List<Arguments> duckTypes() {
        return List.of(
                Arguments.of("true", "bit"),
                Arguments.of("(-128)::TINYINT", "smallint"),
                Arguments.of("(-32768)::SMALLINT", "smallint"),
                Arguments.of("2147483647::INTEGER", "int"),
                Arguments.of("(-9223372036854775808)::BIGINT", "bigint"),
                Arguments.of("255::UTINYINT", "tinyint"),
                Arguments.of("65535::USMALLINT", "int"),
                Arguments.of("4294967295::UINTEGER", "bigint"),
                Arguments.of("18446744073709551615::UBIGINT", "decimal(20,0)"),
                Arguments.of("(-99999999999999999999999999999999999999)::HUGEINT", "decimal(38,0)"),
                Arguments.of("99999999999999999999999999999999999999::UHUGEINT", "decimal(38,0)"),
                Arguments.of("0.1::FLOAT", "real"),
                Arguments.of("0.1::DOUBLE", "float"),
                Arguments.of("1.25::DECIMAL(7,3)", "decimal(7,3)"),
                Arguments.of("'Grüße 🌊'", "nvarchar(12)"),
                Arguments.of("'{\"a\": 1}'::JSON", "nvarchar(8)"),
                Arguments.of("'b'::ENUM('a', 'b')", "nvarchar(1)"),
                Arguments.of("'\\x00\\xFF'::BLOB", "varbinary(2)"),
                Arguments.of("'ff11a2b3-1234-4321-8765-00000000000f'::UUID", "uniqueidentifier"),
                Arguments.of("DATE '0001-01-01'", "date"),
                Arguments.of("TIME '23:59:59.999999'", "time(6)"),
                Arguments.of("'23:59:59.9999999'::TIME_NS", "time(7)"),
                Arguments.of("TIMESTAMP '0001-01-01 00:00:00.000001'", "datetime2(6)"),
                Arguments.of("'2020-01-01 12:00:00'::TIMESTAMP_S", "datetime2(0)"),
                Arguments.of("'2020-01-01 12:00:00.123'::TIMESTAMP_MS", "datetime2(3)"),
                Arguments.of("'2020-01-01 12:00:00.1234567'::TIMESTAMP_NS", "datetime2(7)"),
                Arguments.of("TIMESTAMPTZ '2020-01-01 00:00:00.5+01'", "datetimeoffset(6)"));
    }

    @ParameterizedTest
    @MethodSource("duckTypes")
    void everyDuckDbTypeGetsItsServerTypeAndComesBack(String expression, String sqlType) throws Exception {
        Path database = directory.resolve("t.duckdb");
        query(database, "CREATE TABLE db.t AS SELECT " + expression + " AS x UNION ALL SELECT NULL");
        copy("--verify", database + "?table=t", url("made"));
        assertThat(backend.table("made").columns().getFirst().type().toSql()).isEqualTo(sqlType);
        Path back = directory.resolve("back.duckdb");
        copy(url("made"), back + "?table=t");
        String type = query(database, "SELECT typeof(x) FROM db.t LIMIT 1").getFirst();
        assertThat(query(back, "SELECT (x::" + type + ")::VARCHAR FROM db.t"))
                .isEqualTo(query(database, "SELECT x::VARCHAR FROM db.t"));
    }

    private void copy(String... args) {
        StringWriter err = new StringWriter();
        List<String> line = new ArrayList<>(List.of("copy", "--quiet"));
        line.addAll(List.of(args));
        int code =
                Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), line.toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
    }

    private String url(String table) {
        return "mssql://sa:" + PASSWORD + "@127.0.0.1:" + server.port() + "/master?encrypt=false&table=" + table;
    }

    private static List<String> query(Path database, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("ATTACH '" + database + "' AS db");
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static Arguments type(String sqlType, Object value, String duckType, String shown) {
        return Arguments.of(sqlType, value, duckType, shown);
    }
}
