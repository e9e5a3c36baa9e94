package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.testkit.heap.HeapBackend;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last chapter of docs/types.md on the whole way: CSV, JSON and Parquet files, in both directions. */
@Timeout(120)
class TextFilesTest {
    @TempDir
    private Path directory;

    private final HeapBackend backend = new HeapBackend();
    private final StringWriter err = new StringWriter();
    private EmbeddedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedSqlServer.builder().backend(backend).login("sa", "pw").start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static List<Arguments> textsOfColumns() {
        return new TypesDocument()
                .rowsOfTexts().stream()
                        .map(row -> Arguments.of(TypesDocument.quoted(row.get(0)), row.get(1), row.get(2)))
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("textsOfColumns")
    void aNewTableKeepsEveryText(List<String> texts, String sqlServer, String duckdb) throws Exception {
        Path csv = csv("x", texts);
        if (sqlServer.startsWith("datetimeoffset") && duckdb.equals("VARCHAR")) {
            // To compare both sides they have to be read into DuckDB, which has no offsets.
            copy("--verify", "--lossy", "offset", csv.toString(), url("made"));
        } else {
            copy("--verify", csv.toString(), url("made"));
        }
        assertThat(base(backend.table("made").columns().getFirst().type().toSql()))
                .isEqualTo(base(sqlServer));
        Path database = directory.resolve("t.duckdb");
        copy("--verify", csv.toString(), database + "?table=t");
        assertThat(base(query("ATTACH '" + database + "' AS d", "SELECT typeof(x) FROM d.t LIMIT 1").getFirst()))
                .isEqualTo(base(duckdb));
        Path parquet = directory.resolve("t.parquet");
        copy("--verify", csv.toString(), parquet.toString());
        Path json = directory.resolve("t.json");
        copy("--verify", csv.toString(), json.toString());
        // And back to where the texts came from: the values are the same, however they are written.
        Path back = directory.resolve("back.csv");
        copy("--verify", parquet.toString(), back.toString());
        copy("--replace", "--verify", json.toString(), back.toString());
    }

    static List<Arguments> textsIntoColumns() {
        List<Arguments> cases = new ArrayList<>();
        for (List<String> row : new TypesDocument().rowsOfTextsIntoExisting()) {
            for (String target : TypesDocument.names(row.get(0))) {
                cases.add(Arguments.of(target, TypesDocument.quoted(row.get(1))));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("textsIntoColumns")
    void aColumnThatExistsTakesTheTextsOfItsRow(String target, List<String> texts) throws Exception {
        String type = target.matches("n?(var)?char")
                ? target + "(40)"
                : target.matches("(var)?binary") ? "varbinary(9)" : target.matches("decimal|numeric") ? target + "(9,2)" : target;
        backend.create("there", "[x] " + type + " NULL");
        copy("--append", csv("x", texts).toString(), url("there"));
        assertThat(backend.table("there").rows()).hasSize(texts.size());
        assertThat(backend.table("there").rows()).noneMatch(row -> row[0] == null);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "datetime2(6), 2020-01-01 00:00:00.1234567, --lossy time",
                "~decimal(9,2)~, 1.256, --lossy digits",
                "float, 0.12345678901234567890, --lossy digits",
                "int, 12 apples, not a number",
                "date, 29.02.2020, year-month-day",
                "datetime2(7), 2020-01-01 00:00:00+01:00, no room for the offset",
                "varbinary(9), abc, 0x and hexadecimal"
            })
    void namesRowColumnAndValueOfATextThatDoesNotFit(String type, String text, String remedy) throws Exception {
        backend.create("there", "[x y] " + type + " NULL");
        Path csv = Files.write(directory.resolve("t.csv"), List.of("x y", "", "\"" + text + "\""));
        assertThat(run("copy", "--append", csv.toString(), url("there"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("column \"x y\", row 2, value ", text, remedy).hasLineCount(1);
        assertThat(backend.table("there").rows()).isEmpty();
    }

    @Test
    void keepsTheDigitsOfJsonNumbersAndTheTextOfNestedValues() throws Exception {
        Path json = Files.writeString(
                directory.resolve("t.json"),
                "[{\"n\": 1.12345678901234567890123, \"id\": \"007\", \"o\": {\"a\": [1.00]}},"
                        + " {\"n\": -0.5, \"at\": \"2020-02-29T12:30:00.1234567\"}]");
        copy("--verify", json.toString(), url("made"));
        assertThat(backend.table("made").columns())
                .extracting(column -> column.name() + " " + column.type().toSql())
                .containsExactly("n decimal(24,23)", "id nvarchar(10)", "o nvarchar(20)", "at datetime2(7)");
        assertThat(backend.table("made").rows())
                .extracting(Arrays::toString)
                .containsExactly(
                        "[1.12345678901234567890123, 007, {\"a\": [1.00]}, null]",
                        "[-0.50000000000000000000000, null, null, 2020-02-29T12:30:00.123456700]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a,b/1,2/3/4,5,6/# 7,8 ! line 3 has 1 field and the first line 2 fields, separated by ','",
                "a;b;c/1;2;3//'x/;;y';2;3/4,5;6 ! line 6 has 2 fields and the first line 3 fields, separated by ';'",
                "a|b/1|2|3 ! line 2 has 3 fields and the first line 2 fields, separated by '|'"
            })
    void refusesAFileWhoseLinesHaveDifferentNumbersOfFields(String lines, String expected) throws Exception {
        Path csv = Files.writeString(directory.resolve("ragged.csv"), lines.replace('\'', '"').replace('/', '\n'));
        assertThat(run("copy", csv.toString(), directory.resolve("x.parquet").toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("ragged.csv: " + expected, "double quotes");
        assertThat(directory.resolve("x.parquet")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ragged.csv.gz", "ragged.CSV.GZ"})
    void looksIntoCompressedFilesForThatToo(String name) throws Exception {
        Path csv = directory.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(csv))) {
            out.write("a,b\n1,2\n3\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run("copy", csv.toString(), directory.resolve("x.parquet").toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains(name + ": line 3 has 1 field and the first line 2 fields");
    }

    @Test
    void readsOneColumnWhoseTextsHaveSeparators() throws Exception {
        Path csv = Files.write(
                directory.resolve("one.csv"), List.of("\"last, first\"", "\"Doe, J\"", "x", "\"a;b|c\"", "\"1", "2,\""));
        copy("--verify", csv.toString(), url("made"));
        assertThat(backend.table("made").columns()).singleElement().extracting(c -> c.name()).isEqualTo("last, first");
        assertThat(backend.table("made").rows())
                .extracting(Arrays::toString)
                .containsExactly("[Doe, J]", "[x]", "[a;b|c]", "[1\n2,]");
    }

    @Test
    void readsSeveralFilesByTheNamesOfTheirColumns() throws Exception {
        Files.write(directory.resolve("p1.csv"), List.of("a,b", "1,007"));
        Files.write(directory.resolve("p2.csv"), List.of("b,a", "8,2"));
        copy("--verify", directory + "/p*.csv", url("made"));
        assertThat(backend.table("made").rows()).extracting(Arrays::toString).containsExactly("[1, 007]", "[2, 8]");
    }

    @Test
    void changesNoTextOnTheWayIntoADuckDbTableThatExists() throws Exception {
        Path database = directory.resolve("t.duckdb");
        query(
                "ATTACH '" + database + "' AS d",
                "CREATE TABLE d.t (i INTEGER, c DECIMAL(38,20), s VARCHAR, b BLOB, u UUID, ts TIMESTAMP)");
        Path good = Files.write(
                directory.resolve("good.csv"),
                List.of(
                        "i,c,s,b,u,ts",
                        "007,0.30000000000000004,1.50,0x00ff,ff11a2b3-1234-4321-8765-00000000000f,2020-01-01 00:00:00",
                        "8,1,2,,,"));
        copy("--append", good.toString(), database + "?table=t");
        assertThat(query("ATTACH '" + database + "' AS d", "SELECT (t::VARCHAR) FROM d.t"))
                .first()
                .asString()
                .contains("'i': 7", "'c': 0.30000000000000004000", "'s': 1.50", "x00", "xFF", "2020-01-01 00:00:00");
        for (String bad : List.of(
                "i\n1.5\n007",
                "i\n2.5",
                "c\n0.123456789012345678901",
                "b\nabc",
                "ts\n1600-01-01 00:00:00.1234567",
                "ts\n2020-01-01 00:00:00.1234567")) {
            Path csv = Files.writeString(directory.resolve("bad.csv"), bad + "\n");
            err.getBuffer().setLength(0);
            assertThat(run("copy", "--append", csv.toString(), database + "?table=t"))
                    .as(bad)
                    .isEqualTo(ExitCode.FAILED);
            assertThat(err.toString()).contains("column \"" + bad.substring(0, bad.indexOf('\n')) + "\"");
        }
        assertThat(query("ATTACH '" + database + "' AS d", "SELECT count(*) FROM d.t")).containsExactly("2");
    }

    /** Values for the rows of the table on files: what is kept, and what has to be refused. */
    static List<Arguments> specialInFiles() {
        String huge = "99999999999999999999999999999999999999";
        return List.of(
                kept("HUGEINT", "parquet", "(-" + huge + ")::HUGEINT", "-" + huge),
                kept("UHUGEINT", "parquet", huge + "::UHUGEINT", huge),
                refused("HUGEINT", "parquet", "170141183460469231731687303715884105727::HUGEINT", "39 digits"),
                refused("UHUGEINT", "parquet", "340282366920938463463374607431768211455::UHUGEINT", "39 digits"),
                kept("HUGEINT", "csv", "(-" + huge + ")::HUGEINT", "-" + huge),
                kept("UHUGEINT", "json", huge + "::UHUGEINT", huge),
                kept("INTERVAL", "parquet", "INTERVAL '1 month 2 days 3.123 seconds'", "1 month 2 days 00:00:03.123"),
                refused("INTERVAL", "parquet", "INTERVAL '3.123456 seconds'", "milliseconds"),
                refused("INTERVAL", "parquet", "INTERVAL '-1 day'", "negative"),
                kept("INTERVAL", "csv", "INTERVAL '3.123456 seconds'", "00:00:03.123456"),
                kept("INTERVAL", "json", "INTERVAL '3.123456 seconds'", "00:00:03.123456"),
                refused("TIMETZ", "parquet", "'12:00:00+05:30'::TIMETZ", "TIME WITH TIME ZONE"),
                kept("TIMETZ", "csv", "'12:00:00+05:30'::TIMETZ", "12:00:00+05:30"),
                kept("TIMETZ", "json", "'12:00:00+05:30'::TIMETZ", "12:00:00+05:30"),
                refused("UNION", "parquet", "union_value(a := 1)", "UNION"),
                kept("UNION", "csv", "union_value(a := 1)", "1"),
                kept("UNION", "json", "union_value(a := 1)", "{\"a\":1}"),
                refused("LIST", "parquet", "[1::HUGEINT]", "HUGEINT"),
                refused("STRUCT", "parquet", "{'a': INTERVAL 1 DAY}", "INTERVAL"),
                refused("MAP", "parquet", "MAP {1: '12:00:00+01'::TIMETZ}", "TIME WITH TIME ZONE"),
                kept("LIST", "csv", "[" + huge + "::HUGEINT]", "[" + huge + "]"),
                kept("LIST", "json", "[" + huge + "::HUGEINT]", "[" + huge + "]"),
                kept("BLOB", "parquet", "'\\x00\\xFFA'::BLOB", "\\x00\\xFFA"),
                kept("BLOB", "csv", "'\\x00\\xFFA'::BLOB", "0x00FF41"),
                kept("BLOB", "json", "'\\x00\\xFFA'::BLOB", "0x00FF41"),
                kept("FLOAT", "parquet", "'nan'::FLOAT", "nan"),
                kept("DOUBLE", "csv", "'-infinity'::DOUBLE", "-inf"),
                refused("FLOAT", "json", "'nan'::FLOAT", "--lossy nan"),
                refused("DOUBLE", "json", "'infinity'::DOUBLE", "--lossy nan"),
                kept("DECIMAL", "json", "(-0.5)::DECIMAL(2,2)", "-0.5"),
                kept("DECIMAL", "csv", "(-0.5)::DECIMAL(2,2)", "-.50"),
                kept("DECIMAL", "parquet", "(-0.5)::DECIMAL(38,38)", "-.50000000000000000000000000000000000000"),
                refused("DECIMAL", "json", "0.5::DECIMAL(38,38)", "zero before the point"),
                refused("DECIMAL", "json", "[0.5::DECIMAL(2,2)]", "zero before the point"),
                kept("JSON", "parquet", "'[1.50000000000000000001]'::JSON", "[1.50000000000000000001]"),
                kept("JSON", "json", "'{\"a\":\"1.50000000000000000001\"}'::JSON", "{\"a\":\"1.50000000000000000001\"}"),
                refused("JSON", "json", "'[1.50000000000000000001]'::JSON", "17 digits"),
                kept("JSON", "csv", "'[1.50000000000000000001]'::JSON", "[1.50000000000000000001]"));
    }

    @ParameterizedTest
    @MethodSource("specialInFiles")
    void aFileHasWhatWasThereOrIsNotWritten(
            String type, String ending, String expression, String shown, String reason) throws Exception {
        Path database = directory.resolve("t.duckdb");
        query("ATTACH '" + database + "' AS d", "CREATE TABLE d.t AS SELECT " + expression + " AS x, 1 AS y");
        Path file = directory.resolve("t." + ending);
        if (reason != null) {
            assertThat(run("copy", database + "?table=t", file.toString())).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString()).contains(reason).hasLineCount(1);
            assertThat(file).doesNotExist();
            return;
        }
        copy(database + "?table=t", file.toString());
        String read = switch (ending) {
            case "csv" -> "SELECT x FROM read_csv('" + file + "', all_varchar = true)";
            case "json" -> "SELECT regexp_extract(json::VARCHAR, '\"x\":\"?(.*?)\"?,\"y\"', 1) FROM read_json_objects('" + file + "')";
            default -> "SELECT x::VARCHAR FROM '" + file + "'";
        };
        assertThat(query(read)).containsExactly(shown);
    }

    @Test
    void writesNullForNanWhenThatIsAllowed() throws Exception {
        Path database = directory.resolve("t.duckdb");
        query("ATTACH '" + database + "' AS d", "CREATE TABLE d.t AS SELECT unnest(['nan'::DOUBLE, 1.5]) AS x");
        Path file = directory.resolve("t.json");
        copy("--lossy", "nan", database + "?table=t", file.toString());
        assertThat(file).content().isEqualToIgnoringWhitespace("[{\"x\":null},{\"x\":1.5}]");
    }

    private Path csv(String name, List<String> texts) throws IOException {
        List<String> lines = new ArrayList<>(List.of(name));
        texts.forEach(text -> lines.add('"' + text + '"'));
        return Files.write(directory.resolve("texts.csv"), lines);
    }

    private static String base(String type) {
        return type.replaceAll("\\((p|n|\\d+),?(s|\\d+)?\\)", type.contains("nvarchar") || type.matches("(?i)decimal.*") ? "" : "($1)");
    }

    private void copy(String... args) {
        List<String> line = new ArrayList<>(List.of("copy", "--quiet"));
        line.addAll(List.of(args));
        assertThat(run(line.toArray(String[]::new))).as(line + ": " + err).isZero();
    }

    private int run(String... line) {
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), line);
    }

    private String url(String table) {
        return "mssql://sa:pw@127.0.0.1:" + server.port() + "/master?encrypt=false&table=" + table;
    }

    /** The first column of the last statement's rows. */
    private static List<String> query(String... statements) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    ResultSet rows = statement.getResultSet();
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
        }
        return found;
    }

    private static Arguments kept(String type, String ending, String expression, String shown) {
        return Arguments.of(type, ending, expression, shown, null);
    }

    private static Arguments refused(String type, String ending, String expression, String reason) {
        return Arguments.of(type, ending, expression, null, reason);
    }
}
