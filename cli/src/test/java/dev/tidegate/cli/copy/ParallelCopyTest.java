package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies with several connections to one server. */
@Timeout(120)
class ParallelCopyTest {
    private static final int ROWS = 20_000;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private EmbeddedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedSqlServer.builder().database("shop").login("sa", "pw").start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.parquet", "t.csv", "t.ndjson", "t.duckdb?table=t"})
    void readsATableWithSeveralConnections(String target) throws Exception {
        makeTable();
        String to = directory.resolve(target.replaceFirst("\\?.*", "")) + target.replaceFirst("^[^?]*", "");
        assertThat(run("copy", "--parallel", "3", "--verify", url("dbo.t"), to))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("copied 20,000 rows from dbo.t").contains("verified");
        awaitNoConnection();
    }

    @Test
    void saysWhatIsMissingForATableThatCannotBeDivided() throws Exception {
        sql("CREATE TABLE dbo.heap (x int)");
        assertThat(run("copy", "--parallel", "2", url("dbo.heap"), directory.resolve("x.csv").toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no clustered or unique index").hasLineCount(1);
        awaitNoConnection();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 'dbo.t', 'not a number from 1 to 64'",
        "65, 'dbo.t', 'not a number from 1 to 64'",
    })
    void refusesANumberOfConnectionsThatMakesNoSense(String number, String table, String message) {
        assertThat(run("copy", "--parallel", number, url(table), directory.resolve("x.csv").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void refusesWhatWouldHaveNoEffect() throws Exception {
        String csv = Files.write(directory.resolve("a.csv"), List.of("x", "1")).toString();
        String other = directory.resolve("b.csv").toString();
        assertThat(run("copy", "--parallel", "2", csv, other)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("neither SOURCE nor TARGET is one");
        assertThat(run("copy", "--parallel", "2", "--query", "SELECT 1 AS x", url(null), other))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--query is read by one connection");
        assertThat(run("copy", "--no-snapshot", url("dbo.t"), other)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--no-snapshot is for a SQL Server's table that is read with --parallel");
    }

    private void makeTable() {
        sql("CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20) NULL, price decimal(10,2) NULL)");
        for (int first = 0; first < ROWS; first += 1000) {
            sql(IntStream.range(first, first + 1000)
                    .mapToObj(i -> "(" + i + ", N'name " + i + "', " + i + ".25)")
                    .collect(Collectors.joining(", ", "INSERT INTO dbo.t VALUES ", "")));
        }
    }

    private void awaitNoConnection() throws InterruptedException {
        while (server.connections() > 0) {
            Thread.sleep(1);
        }
    }

    private List<String> sql(String text) {
        out.getBuffer().setLength(0);
        assertThat(run("sql", url(null), "--format", "csv", "-c", text))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        return out.toString().lines().skip(1).toList();
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String url(String table) {
        return "mssql://sa:pw@127.0.0.1:" + server.port() + "/shop?encrypt=false"
                + (table == null ? "" : "&table=" + table);
    }
}
