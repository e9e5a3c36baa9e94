package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process with the engine in it ends as it should, and says nothing that nobody has asked for. */
class EngineProcessTest extends OnAttachedServer {
    private static final Duration IN_TIME = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)", "INSERT INTO dbo.t VALUES (1), (2)");
    }

    @ParameterizedTest
    @EnumSource(EngineProgram.End.class)
    @Guarantee(value = "G33", surface = Surface.E)
    @Guarantee(value = "G40", surface = Surface.E)
    void itEndsInEveryWay(EngineProgram.End end) throws Exception {
        Path empty = Files.createDirectory(folder.resolve("child"));
        try (ChildJvm child = ChildJvm.of(EngineProgram.class, end.name(), url(), PASSWORD)
                .options("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1")
                .start(empty)) {
            ChildJvm.Result result = child.await(IN_TIME);
            assertThat(result.exitCode()).as(result::errors).isEqualTo(end.code());
            assertThat(result.output()).isEmpty();
            if (end == EngineProgram.End.UNCAUGHT_ERROR) {
                assertThat(result.errors())
                        .startsWith("Exception in thread \"main\"")
                        .contains("nobody catches this");
            } else {
                assertThat(result.errors()).isEmpty();
            }
        }
    }

    @Test
    @Guarantee(value = "G40", surface = Surface.E)
    void theLogOfEverythingHoldsNoSecret() throws Exception {
        Path logging = Files.writeString(folder.resolve("logging.properties"), """
                handlers = java.util.logging.ConsoleHandler
                .level = INFO
                dev.tidegate.level = ALL
                java.util.logging.ConsoleHandler.level = ALL
                """);
        Path empty = Files.createDirectory(folder.resolve("child"));
        try (ChildJvm child = ChildJvm.of(EngineProgram.class, "LIVE_CHILDREN", url(), PASSWORD)
                .options(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.config.file=" + logging)
                .start(empty)) {
            ChildJvm.Result result = child.await(IN_TIME);
            assertThat(result.exitCode()).as(result::errors).isZero();
            assertThat(result.errors()).contains("logging is on");
            assertThat(result.output() + result.errors()).doesNotContain(PASSWORD);
        }
    }
}
