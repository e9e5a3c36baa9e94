package dev.tidegate.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.Main;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server as a process of its own, as users start it. */
@Timeout(120)
class ServeCommandTest {
    private static final String PASSWORD = "not-to-be-seen";

    @Test
    void listensAnswersAndEndsOnASignal() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tidegate.cli.Main",
                "serve",
                "--port",
                "0",
                "--database",
                "shop",
                "--tls",
                "self-signed",
                "--password-env",
                "SECRET");
        builder.environment().put("SECRET", PASSWORD);
        Process server = builder.redirectErrorStream(true).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = lines.readLine();
            assertThat(ready).matches("listening on 127\\.0\\.0\\.1:\\d+");
            String port = ready.substring(ready.lastIndexOf(':') + 1);
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int code = Main.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    "sql",
                    "mssql://sa:" + PASSWORD + "@127.0.0.1:" + port + "/shop?trustServerCertificate=true",
                    "--format",
                    "csv",
                    "-c",
                    "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2); SELECT SUM(id) AS total FROM t");
            assertThat(code).as(err.toString()).isZero();
            assertThat(out.toString().lines()).containsExactly("total", "3");

            // By its handle: Process.destroy would close the output that is read below.
            server.toHandle().destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).as("the status of SIGTERM").isEqualTo(143);
            assertThat(lines.readLine()).as("nothing else is printed").isNull();
        } finally {
            server.destroyForcibly();
        }
    }
}
