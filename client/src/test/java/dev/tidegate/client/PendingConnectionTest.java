package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attempt to connect that another thread gives up, in each of its phases. */
@Timeout(60)
class PendingConnectionTest {
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CountDownLatch stalled = new CountDownLatch(1);

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Guarantee("G05")
    @Test
    void duringPrelogin() throws Exception {
        givenUp("PRELOGIN", "false", peer -> {
            peer.expect(PacketType.PRELOGIN);
            stalled.countDown();
            peer.awaitEndOfAnything();
        });
    }

    @Guarantee("G05")
    @Test
    void duringTheTlsHandshake() throws Exception {
        givenUp("TLS handshake", "true", peer -> {
            peer.answerPrelogin(Encryption.ON);
            peer.expect(PacketType.PRELOGIN);
            stalled.countDown();
            peer.awaitEndOfAnything();
        });
    }

    @Guarantee("G05")
    @Test
    void duringTlsThatComesFirst() throws Exception {
        givenUp("TLS handshake", "strict", peer -> {
            assertThat(peer.socket().getInputStream().read()).isEqualTo(0x16);
            stalled.countDown();
            peer.awaitEndOfAnything();
        });
    }

    @Guarantee("G05")
    @Test
    void duringTheLogin() throws Exception {
        givenUp("login", "false", peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
            stalled.countDown();
            peer.awaitEnd();
        });
    }

    @Test
    void duringThePauseBeforeTheNextAttempt() throws Exception {
        givenUp("pause before retry", "false", peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
            peer.reply(error(40613, 17, "not available"), ScriptedPeer.done(Done.ERROR));
            peer.awaitEnd();
            stalled.countDown();
        });
    }

    @Guarantee("G05")
    @Test
    void whileTheSessionIsSetUp() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
            assertThat(peer.readBatch()).isEqualTo("SET LOCK_TIMEOUT 500");
            stalled.countDown();
            // None comes if the close was faster than the client's note that its request had left.
            if (peer.in().beginMessage() == PacketType.ATTENTION) {
                peer.reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                peer.awaitEnd();
            }
        })) {
            PendingConnection pending = new PendingConnection(
                    settings(server).set(ConnectionProperty.LOCK_TIMEOUT, "500").build());
            Future<TdsConnection> opening = other.submit(pending::open);
            stalled.await();
            pending.close();
            assertThatThrownBy(opening::get)
                    .cause()
                    .hasMessageContaining("the connection is closed")
                    .satisfies(PendingConnectionTest::hasStateOfClosed);
        }
    }

    @Guarantee("G14")
    @Test
    void aServerThatStallsInTheSetUpIsCoveredByTheLoginsTimeout() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
            peer.readBatch();
            peer.awaitEndOfAnything();
        })) {
            ConnectionSettings settings = settings(server)
                    .set(ConnectionProperty.LOCK_TIMEOUT, "500")
                    .set(ConnectionProperty.LOGIN_TIMEOUT, "1")
                    .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                    .build();
            assertThatThrownBy(() -> TdsConnection.open(settings))
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("loginTimeout")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("HYT01"));
        }
    }

    @Test
    void beforeItHasBegunNothingIsConnectedTo() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ScriptedPeer::awaitEnd)) {
            PendingConnection pending = new PendingConnection(settings(server).build());
            pending.close();
            pending.close();
            assertThatThrownBy(pending::open).satisfies(PendingConnectionTest::hasStateOfClosed);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void onceThereIsAConnectionItIsClosed() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ScriptedPeer::awaitEnd)) {
            PendingConnection pending = new PendingConnection(settings(server).build());
            TdsConnection connection = pending.open();
            assertThat(connection.isOpen()).isTrue();
            pending.close();
            assertThat(connection.isOpen()).isFalse();
            connection.close();
        }
    }

    @Test
    void itOpensOnce() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ScriptedPeer::awaitEnd)) {
            PendingConnection pending = new PendingConnection(settings(server).build());
            try (TdsConnection connection = pending.open()) {
                assertThatThrownBy(pending::open).hasMessageContaining("open() was called before");
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    @Guarantee("G34")
    @Test
    void ofOpenAndCloseExactlyOneWinsAndNothingIsLeft() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        int rounds = 300;
        int opened = 0;
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            try {
                peer.acceptLogin();
                peer.awaitEnd();
            } catch (java.io.IOException | AssertionError e) {
                // Cut in the middle of the login.
                assertThat(peer.socket().isClosed()).isFalse();
            } finally {
                ended.incrementAndGet();
            }
        })) {
            ConnectionSettings settings = settings(server).build();
            for (int i = 0; i < rounds; i++) {
                PendingConnection pending = new PendingConnection(settings);
                CyclicBarrier start = new CyclicBarrier(2);
                long pause = i * 10_000L;
                Future<?> closer = other.submit(() -> {
                    start.await();
                    long until = System.nanoTime() + pause;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    pending.close();
                    return null;
                });
                start.await();
                try {
                    TdsConnection connection = pending.open();
                    opened++;
                    closer.get();
                    assertThat(connection.isOpen()).isFalse();
                } catch (SQLException e) {
                    hasStateOfClosed(e);
                    closer.get();
                }
            }
            while (ended.get() < server.accepted()) {
                Thread.sleep(1);
            }
        }
        assertThat(opened).isLessThanOrEqualTo(rounds);
    }

    private void givenUp(String step, String encrypt, Script script) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            PendingConnection pending = new PendingConnection(settings(server)
                    .set(ConnectionProperty.ENCRYPT, encrypt)
                    .set(ConnectionProperty.LOGIN_TIMEOUT, "600")
                    .build());
            Future<TdsConnection> opening = other.submit(pending::open);
            stalled.await();
            pending.close();
            assertThatThrownBy(opening::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessageContaining("the attempt to connect was closed before it had come to an end (" + step)
                    .satisfies(PendingConnectionTest::hasStateOfClosed);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    private static void hasStateOfClosed(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    }
}
