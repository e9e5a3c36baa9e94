package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.testkit.heap.HeapBackend;
import dev.tidegate.testkit.heap.HeapTable;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CopyCommandTest {
    private static final String PASSWORD = "not-to-be-seen";

    @TempDir
    private Path directory;

    private final HeapBackend backend = new HeapBackend();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
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
        assertThat(out.toString() + err).doesNotContain(PASSWORD);
    }

    @Test
    void copiesAFileToTheServerAndBack() throws Exception {
        Path source = csv("people.csv", "id,name,born", "1,Änne,1970-01-02", "2,,2000-02-29");
        assertThat(copy("--verify", source.toString(), table("people"))).isEqualTo(ExitCode.OK);
        HeapTable people = backend.table("people");
        assertThat(people.columns())
                .extracting(column -> column.name() + " " + column.type().toSql())
                .containsExactly("id bigint", "name nvarchar(10)", "born date");
        assertThat(people.rows())
                .extracting(Arrays::toString)
                .containsExactly("[1, Änne, 1970-01-02]", "[2, null, 2000-02-29]");
        assertThat(out.toString()).contains("copied 2 rows from " + source + " to dbo.people at 127.0.0.1", "verified");

        Path target = directory.resolve("back.parquet");
        assertThat(copy("--verify", table("people"), target.toString())).isEqualTo(ExitCode.OK);
        assertThat(query("SELECT id || ' ' || coalesce(name, '-') || ' ' || born FROM '" + target + "'"))
                .containsExactly("1 Änne 1970-01-02", "2 - 2000-02-29");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void copiesBetweenServersWithTheDeclaredTypes() {
        backend.create("s", "[a] smalldatetime NOT NULL, [b] varchar(7) NULL, [c] money NULL")
                .add(LocalDateTime.of(2020, 1, 1, 12, 30), "abc", new BigDecimal("1.5000"));
        assertThat(copy("--verify", table("s"), table("t"))).as(err.toString()).isEqualTo(ExitCode.OK);
        assertThat(backend.table("t").columns()).isEqualTo(backend.table("s").columns());
        assertThat(backend.table("t").rows().getFirst())
                .isEqualTo(backend.table("s").rows().getFirst());
    }

    @Test
    void copiesToADuckDbFileAndFromIt() throws Exception {
        Path source = csv("n.csv", "n", "1", "2", "3");
        Path database = directory.resolve("w.duckdb");
        assertThat(copy("--verify", source.toString(), database + "?table=raw.numbers"))
                .isEqualTo(ExitCode.OK);
        assertThat(copy("--append", source.toString(), database + "?table=raw.numbers"))
                .isEqualTo(ExitCode.OK);
        assertThat(copy("--verify", database + "?table=raw.numbers", table("numbers")))
                .isEqualTo(ExitCode.OK);
        assertThat(backend.table("numbers").rows()).hasSize(6);
        Path json = directory.resolve("sum.json");
        assertThat(copy(
                        "--query",
                        "SELECT sum(n)::INTEGER AS s FROM raw.numbers",
                        database.toString(),
                        json.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(json).content().isEqualToIgnoringWhitespace("[{\"s\":12}]");
    }

    @Test
    void saysWhatToDoWithATargetThatExists() throws Exception {
        Path source = csv("n.csv", "n", "1", "2");
        assertThat(copy(source.toString(), table("n"))).isEqualTo(ExitCode.OK);
        assertThat(copy(source.toString(), table("n"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("dbo.n at 127.0.0.1 exists already", "--append, --truncate or --replace");
        assertThat(copy("--append", source.toString(), table("n"))).isEqualTo(ExitCode.OK);
        assertThat(backend.table("n").rows()).hasSize(4);
        assertThat(copy("--truncate", source.toString(), table("n"))).isEqualTo(ExitCode.OK);
        assertThat(backend.table("n").rows()).hasSize(2);
        Path other = csv("m.csv", "m", "x");
        assertThat(copy("--replace", other.toString(), table("n"))).isEqualTo(ExitCode.OK);
        assertThat(backend.table("n").columns())
                .extracting(column -> column.name())
                .containsExactly("m");
        assertThat(copy("--append", source.toString(), table("missing"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no dbo.missing at 127.0.0.1; --create makes it");
        assertThat(copy("--append", "--create", source.toString(), table("missing")))
                .isEqualTo(ExitCode.OK);
        assertThat(backend.tables()).containsOnlyKeys("n", "missing");
    }

    @Test
    void leavesAServerTableAsItWasWhenTheCopyFails() throws Exception {
        Path good = csv("n.csv", "n", "1", "2");
        assertThat(copy(good.toString(), table("n"))).isEqualTo(ExitCode.OK);
        Path bad = directory.resolve("bad.parquet");
        query("COPY (SELECT CASE WHEN i < 9000 THEN i ELSE 1e19::HUGEINT END AS n FROM range(9001) t(i)) TO '" + bad
                + "'");
        for (String mode : List.of("--append", "--truncate")) {
            assertThat(copy(mode, bad.toString(), table("n"))).isEqualTo(ExitCode.FAILED);
            assertThat(backend.table("n").rows()).hasSize(2);
        }
        assertThat(err.toString()).contains("column \"n\"");
        Path nan = directory.resolve("nan.parquet");
        query("COPY (SELECT CASE WHEN i < 9000 THEN i::DOUBLE ELSE 'NaN'::DOUBLE END AS n FROM range(9001) t(i)) TO '"
                + nan + "'");
        assertThat(copy("--replace", nan.toString(), table("n"))).isEqualTo(ExitCode.FAILED);
        assertThat(copy(nan.toString(), table("fresh"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("column \"n\", row 9001, value NaN");
        assertThat(backend.tables()).containsOnlyKeys("n");
        assertThat(backend.table("n").rows()).hasSize(2);
        assertThat(copy("--replace", "--lossy", "nan", nan.toString(), table("n")))
                .isEqualTo(ExitCode.OK);
        assertThat(backend.table("n").rows()).hasSize(9001);
    }

    @Test
    void leavesFilesAsTheyWereWhenTheCopyFails() throws Exception {
        backend.create("o", "[at] datetimeoffset(0) NULL").add(OffsetDateTime.parse("2020-01-01T00:00:00+01:00"));
        Path target = directory.resolve("o.csv");
        Path database = directory.resolve("o.duckdb");
        assertThat(copy(table("o"), target.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(copy(table("o"), database + "?table=o")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("column \"at\", row 1, value 2020-01-01T00:00+01:00", "--lossy offset");
        assertThat(directory).isEmptyDirectory();
        Files.writeString(target, "mine");
        assertThat(copy("--replace", table("o"), target.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(target).hasContent("mine");
        assertThat(copy("--replace", "--lossy", "offset", table("o"), target.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(target).content().contains("2019-12-31 23:00:00+00");
    }

    @Test
    void findsADifferenceWhenItVerifies() throws Exception {
        Path database = directory.resolve("d.duckdb");
        query("ATTACH '" + database + "' AS d");
        // Another one each time that it is read.
        String query = "SELECT random() AS n";
        assertThat(copy("--verify", "--query", query, database.toString(), table("n")))
                .isEqualTo(ExitCode.DIFFERENT);
        assertThat(err.toString()).contains("column \"n\" differs");
    }

    @Test
    void refusesToVerifyWhatItAppends() throws Exception {
        Path source = csv("n.csv", "n", "1");
        assertThat(copy("--verify", "--append", source.toString(), table("n"))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--verify compares all rows");
        assertThat(backend.tables()).isEmpty();
    }

    @Test
    void appendsNoOtherValuesToADuckDbTable() throws Exception {
        Path good = csv("good.csv", "n,d", "1,2020-01-01");
        Path database = directory.resolve("a.duckdb");
        assertThat(copy(good.toString(), database + "?table=t")).isEqualTo(ExitCode.OK);
        for (String line : List.of("1.25,2020-01-01", "1,2020-01-01 12:00:00")) {
            Path bad = csv("bad.csv", "n,d", line);
            assertThat(copy("--append", bad.toString(), database + "?table=t")).isEqualTo(ExitCode.FAILED);
        }
        assertThat(err.toString())
                .contains("column \"n\": the value 1.25 would be changed by BIGINT")
                .contains("column \"d\": the value 2020-01-01 12:00:00 would be changed by DATE");
        Path exact = csv("exact.csv", "D,n", "2020-01-01 00:00:00,2.0");
        assertThat(copy("--append", exact.toString(), database + "?table=t"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(copy(database + "?table=t", table("t"))).isEqualTo(ExitCode.OK);
        assertThat(backend.table("t").rows()).hasSize(2);
    }

    @Test
    void asksForTheRowsOnceToCopyAndOnceToVerify() {
        backend.create("s", "[a] int NULL").add(1);
        assertThat(copy("--verify", table("s"), directory.resolve("s.parquet").toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(backend.reads()).isEqualTo(2);
    }

    @Test
    void verifiesAThousandColumns() throws Exception {
        List<String> names = IntStream.range(0, 1000).mapToObj(i -> "c" + i).toList();
        List<String> values = IntStream.range(0, 1000).mapToObj(String::valueOf).toList();
        Path wide = csv("wide.csv", String.join(",", names), String.join(",", values));
        assertThat(copy("--verify", wide.toString(), table("wide")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("verified");
    }

    @Test
    void takesAQueryWithASemicolonOrACommentAtItsEnd() throws Exception {
        String database = directory.resolve("q.duckdb").toString();
        query("ATTACH '" + database + "' AS q");
        Path target = directory.resolve("q.csv");
        for (String query : List.of("SELECT 1 AS x;", "SELECT 1 AS x ; \n", "SELECT 1 AS x -- the first")) {
            assertThat(copy("--replace", "--query", query, database, target.toString()))
                    .as(err.toString())
                    .isEqualTo(ExitCode.OK);
            assertThat(target).content().isEqualToIgnoringWhitespace("x1");
        }
    }

    @Test
    void refusesOptionsThatWouldDoNothing() throws Exception {
        String csv = csv("n.csv", "n", "1").toString();
        String target = directory.resolve("o.csv").toString();
        assertThat(copy("--source-password-file", "p", csv, target)).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--target-password-file", "p", csv, target)).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--table-lock", csv, target)).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--keep-identity", csv, target)).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--no-measure", csv, target)).isEqualTo(ExitCode.USAGE);
        assertThat(copy(csv, directory + "/x.duckdb?tabel=t")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(6).contains("tabel=t", "--table-lock is for a SQL Server");
        assertThat(copy(csv, directory + "/x.duckdb?table=t")).isEqualTo(ExitCode.OK);
        assertThat(copy(directory + "/x.duckdb?table=t", directory + "/x.duckdb?table=u"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("the same DuckDB file");
    }

    @Test
    void refusesCommandLinesThatMakeNoSense() {
        assertThat(copy("a.csv")).isEqualTo(ExitCode.USAGE);
        assertThat(copy("a.txt", "b.csv")).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--append", "--replace", "a.csv", table("n"))).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--append", "a.csv", directory.resolve("b.csv").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(copy(url(""), "b.csv")).isEqualTo(ExitCode.USAGE);
        assertThat(copy("--lossy", "everything", "a.csv", "b.csv")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'a.txt' is not something to copy from", "Name a table (?table=dbo.name)");
        assertThat(copy(directory.resolve("none.csv").toString(), table("n"))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("none.csv");
    }

    private int copy(String... args) {
        String[] line = new String[args.length + 1];
        line[0] = "copy";
        System.arraycopy(args, 0, line, 1, args.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
    }

    private String table(String name) {
        return url("&table=dbo." + name);
    }

    private String url(String more) {
        return "mssql://sa:" + PASSWORD + "@127.0.0.1:" + server.port() + "/master?encrypt=false" + more;
    }

    private Path csv(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
