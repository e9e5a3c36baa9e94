package dev.tidegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.EmbeddedSqlServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with streams that are full, closed or not read, and on a file system that takes no more: one line, no stack trace. */
@Timeout(180)
class OutputTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "classpath"})
    @EnabledOnOs(OS.LINUX)
    void saysThatStandardOutputIsFull(String command) throws Exception {
        Process program = start("", command).redirectOutput(new File("/dev/full")).start();
        assertThat(errors(program)).hasSize(1).first().asString().contains("could not be written to its end");
        assertThat(program.waitFor()).isEqualTo(ExitCode.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "table"})
    @EnabledOnOs(OS.LINUX)
    void saysThatTheRowsOfAQueryHaveNoPlace(String format) throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder().login("sa", "pw").start()) {
            Process program = start("", "sql", url(server), "--format", format, "-c", "SELECT 1 AS a")
                    .redirectOutput(new File("/dev/full"))
                    .start();
            assertThat(errors(program)).hasSize(1).first().asString().contains("could not be written to its end");
            assertThat(program.waitFor()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void endsWhenNobodyReadsOn() throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder().login("sa", "pw").start()) {
            Process program = start(
                            "",
                            "sql",
                            url(server),
                            "--format",
                            "csv",
                            "-c",
                            "WITH n AS (SELECT 1 AS x UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5"
                                    + " UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10)"
                                    + " SELECT a.x, 'some text that fills the pipe' AS y FROM n a, n b, n c, n d, n e, n f")
                    .start();
            // The first line is taken, then the pipe is closed: "| head -1".
            assertThat(program.getInputStream().read()).isEqualTo('x');
            program.getInputStream().close();
            assertThat(errors(program)).hasSize(1).first().asString().contains("nobody reads it");
            assertThat(program.waitFor()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void runsNothingWhenStandardInputIsEmpty() throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder().login("sa", "pw").start()) {
            Process program = start("", "sql", url(server)).start();
            program.getOutputStream().close();
            assertThat(program.getInputStream().readAllBytes()).isEmpty();
            assertThat(errors(program)).isEmpty();
            assertThat(program.waitFor()).isZero();
        }
    }

    /** A limit on the size of files stands for a full disk; the library that DuckDB unpacks still has to fit. */
    @ParameterizedTest
    @ValueSource(strings = {"t.csv", "t.parquet", "t.duckdb?table=t"})
    @EnabledOnOs(OS.LINUX)
    void saysInOneLineThatAFileCannotGrowAndLeavesNothing(String target) throws Exception {
        Path csv = Files.writeString(directory.resolve("one.csv"), "x\n1\n");
        Path out = Files.createDirectory(directory.resolve("out"));
        Process made = start("", "copy", "-q", csv.toString(), directory.resolve("one.duckdb") + "?table=one")
                .start();
        assertThat(made.waitFor()).isZero();
        // Nothing that could be compressed.
        String query = "SELECT unhex(sha256(i::VARCHAR) || sha256((-i)::VARCHAR)) AS x FROM range(1500000) t(i)";
        Process program = start(
                        "ulimit -f 72000; ",
                        "copy",
                        "-q",
                        "--query",
                        query,
                        directory.resolve("one.duckdb").toString(),
                        out.resolve(target).toString())
                .start();
        assertThat(errors(program))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("tidegate: ")
                .contains("File too large", out.resolve(target.replaceAll("\\?.*", "")).toString())
                .doesNotContain("exception_type", ".part");
        assertThat(program.waitFor()).isEqualTo(ExitCode.FAILED);
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void takesTheReasonOutOfWhatDuckDbHasWrappedIt() {
        SQLException wrapped = new SQLException("IO Error: Async write failed for range [offset=4, size=20]:"
                + " {\"exception_type\":\"IO\",\"exception_message\":\"Could not write file \\\"/x/y\\\": No space left on"
                + " device\",\"errno\":\"28\"}");
        assertThat(ErrorReport.oneLine(wrapped)).isEqualTo("Could not write file \"/x/y\": No space left on device");
    }

    @Test
    void shortensTheLineOfAFileThatIsRepeatedInAnError() {
        SQLException repeated = new SQLException("CSV Error on Line: 1\nOriginal Line: " + "x".repeat(3_000_000)
                + "\nMaximum line size of 2000000 bytes exceeded.");
        assertThat(ErrorReport.oneLine(repeated))
                .startsWith("CSV Error on Line: 1 Original Line: xxx")
                .endsWith("x… Maximum line size of 2000000 bytes exceeded.")
                .hasSizeLessThan(500);
    }

    /** @param before shell commands that the program inherits the effects of */
    private ProcessBuilder start(String before, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", before + "exec \"$@\"", "bash"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    private static List<String> errors(Process program) throws IOException {
        return new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static String url(EmbeddedSqlServer server) {
        return "mssql://sa:pw@127.0.0.1:" + server.port() + "/master?encrypt=false";
    }
}
