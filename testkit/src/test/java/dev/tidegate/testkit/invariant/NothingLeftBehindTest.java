package dev.tidegate.testkit.invariant;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NothingLeftBehindTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private final AtomicLong slots = new AtomicLong();
    private NothingLeftBehind invariant;

    @BeforeEach
    void record() throws IOException {
        invariant = new NothingLeftBehind()
                .watching(folder)
                .expecting("slots in use", slots::get, 0)
                .within(SHORT);
        invariant.beforeEach(null);
    }

    @Test
    void aTestThatGivesAllBackPasses() throws Exception {
        Thread thread = Thread.ofPlatform().start(() -> {});
        Path file = Files.createFile(folder.resolve("x"));
        new ServerSocket(0).close();
        Files.delete(file);
        thread.join();
        assertThatCode(invariant::check).doesNotThrowAnyException();
    }

    @Test
    void aThreadIsNamedWithItsStack() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().name("forgotten").daemon().start(() -> awaitQuietly(end));
        while (thread.getState() != Thread.State.WAITING) {
            // Before it waits it has another stack.
            Thread.sleep(1);
        }
        assertThatThrownBy(invariant::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("thread \"forgotten\" daemon")
                .hasMessageContaining("awaitQuietly");
        end.countDown();
        thread.join();
        assertThatCode(invariant::check).doesNotThrowAnyException();
    }

    @Test
    void aSocketIsNamedWithItsPort() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(invariant::check)
                    .hasMessageContaining("port " + socket.getLocalPort() + " ")
                    .hasMessageContaining("LISTEN");
        }
        assertThatCode(invariant::check).doesNotThrowAnyException();
    }

    @Test
    void anOpenFileIsNamedThoughItIsDeleted() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        Path file = folder.resolve("gone");
        try (OutputStream out = Files.newOutputStream(file)) {
            Files.delete(file);
            out.write(1);
            assertThatThrownBy(invariant::check)
                    .hasMessageContaining("open file")
                    .hasMessageContaining("gone");
        }
        assertThatCode(invariant::check).doesNotThrowAnyException();
    }

    @Test
    void aFileAndANumberAreNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("left.tmp"));
        slots.set(3);
        assertThatThrownBy(invariant::check)
                .hasMessageContaining("left.tmp")
                .hasMessageContaining("slots in use: 3, not 0");
        Files.delete(file);
        slots.set(0);
        assertThatCode(invariant::check).doesNotThrowAnyException();
    }

    @Test
    void whatIsOnItsWayOutIsWaitedFor() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> awaitQuietly(looked));
        invariant
                .within(Duration.ofSeconds(30))
                .expecting(
                        "looks",
                        () -> {
                            looked.countDown();
                            return 0;
                        },
                        0);
        assertThatCode(invariant::check).doesNotThrowAnyException();
        thread.join();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
