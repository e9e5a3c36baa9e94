package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a killed copy left goes away with the next one; what may still be written, or is not a copy's, stays. */
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere nothing counts as abandoned")
class AbandonedFilesTest {
    private static String dead;

    @TempDir
    private Path directory;

    @BeforeAll
    static void endAProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        dead = ProcessMark.of(process.pid());
    }

    @Test
    void knowsWhoHasEnded() {
        assertThat(ProcessMark.isAbandoned(dead)).isTrue();
        assertThat(ProcessMark.isAbandoned(ProcessMark.own())).isFalse();
        assertThat(ProcessMark.isAbandoned(dead.replaceAll("^.{8}", "00000000")))
                .isFalse();
        assertThat(ProcessMark.isAbandoned("x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t.parquet", "t.duckdb?table=x"})
    void removesWhatWasLeftOfThisTarget(String target) throws Exception {
        String name = target.replaceAll("\\?.*", "");
        touch("." + name + "." + dead + "-0a1b.part");
        touch("." + name + "." + dead + "-0a1b.part.wal");
        Path ofAnother = touch(".other.parquet." + dead + "-0a1b.part");
        Path beingWritten = touch("." + name + "." + ProcessMark.own() + "-0a1b.part");
        Path users = touch("." + name + ".backup.part");
        Path source = Files.writeString(directory.resolve("s.csv"), "x\n1\n");
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err, true),
                "copy",
                source.toString(),
                directory + "/" + target);
        assertThat(code).as(err.toString()).isZero();
        try (var files = Files.list(directory)) {
            assertThat(files)
                    .containsExactlyInAnyOrder(ofAnother, beingWritten, users, source, directory.resolve(name));
        }
    }

    @Test
    void removesSpillDirectoriesOfProcessesThatHaveEnded() throws IOException {
        Path left = Files.createTempDirectory("tidegate-" + dead + "-");
        Files.createFile(left.resolve("duckdb_temp_block"));
        try (SpillDirectory first = new SpillDirectory()) {
            try (SpillDirectory second = new SpillDirectory()) {
                assertThat(left).doesNotExist();
                assertThat(first.path()).exists();
                assertThat(second.path()).exists();
            }
            assertThat(first.path()).exists();
        }
    }

    private Path touch(String name) throws IOException {
        return Files.createFile(directory.resolve(name));
    }
}
