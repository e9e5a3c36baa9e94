package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step of making a connection, or a pool of them, fails in each way: the error is typed, and nothing stays open. */
@Timeout(60)
class ConstructionFailureTest {
    /** A few more than one, so that several attempts are under way when the pool is closed. */
    private static final int WARM = 3;

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind();

    /** How far the server goes along with the client. */
    private enum Step {
        PRELOGIN("false", peer -> peer.expect(PacketType.PRELOGIN)),
        TLS("true", peer -> {
            peer.answerPrelogin(Encryption.ON);
            peer.expect(PacketType.PRELOGIN);
        }),
        TLS_FIRST(
                "strict",
                peer -> assertThat(peer.socket().getInputStream().read()).isEqualTo(0x16)),
        LOGIN("false", peer -> {
            peer.answerPrelogin(Encryption.NOT_SUPPORTED);
            peer.readLogin();
        }),
        SET_UP("false", peer -> {
            peer.acceptLogin();
            peer.readBatch();
        });

        private final String encrypt;
        private final Script upTo;

        Step(String encrypt, Script upTo) {
            this.encrypt = encrypt;
            this.upTo = upTo;
        }
    }

    /** What the server does instead of the step. */
    private enum Failure {
        CLOSES(peer -> peer.end(Ending.FIN)),
        RESETS(peer -> peer.end(Ending.RESET)),
        TALKS_NONSENSE(peer -> {
            byte[] nonsense = new byte[64];
            Arrays.fill(nonsense, (byte) 0x7F);
            peer.send(nonsense);
            peer.awaitEndOfAnything();
        }),
        STALLS(ScriptedPeer::awaitEndOfAnything);

        private final Script rest;

        Failure(Script rest) {
            this.rest = rest;
        }
    }

    static Stream<Arguments> failures() {
        return Arrays.stream(Step.values())
                .flatMap(step -> Arrays.stream(Failure.values()).map(failure -> arguments(step, failure)));
    }

    @Guarantee("G34")
    @Guarantee("G14")
    @ParameterizedTest
    @MethodSource("failures")
    void ofAConnection(Step step, Failure failure) throws Exception {
        try (ScriptedServer server = server(step, failure)) {
            ConnectionSettings settings = settings(server, step, failure);
            assertThatThrownBy(() -> TdsConnection.open(settings))
                    .isInstanceOfSatisfying(SQLException.class, e -> expectTyped(e, failure));
        }
        invariant.check();
    }

    @Guarantee(value = "G34", surface = Surface.P)
    @Guarantee(value = "G14", surface = Surface.P)
    @ParameterizedTest
    @MethodSource("failures")
    void ofAPoolThatKeepsConnectionsReady(Step step, Failure failure) throws Exception {
        try (ScriptedServer server = server(step, failure)) {
            ConnectionPool pool = pool(settings(server, step, failure));
            try (pool) {
                // A caller's own limit is the pool's, and not that of the login.
                if (failure == Failure.STALLS) {
                    assertThatThrownBy(() -> pool.acquire(Duration.ofMillis(50)))
                            .isInstanceOfSatisfying(
                                    SQLTimeoutException.class,
                                    e -> assertThat(e.getSQLState()).isEqualTo("HYT00"));
                }
                assertThatThrownBy(pool::acquire)
                        .isInstanceOfSatisfying(SQLException.class, e -> expectTyped(e, failure));
            }
            assertThat(pool.statistics().total()).isZero();
            assertThat(pool.statistics().opening()).isZero();
        }
        invariant.check();
    }

    @Guarantee("G34")
    @Guarantee("G14")
    @Guarantee(value = "G34", surface = Surface.P)
    @Guarantee(value = "G14", surface = Surface.P)
    @Test
    void ofAConnectThatNobodyAccepts() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            fillBacklog(full.getLocalPort(), waiting);
            expectOnBoth(full.getLocalPort(), "127.0.0.1", "HYT01");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        invariant.check();
    }

    @Guarantee("G34")
    @Guarantee(value = "G34", surface = Surface.P)
    @Test
    void ofAConnectToNobody() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        expectOnBoth(port, "127.0.0.1", "08001");
        invariant.check();
    }

    /** A name that no name service is asked for: its first label is too long. */
    @Guarantee("G34")
    @Guarantee(value = "G34", surface = Surface.P)
    @Test
    void ofTheLookUpOfTheHost() throws Exception {
        expectOnBoth(1433, "x".repeat(64) + ".invalid", "08001");
        invariant.check();
    }

    private static void expectOnBoth(int port, String host, String state) {
        ConnectionSettings settings = ConnectionSettings.builder()
                .host(host)
                .port(port)
                .login("sa", "secret")
                .set(ConnectionProperty.LOGIN_TIMEOUT, "1")
                .build();
        assertThatThrownBy(() -> TdsConnection.open(settings))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        ConnectionPool pool = pool(settings);
        try (pool) {
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        }
        assertThat(pool.statistics().total()).isZero();
    }

    private static ScriptedServer server(Step step, Failure failure) throws IOException {
        return ScriptedServer.start(peer -> {
            try {
                step.upTo.play(peer);
                failure.rest.play(peer);
            } catch (IOException e) {
                // The pool was closed in the middle of an attempt.
                peer.socket().close();
            }
        });
    }

    private static ConnectionSettings settings(ScriptedServer server, Step step, Failure failure) {
        return ScriptedConnections.settings(server)
                .set(ConnectionProperty.ENCRYPT, step.encrypt)
                // Makes the set-up a step of its own.
                .set(ConnectionProperty.LOCK_TIMEOUT, "500")
                .set(ConnectionProperty.CONNECT_RETRY_COUNT, "0")
                .set(ConnectionProperty.LOGIN_TIMEOUT, failure == Failure.STALLS ? "1" : "30")
                .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                .build();
    }

    private static ConnectionPool pool(ConnectionSettings settings) {
        return new ConnectionPool(
                settings,
                PoolSettings.builder()
                        .set(PoolProperty.MINIMUM_IDLE, WARM)
                        .maximumPoolSize(WARM)
                        .build());
    }

    private static void expectTyped(SQLException e, Failure failure) {
        if (failure == Failure.STALLS) {
            assertThat((Throwable) e).isInstanceOf(SQLTimeoutException.class);
            assertThat(e.getSQLState()).isEqualTo("HYT01");
        } else {
            assertThat(e.getSQLState()).startsWith("08");
        }
    }

    /** Until the system takes no more connections that nobody accepts. */
    private static void fillBacklog(int port, List<Socket> waiting) throws IOException {
        for (boolean taken = true; taken; ) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            } catch (SocketTimeoutException e) {
                taken = false;
            }
        }
    }
}
