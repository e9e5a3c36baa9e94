package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.testkit.heap.HeapBackend;
import dev.tidegate.testkit.heap.HeapTable;
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
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @MethodSource("serverTypes")
    void everyServerTypeComesBackFromParquetAsItWas(String sqlType, Object value) throws Exception {
        backend.create("s", "[x] " + sqlType + " NULL").add(value).add((Object) null);
        String file = directory.resolve("t.parquet").toString();
        copy(url("s"), file);
        backend.create("back", "[x] " + sqlType + " NULL");
        copy("--append", file, url("back"));
        assertThat(backend.table("back").rows().get(0)[0]).isEqualTo(value);
        assertThat(backend.table("back").rows().get(1)[0]).isNull();
    }

    static List<Arguments> typesInTextFiles() {
        List<Arguments> cases = new ArrayList<>();
        for (String ending : List.of("csv", "tsv", "json", "ndjson")) {
            serverTypes().forEach(one -> cases.add(Arguments.of(one.get()[0], one.get()[1], ending)));
        }
        return cases;
    }

    /** Such a file has no types: what its texts mean is for the column to say that they come back into. */
    @ParameterizedTest
    @MethodSource("typesInTextFiles")
    void everyServerTypeComesBackFromTextAsItWas(String sqlType, Object value, String ending) {
        backend.create("s", "[x] " + sqlType + " NULL, [y] int NOT NULL")
                .add(value, 1)
                .add(null, 2);
        String file = directory.resolve("t." + ending).toString();
        copy("--verify", url("s"), file);
        backend.create("back", "[x] " + sqlType + " NULL, [y] int NOT NULL");
        copy("--truncate", "--verify", file, url("back"));
        assertThat(backend.table("back").rows().get(0)[0]).isEqualTo(value);
        assertThat(backend.table("back").rows().get(1)[0]).isNull();
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
                type("hierarchyid", new byte[] {0x58}, "BLOB", "X"),
                type("json", "{\"a\":1}", "JSON", "{\"a\":1}"),
                type("vector(2)", new float[] {1.5f, -0.1f}, "FLOAT[2]", "[1.5, -0.1]"),
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
                Arguments.of("'Grüße 🌊'", "nvarchar(20)"),
                Arguments.of("'{\"a\": 1}'::JSON", "nvarchar(10)"),
                Arguments.of("'b'::ENUM('a', 'b')", "nvarchar(10)"),
                Arguments.of("'\\x00\\xFF'::BLOB", "varbinary(10)"),
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

    static List<Arguments> refusedTypes() {
        return List.of(
                Arguments.of("LIST", "[1]"),
                Arguments.of("ARRAY", "[1, 2]::INTEGER[2]"),
                Arguments.of("STRUCT", "{'a': 1}"),
                Arguments.of("MAP", "MAP {'a': 1}"),
                Arguments.of("UNION", "union_value(a := 1)"),
                Arguments.of("INTERVAL", "INTERVAL 1 DAY"),
                Arguments.of("BIT", "'101'::BIT"),
                Arguments.of("TIMETZ", "'12:00:00+01'::TIMETZ"));
    }

    @ParameterizedTest
    @MethodSource("refusedTypes")
    void aDuckDbTypeWithoutAServerTypeIsRefused(String name, String expression) throws Exception {
        Path database = directory.resolve("t.duckdb");
        query(database, "CREATE TABLE db.t AS SELECT " + expression + " AS x");
        StringWriter err = new StringWriter();
        assertThat(run(err, "copy", database + "?table=t", url("made"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("\"x\"", "::VARCHAR");
        assertThat(backend.table("made")).isNull();
        copy("--query", "SELECT x::VARCHAR AS x FROM t", database.toString(), url("made"));
        assertThat(backend.table("made").rows()).hasSize(1);
    }

    static List<Arguments> losses() {
        return List.of(
                Arguments.of(
                        "time",
                        "datetime2(7)",
                        LocalDateTime.of(1600, 1, 1, 0, 0, 0, 123_456_700),
                        "1600-01-01 00:00:00.123456"),
                Arguments.of(
                        "time",
                        "datetimeoffset(7)",
                        OffsetDateTime.parse("2020-01-01T00:00:00.1234567Z"),
                        "2020-01-01 00:00:00.123456+00"),
                Arguments.of(
                        "offset",
                        "datetimeoffset(0)",
                        OffsetDateTime.parse("2020-01-01T05:30:00+05:30"),
                        "2020-01-01 00:00:00+00"),
                Arguments.of("text", "nvarchar(5)", "a\uD800", "a\uFFFD"),
                Arguments.of("nan", "'nan'::DOUBLE", null, null),
                Arguments.of("digits", "1.255::DECIMAL(9,3)", null, "1.26"));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isLostOnlyWhenItIsAllowed(String loss, String type, Object value, String left) throws Exception {
        Path database = directory.resolve("t.duckdb");
        String target = database + "?table=t";
        String from = url("s");
        if (value == null) {
            query(database, "CREATE TABLE db.t AS SELECT " + type + " AS x");
            from = target;
            target = url("s");
            backend.create("s", loss.equals("nan") ? "[x] float NULL" : "[x] decimal(9,2) NULL");
        } else {
            backend.create("s", "[x] " + type + " NULL").add(value);
        }
        StringWriter err = new StringWriter();
        String mode = value == null ? "--append" : "--create";
        assertThat(run(err, "copy", mode, from, target)).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("column \"x\", row 1, value ", "--lossy " + loss);
        copy("--lossy", loss, mode, from, target);
        if (loss.equals("nan")) {
            assertThat(backend.table("s").rows()).containsExactly(new Object[] {null});
        } else if (value == null) {
            assertThat(backend.table("s").rows().getFirst()[0]).hasToString(left);
        } else {
            assertThat(query(database, "SELECT x::VARCHAR FROM db.t")).containsExactly(left);
        }
    }

    /** The values that stand for what docs/types.md names as sources of a column that exists. */
    private static final Map<String, List<String>> SOURCES = Map.ofEntries(
            Map.entry("BOOLEAN", List.of("true")),
            Map.entry(
                    "every integer type",
                    List.of(
                            "1::TINYINT",
                            "1::SMALLINT",
                            "1::INTEGER",
                            "1::BIGINT",
                            "1::HUGEINT",
                            "1::UTINYINT",
                            "1::USMALLINT",
                            "1::UINTEGER",
                            "1::UBIGINT",
                            "1::UHUGEINT")),
            Map.entry("DECIMAL without digits after the point", List.of("1::DECIMAL(9,0)")),
            Map.entry("DECIMAL", List.of("1.25::DECIMAL(9,2)")),
            Map.entry("FLOAT", List.of("0.5::FLOAT")),
            Map.entry("DOUBLE", List.of("0.5::DOUBLE")),
            Map.entry("DATE", List.of("DATE '2020-01-01'")),
            Map.entry("TIME", List.of("TIME '12:00:00'")),
            Map.entry("TIME_NS", List.of("'12:00:00'::TIME_NS")),
            Map.entry(
                    "TIMESTAMP in each precision",
                    List.of(
                            "TIMESTAMP '2020-01-01'",
                            "'2020-01-01'::TIMESTAMP_S",
                            "'2020-01-01'::TIMESTAMP_MS",
                            "'2020-01-01'::TIMESTAMP_NS")),
            Map.entry("TIMESTAMP WITH TIME ZONE", List.of("TIMESTAMPTZ '2020-01-01 00:00:00+00'")),
            Map.entry("UUID", List.of("'ff11a2b3-1234-4321-8765-00000000000f'::UUID")),
            Map.entry("VARCHAR", List.of("'<a/>'")),
            Map.entry("JSON", List.of("'{}'::JSON")),
            Map.entry("ENUM", List.of("'b'::ENUM('a', 'b')")),
            Map.entry("BLOB", List.of("'\\x00'::BLOB")));

    static List<Arguments> existingColumns() {
        List<Arguments> cases = new ArrayList<>();
        for (List<String> row : new TypesDocument().rowsIntoExisting()) {
            // What follows is a remark on values.
            String takes = row.get(1).replaceAll("[;.] .*", "").replaceAll("; .*", "");
            for (String target : TypesDocument.names(row.get(0))) {
                for (String source : TypesDocument.names(takes)) {
                    cases.add(Arguments.of(target, SOURCES.get(source), source));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("existingColumns")
    void aColumnThatExistsTakesWhatItsRowSays(String target, List<String> expressions, String source) throws Exception {
        assertThat(expressions).as("values of " + source).isNotNull();
        Path database = directory.resolve("t.duckdb");
        String sqlType = target.matches("n?(var)?char")
                ? target + "(40)"
                : target.matches("(var)?binary")
                        ? target + "(1)"
                        : target.matches("decimal|numeric") ? target + "(9,2)" : target;
        StringBuilder columns = new StringBuilder();
        StringBuilder select = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            columns.append(i == 0 ? "" : ", ").append("[x" + i + "] " + sqlType + " NULL");
            select.append(i == 0 ? "" : ", ").append(expressions.get(i) + " AS x" + i);
        }
        backend.create("there", columns.toString());
        query(database, "CREATE TABLE db.t AS SELECT " + select);
        copy("--append", database + "?table=t", url("there"));
        assertThat(backend.table("there").rows()).hasSize(1);
        assertThat(backend.table("there").rows().getFirst()).doesNotContainNull();
    }

    @Test
    void textIsNotMeasuredWhenThatIsSwitchedOff() throws Exception {
        Path database = directory.resolve("t.duckdb");
        query(database, "CREATE TABLE db.t AS SELECT 'abc' AS x");
        copy("--no-measure", database + "?table=t", url("made"));
        assertThat(backend.table("made").columns().getFirst().type().toSql()).isEqualTo("nvarchar(max)");
    }

    private void copy(String... args) {
        StringWriter err = new StringWriter();
        List<String> line = new ArrayList<>(List.of("copy", "--quiet"));
        line.addAll(List.of(args));
        assertThat(run(err, line.toArray(String[]::new))).as(err.toString()).isZero();
    }

    private static int run(StringWriter err, String... line) {
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), line);
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
