package dev.tidegate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class DemoCommandTest {
    @TempDir
    private Path directory;

    @Test
    void sendsFlightsToTheServerAndBackAndAgrees() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Path routes = directory.resolve("routes.parquet");
        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "demo",
                "--rows",
                "20000",
                "--output",
                routes.toString());
        assertThat(code).as(out + "\n" + err).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("checksum of all rows and columns: the same as that of the original file")
                .contains("All numbers agree.")
                .doesNotContain("WRONG");
        assertThat(out.toString().lines().filter(line -> line.contains("the same answer on both sides")))
                .hasSize(3);
        assertThat(err.toString()).isEmpty();
        assertThat(routes).isNotEmptyFile();
    }
}
