package dev.tidegate.testkit.invariant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Records before each test which threads, sockets and files there are, and fails the test if it leaves more behind. What is on its way
 * out gets until a deadline; a test that leaves nothing waits for nothing.
 *
 * <pre>{@code
 * @RegisterExtension
 * final NothingLeftBehind invariant = new NothingLeftBehind().watching(folder).expecting("slots in use", pool::active, 0);
 * }</pre>
 *
 * Registered as a field of the instance it comes first before a test and last after it, {@code @BeforeEach} and {@code @AfterEach}
 * methods included. It sees the whole process, so tests that run beside it in the same process would disturb it.
 */
public final class NothingLeftBehind implements BeforeEachCallback, AfterEachCallback {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final List<Held> kinds = new ArrayList<>(List.of(new LiveThreads(), new OpenSockets(), new OpenFiles()));
    private final Map<String, Expected> expected = new HashMap<>();
    private final Map<Held, Map<Object, String>> before = new HashMap<>();
    private Duration limit = Duration.ofSeconds(10);

    private record Expected(LongSupplier now, long wanted) {}

    /** Files that a test leaves in this folder are left behind too. */
    public NothingLeftBehind watching(Path folder) {
        kinds.add(new FilesIn(folder));
        return this;
    }

    /** After each test this number must have this value. */
    public NothingLeftBehind expecting(String what, LongSupplier now, long wanted) {
        expected.put(what, new Expected(now, wanted));
        return this;
    }

    /** How long what is on its way out may take; ten seconds unless set. */
    public NothingLeftBehind within(Duration time) {
        this.limit = time;
        return this;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        openWhatTheRuntimeKeeps();
        for (Held held : kinds) {
            before.put(held, held.now());
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    /**
     * The check itself, for a test that wants it in its middle.
     *
     * @throws AssertionError naming everything that is left, threads with their stacks
     */
    public void check() {
        long deadline = System.nanoTime() + limit.toNanos();
        List<String> left = left();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            left = left();
        }
        if (!left.isEmpty()) {
            throw new AssertionError("left behind after " + limit.toMillis() + " ms:\n  " + String.join("\n  ", left));
        }
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        for (Held held : kinds) {
            Map<Object, String> known = before.getOrDefault(held, Map.of());
            held.now().forEach((identity, shown) -> {
                if (!known.containsKey(identity)) {
                    left.add(held.kind() + " " + shown);
                }
            });
        }
        expected.forEach((what, expectation) -> {
            long now = expectation.now.getAsLong();
            if (now != expectation.wanted) {
                left.add(what + ": " + now + ", not " + expectation.wanted);
            }
        });
        return left;
    }

    /** The first use of sockets opens descriptors that the JDK never closes. */
    private static void openWhatTheRuntimeKeeps() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
                Socket server = listener.accept()) {
            server.getOutputStream().write(1);
            client.getInputStream().read();
        }
    }
}
