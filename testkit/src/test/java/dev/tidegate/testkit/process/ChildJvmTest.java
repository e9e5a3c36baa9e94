package dev.tidegate.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ChildJvmTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** What the children run. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("begun " + arguments[0]);
            switch (arguments[0]) {
                case "exit" -> System.exit(7);
                case "throw" -> throw new IllegalStateException("on purpose");
                case "hang" -> new CountDownLatch(1).await();
                default -> System.err.println("done");
            }
        }
    }

    @Test
    void theEndOutputAndErrorsAreSeen() throws IOException {
        try (ChildJvm child = ChildJvm.of(Child.class, "end").start(folder)) {
            ChildJvm.Result result = child.await(LONG);
            assertThat(result.exitCode()).isZero();
            assertThat(result.output().trim()).isEqualTo("begun end");
            assertThat(result.errors().trim()).isEqualTo("done");
            assertThat(child.crashFiles()).isEmpty();
        }
    }

    @Test
    void exitCodesAreSeen() throws IOException {
        try (ChildJvm child = ChildJvm.of(Child.class, "exit").start(folder)) {
            assertThat(child.await(LONG).exitCode()).isEqualTo(7);
        }
    }

    @Test
    void anErrorThatNobodyCatchesIsSeen() throws IOException {
        try (ChildJvm child =
                ChildJvm.of(Child.class, "throw").options("-Xshare:auto").start(folder)) {
            ChildJvm.Result result = child.await(LONG);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.errors()).contains("on purpose");
        }
    }

    @Test
    void aChildThatHangsIsDumpedAndKilled() throws IOException {
        try (ChildJvm child = ChildJvm.of(Child.class, "hang").start(folder)) {
            child.awaitOutput("begun hang", LONG);
            assertThatThrownBy(() -> child.await(Duration.ofMillis(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("still ran after 1 ms")
                    .hasMessageContaining("begun hang")
                    .hasMessageContaining("CountDownLatch.await");
        }
    }

    @Test
    void aChildIsKilledOrAskedToEnd() throws IOException {
        try (ChildJvm child = ChildJvm.of(Child.class, "hang").start(folder)) {
            child.awaitOutput("begun", LONG);
            child.terminate();
            assertThat(child.await(LONG).exitCode()).isNotZero();
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void theWrongOutputAndACrashFileAreToldOf() throws IOException {
        try (ChildJvm child = ChildJvm.of(Child.class, "end").start(folder)) {
            assertThatThrownBy(() -> child.awaitOutput("never", LONG))
                    .hasMessageContaining("has ended without the output 'never'");
            Files.createFile(folder.resolve("hs_err_pid1.log"));
            assertThatThrownBy(() -> child.await(LONG)).hasMessageContaining("crashed");
        }
    }
}
