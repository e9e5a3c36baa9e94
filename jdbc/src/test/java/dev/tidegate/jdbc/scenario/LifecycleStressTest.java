package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.process.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that end, or close, in the middle of their work. Follows the three concurrency tests of mssql-python's
 * tests/test_005_connection_cursor_lifecycle.py that its own build skips.
 */
class LifecycleStressTest extends OnProxiedServer {
    @TempDir
    Path folder;

    @Guarantee("G33")
    @Guarantee(value = "G33", surface = Surface.P)
    @ParameterizedTest
    @EnumSource
    void theProcessEndsCleanly(LifecycleProgram.Scenario scenario) throws Exception {
        try (ChildJvm child = ChildJvm.of(LifecycleProgram.class, scenario.name(), url(), USER, PASSWORD)
                .start(folder)) {
            ChildJvm.Result result = child.await(SOON.multipliedBy(2));
            assertThat(result.errors()).isEmpty();
            assertThat(result.output().lines()).containsExactly(scenario.lastWords());
            assertThat(result.exitCode()).isEqualTo(scenario.exitCode());
        }
        await(() -> server().connections() == 1);
    }
}
