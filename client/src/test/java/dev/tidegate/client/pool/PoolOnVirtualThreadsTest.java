package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users on virtual threads: they wait for connections, connects and answers without holding their carriers. */
class PoolOnVirtualThreadsTest extends OnPool {
    private static final String PINNED = "jdk.VirtualThreadPinned";

    @TempDir
    private Path directory;

    /** A class whose first use parks, with its initializer's native frame below. */
    private static final class Pinning {
        static final long MOMENT = Duration.ofMillis(5).toNanos();

        static {
            LockSupport.parkNanos(MOMENT);
        }
    }

    @Test
    void theCheckSeesAThreadThatIsPinned() throws Exception {
        assertThat(pinnedDuring(() -> Pinning.MOMENT, 1)).isNotEmpty();
    }

    @Test
    @Guarantee(value = "G17", surface = Surface.P)
    void noThreadIsPinned() throws Exception {
        try (ConnectionPool pool = pool(4)) {
            Callable<?> work = () -> {
                for (int i = 0; i < 20; i++) {
                    try (TdsConnection connection = pool.acquire()) {
                        assertThat(number(connection, "SELECT 1")).isEqualTo(1);
                    }
                }
                return null;
            };
            // What loads a class holds its carrier, whatever the class.
            pinnedDuring(work, 100);
            assertThat(pinnedDuring(work, 100))
                    .filteredOn(PoolOnVirtualThreadsTest::isOurs)
                    .isEmpty();
            assertThat(pool.statistics().acquired()).isEqualTo(4_000);
            assertThat(pool.statistics().created()).isBetween(1L, 4L);
        }
    }

    /** The embedded server has virtual threads as well, and a class may still have to be loaded. */
    private static boolean isOurs(RecordedEvent event) {
        List<String> types = event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList();
        return types.stream().anyMatch(type -> type.startsWith("dev.tidegate.client."))
                && types.stream()
                        .noneMatch(type -> type.endsWith("ClassLoader") || type.startsWith("java.lang.invoke."));
    }

    private List<RecordedEvent> pinnedDuring(Callable<?> work, int threads) throws Exception {
        Path file = directory.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            // Tests are compiled for the libraries' Java, which has no virtual threads yet.
            ExecutorService users = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    all.add(users.submit(work));
                }
                for (Future<?> each : all) {
                    each.get();
                }
            } finally {
                users.shutdown();
            }
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .toList();
    }
}
