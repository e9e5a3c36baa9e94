package dev.tidegate.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AbortSignalTest {
    private static final Deadline LONG = Deadline.after(Duration.ofMinutes(10), "loginTimeout");

    private final AbortSignal signal = new AbortSignal();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void itClosesTheStepThatIsUnderWayAndOnlyThat() throws IOException {
        signal.guard(() -> closed.addAndGet(1));
        signal.guard(() -> closed.addAndGet(10));
        signal.abort();
        signal.abort();
        assertThat(closed).hasValue(10);
        assertThat(signal.isAborted()).isTrue();
    }

    @Test
    void aStepThatIsOverStaysAlone() throws IOException {
        signal.guard(closed::incrementAndGet);
        signal.release();
        signal.abort();
        signal.release();
        assertThat(closed).hasValue(0);
    }

    @Test
    void noStepBeginsAfterIt() {
        signal.abort();
        assertThatThrownBy(() -> signal.guard(closed::incrementAndGet)).isInstanceOf(ClosedChannelException.class);
        assertThat(closed).hasValue(1);
    }

    @Test
    void itEndsAPause() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread sleeper = new Thread(() -> {
            try {
                if (signal.sleep(TimeUnit.MINUTES.toNanos(10))) {
                    done.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        sleeper.start();
        signal.abort();
        done.await();
        assertThat(new AbortSignal().sleep(1)).isFalse();
    }

    @Test
    void itEndsAConnectThatNobodyAnswers() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, loopback)) {
            fill(full, waiting);
            CountDownLatch begins = new CountDownLatch(1);
            Thread aborter = new Thread(() -> {
                try {
                    begins.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                signal.abort();
            });
            aborter.start();
            assertThatThrownBy(() -> {
                        begins.countDown();
                        new TcpConnector("db", full.getLocalPort()).connect(List.of(loopback), false, LONG, signal);
                    })
                    .isInstanceOf(IOException.class);
            aborter.join();
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Nobody accepts, so that after a few the queue is full and the next one waits. */
    private static void fill(ServerSocket full, List<Socket> waiting) throws IOException {
        for (int i = 0; i < 100; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(full.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void itEndsALookUpBeforeItBegins() {
        signal.abort();
        assertThatThrownBy(() -> AddressLookup.lookUp("localhost", AddressLookup.Preference.PLATFORM, LONG, signal))
                .isInstanceOf(IOException.class);
    }
}
