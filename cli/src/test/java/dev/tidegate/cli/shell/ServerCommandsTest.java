package dev.tidegate.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.cli.Program;
import dev.tidegate.testkit.heap.HeapBackend;
import dev.tidegate.testkit.heap.HeapTable;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to one server: sql and ping. */
@Timeout(60)
class ServerCommandsTest {
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
                .tls(Tls.selfSigned())
                .login("sa", PASSWORD)
                .start();
        backend.create("t", "[id] int NOT NULL, [name] nvarchar(20) NULL, [at] datetime2(3) NULL")
                .add(1, "Ann", LocalDateTime.of(2020, 1, 2, 3, 4, 5, 600_000_000))
                .add(20, null, null);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(out.toString() + err).doesNotContain(PASSWORD);
    }

    @Test
    void drawsATable() {
        assertThat(run("sql", url(""), "-c", "SELECT * FROM t")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
            ┌────┬──────┬───────────────────────┐
            │ id │ name │ at                    │
            ├────┼──────┼───────────────────────┤
            │  1 │ Ann  │ 2020-01-02 03:04:05.6 │
            │ 20 │ NULL │ NULL                  │
            └────┴──────┴───────────────────────┘
            (2 rows)
            """);
        assertThat(err).asString().isEmpty();
    }

    @Test
    void writesCsv() {
        assertThat(run("sql", url(""), "--format", "csv", "-c", "SELECT * FROM t"))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines()).containsExactly("id,name,at", "1,Ann,2020-01-02 03:04:05.6", "20,,");
    }

    @Test
    void endsWhenNobodyReadsItsRowsAnyMore() throws Exception {
        HeapTable many = backend.create("many", "[n] int NOT NULL");
        for (int i = 0; i < 100_000; i++) {
            many.add(i);
        }
        // Without an end of its own: only the closed pipe can end the program.
        many.thenStalls();
        try (Program shell = Program.start(
                directory.resolve("tmp"), "sql", url(""), "--format", "csv", "-c", "SELECT * FROM many")) {
            assertThat(shell.await(line -> true)).isEqualTo("n");
            shell.stopReading();
            assertThat(shell.exitCode()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void runsAFileUpToItsFirstError() throws IOException {
        Path script = Files.writeString(
                directory.resolve("s.sql"), "DELETE FROM t\nGO\nSELECT * FROM missing\nGO\nDROP TABLE t\n");
        assertThat(run("sql", url(""), "-f", script.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("Msg 208, Level 16, State 1, Line 1", "Invalid object name 'missing'.");
        assertThat(backend.table("t").rows()).isEmpty();
    }

    @Test
    void saysWhyThereIsNoConnection() throws IOException {
        assertThat(run("sql", url("").replace(PASSWORD, "wrong"), "-c", "SELECT 1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("18456").hasLineCount(1);
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThat(run("sql", "mssql://sa@127.0.0.1", "--password-file", empty.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("sql", "mssql://sa@127.0.0.1?encrpt=false", "-c", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("encrypt");
    }

    @Test
    void takesThePasswordFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("p"), PASSWORD + "\n");
        String url = url("").replace(":" + PASSWORD, "");
        assertThat(run("sql", url, "--password-file", file.toString(), "-c", "SELECT * FROM t"))
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void pingShowsEachStep() {
        backend.create("version", "[v] nvarchar(30) NULL").add("Heap 1.0\nsecond line");
        assertThat(run("ping", url("").replace("encrypt=false", "encrypt=true&trustServerCertificate=true")))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString().lines().map(line -> line.replaceAll("\\s+", " ")))
                .anyMatch(line -> line.matches("ok address [0-9.]+ ms 127\\.0\\.0\\.1"))
                .anyMatch(line -> line.matches("ok tcp [0-9.]+ ms port " + server.port()))
                .anyMatch(line -> line.matches("ok tls [0-9.]+ ms TLSv1\\.2, TLS_.*"))
                .anyMatch(line -> line.contains("self-signed"))
                .anyMatch(line -> line.contains("valid for") && line.contains("127.0.0.1"))
                .anyMatch(line -> line.contains("valid until"))
                .anyMatch(line -> line.matches("ok login [0-9.]+ ms .*, encrypted"))
                .anyMatch(line -> line.matches("ok query [0-9.]+ ms Heap 1\\.0"));
    }

    @Test
    void pingSaysWhichStepFails() {
        assertThat(run("ping", url("").replace("encrypt=false", "encrypt=true")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).containsPattern("FAILED  tls");
        assertThat(err.toString()).contains("not trusted", "serverCertificate").hasLineCount(1);
    }

    @Test
    void pingSaysWhatToCheckWhenNobodyAnswers() {
        String url = url("");
        server.close();
        assertThat(run("ping", url)).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).containsPattern("FAILED  tcp");
        assertThat(err.toString()).contains("cannot connect", "Check that the server runs");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String url(String more) {
        return "mssql://sa:" + PASSWORD + "@127.0.0.1:" + server.port() + "/master?encrypt=false" + more;
    }
}
