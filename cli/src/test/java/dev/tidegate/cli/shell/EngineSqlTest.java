package dev.tidegate.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.cli.Program;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate sql --attach}: DuckDB's SQL with a server attached. */
@Timeout(120)
class EngineSqlTest {
    private static final String PASSWORD = "not-to-be-seen";

    private static final String ENDLESS = "SELECT count(*) FROM mssql_query('ms', $$SELECT a.object_id FROM sys.all_objects a"
            + " CROSS JOIN sys.all_objects b CROSS JOIN sys.all_objects c CROSS JOIN sys.all_objects d CROSS JOIN sys.all_objects e$$)";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private EmbeddedSqlServer server;

    @BeforeEach
    void start() throws IOException {
        server = EmbeddedSqlServer.builder().database("demo").login("sa", PASSWORD).start();
        assertThat(run("sql", url(), "-c", "CREATE TABLE dbo.orders (id int, name nvarchar(20)); INSERT INTO dbo.orders VALUES (1, N'Ann'), (2, NULL)"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        out.getBuffer().setLength(0);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(out.toString() + err).doesNotContain(PASSWORD);
    }

    @Test
    void queriesBothSidesAndKeepsTheFile() {
        String file = directory.resolve("x.duckdb").toString();
        assertThat(run("sql", "--attach", "ms=" + url(), file, "-c", "CREATE TABLE mine AS FROM ms.dbo.orders; FROM mine ORDER BY id"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
            (2 rows affected)
            ┌────┬──────┐
            │ id │ name │
            ├────┼──────┤
            │  1 │ Ann  │
            │  2 │ NULL │
            └────┴──────┘
            (2 rows)
            """);
        assertThat(err).asString().as("nothing on what is no terminal").isEmpty();
        out.getBuffer().setLength(0);
        assertThat(run("sql", file, "--format", "csv", "-c", "FROM mine ORDER BY id")).isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).containsExactly("id,name", "1,Ann", "2,");
    }

    @Test
    void namesTablesAndTheirColumns() {
        assertThat(run(
                        "sql",
                        "--attach",
                        "ms=" + url(),
                        "--attach",
                        "two=" + url(),
                        "-c",
                        "CREATE TABLE local (\"a b\" INTEGER NOT NULL)",
                        "-c",
                        ".tables",
                        "-c",
                        ".tables LOC",
                        "-c",
                        ".schema ms.orders",
                        "-c",
                        ".schema"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        String orders = " (\n    id INTEGER,\n    name VARCHAR\n);\n";
        assertThat(out.toString())
                .isEqualToNormalizingNewlines("memory.main.local\nms.dbo.orders\ntwo.dbo.orders\nmemory.main.local\n"
                        + "CREATE TABLE ms.orders" + orders + "CREATE TABLE memory.main.local (\n    \"a b\" INTEGER NOT NULL\n);\n"
                        + "CREATE TABLE ms.dbo.orders" + orders + "CREATE TABLE two.dbo.orders" + orders);
    }

    @Test
    void showsAPlanAsItIsDrawn() {
        assertThat(run("sql", "--attach", "ms=" + url(), "-c", "EXPLAIN SELECT count(*) FROM ms.orders"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("─╮\n").doesNotContain("explain_key", "⏎", "rows)");
    }

    @Test
    void tellsWhichStatementFailedAndRunsNoMore() throws IOException {
        Path script = Files.writeString(
                directory.resolve("s.sql"), "SELECT 1;\n.tables\nSELECT\n  nope\nFROM ms.orders; SELECT 4;\n");
        assertThat(run("sql", "--attach", "ms=" + url(), "--format", "csv", "-f", script.toString()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).startsWith("tidegate: statement 3: ").contains("nope").hasLineCount(1);
        assertThat(out.toString().lines()).containsExactly("1", "1", "ms.dbo.orders");
    }

    @Test
    void saysWhatIsWrongWithTheCommandLine() {
        assertThat(run("sql")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sql", "--attach", "mssql://sa:" + PASSWORD + "@h/d")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sql", "--attach", "ms=" + url(), url(), "-c", "SELECT 1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sql", "--attach", "ms=" + url(), "--attach", "ms=" + url())).isEqualTo(ExitCode.USAGE);
        assertThat(run("sql", "--attach", "ms=" + url().replace(PASSWORD, "wrong"), "-c", "SELECT 1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .hasSize(5)
                .anyMatch(line -> line.contains("say where to run it"))
                .anyMatch(line -> line.contains("--attach takes NAME=URL"))
                .anyMatch(line -> line.contains("goes a DuckDB file"))
                .anyMatch(line -> line.contains("the name ms twice"))
                .anyMatch(line -> line.contains("ATTACH ms: the login of user sa is refused"));
    }

    @Test
    void takesThePasswordFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), PASSWORD + "\n");
        assertThat(run("sql", "--attach", "ms=" + url().replace(":" + PASSWORD, ""), "--password-file", file.toString(),
                        "-c", "SELECT count(*) AS n FROM ms.orders; SELECT count(*) FROM mssql_settings() WHERE value LIKE '%not-to%'"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("│ 2 │", "│            0 │");
    }

    @Test
    void aSignalCancelsWhatRunsAndEnds() throws Exception {
        try (Program program = Program.start(
                directory.resolve("tmp"), "sql", "--attach", "ms=" + url(), "--format", "csv", "-c", "SELECT 'begun'", "-c", ENDLESS)) {
            program.await(line -> line.equals("begun"));
            program.signal("INT");
            assertThat(program.rest()).anyMatch(line -> line.contains("interrupted"));
            assertThat(program.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
    }

    @Test
    void atThePromptCtrlCCancelsTheStatementAndNotTheProgram() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (PipedOutputStream typed = new PipedOutputStream();
                Terminal terminal = new DumbTerminal(
                        "shell", Terminal.TYPE_DUMB, new PipedInputStream(typed), shown, StandardCharsets.UTF_8);
                EngineConnection connection = TidegateDuckDB.open("")) {
            try (Statement attach = connection.createStatement()) {
                attach.execute("ATTACH '" + url() + "' AS ms");
            }
            PrintWriter writer = terminal.writer();
            EngineStatements statements =
                    new EngineStatements(connection, writer, writer, new RowPrinter(writer, RowPrinter.Format.CSV, 10));
            FutureTask<Void> shell = new FutureTask<>(() -> {
                new EngineShell(statements, "memory")
                        .run(terminal, LineReaderBuilder.builder().terminal(terminal).build(), List.of("ms"));
                return null;
            });
            Thread.ofPlatform().daemon().start(shell);
            type(typed, ENDLESS + ";\n");
            awaitScan(connection, shell);
            terminal.raise(Terminal.Signal.INT);
            type(typed, "SELECT missing;\n.nope\n.tables\nSELECT 6 * 7 AS answer;\nquit\n");
            shell.get(60, TimeUnit.SECONDS);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("with ms attached", "tidegate: the statement was cancelled", "\"missing\"", "no command .nope")
                .contains("ms.dbo.orders")
                .containsPattern("answer\\R42");
    }

    private static void type(PipedOutputStream typed, String text) throws IOException {
        typed.write(text.getBytes(StandardCharsets.UTF_8));
        typed.flush();
    }

    private static void awaitScan(EngineConnection connection, FutureTask<?> shell) throws Exception {
        try (EngineConnection watching = connection.duplicate();
                Statement statement = watching.createStatement()) {
            for (boolean seen = false; !seen; ) {
                assertThat(shell.isDone()).isFalse();
                try (ResultSet running = statement.executeQuery("FROM mssql_progress() WHERE rows_read > 0")) {
                    seen = running.next();
                }
            }
        }
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String url() {
        return "mssql://sa:" + PASSWORD + "@127.0.0.1:" + server.port() + "/demo?encrypt=false";
    }
}
