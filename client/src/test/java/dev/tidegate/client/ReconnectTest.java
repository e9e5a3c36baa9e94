package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.RecoveringPeer.Answer;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.NotReconnectedException;
import dev.tidegate.client.error.NotReconnectedException.Reason;
import dev.tidegate.client.error.TransactionLostException;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session is taken up on another line: what is asked for, what is checked, and what ends the attempt. */
@Timeout(60)
class ReconnectTest {
    @TempDir
    private Path folder;

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final AtomicReference<SessionRecovery> asked = new AtomicReference<>();

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    /** What happens on the first connection before it is cut, and on the second. */
    private ScriptedServer server(Script first, Script second) throws IOException {
        AtomicInteger number = new AtomicInteger();
        return ScriptedServer.start(peer -> {
            if (number.getAndIncrement() == 0) {
                RecoveringPeer.acceptLogin(peer, new Answer());
                first.play(peer);
            } else {
                second.play(peer);
            }
        });
    }

    private void recovered(ScriptedPeer peer, Answer answer) throws IOException {
        asked.set(RecoveringPeer.acceptLogin(peer, answer));
    }

    private static void answers(ScriptedPeer peer, String batch, Token... some) throws IOException {
        assertThat(peer.readBatch()).isEqualTo(batch);
        peer.reply(some);
    }

    private static void run(TdsConnection connection, String sql) throws SQLException {
        try (Response response = connection.execute(sql)) {
            response.finish();
        }
    }

    private static void awaitCut(TdsConnection connection) throws InterruptedException {
        while (!connection.isCut()) {
            Thread.sleep(1);
        }
    }

    @Guarantee("G26")
    @Test
    void whatTheServerHasToldLastIsAskedFor() throws Exception {
        try (ScriptedServer server = server(
                        peer -> {
                            answers(peer, "one", RecoveringPeer.told(0, true, 1, 7), done(0));
                            answers(
                                    peer,
                                    "two",
                                    new EnvChange.Text(EnvChange.DATABASE, "other", "master"),
                                    new EnvChange.Text(EnvChange.LANGUAGE, "Deutsch", "us_english"),
                                    RecoveringPeer.told(1, false, 7, 8),
                                    done(0));
                            answers(peer, "three", RecoveringPeer.told(2, true, 7, 8), done(0));
                        },
                        peer -> {
                            Answer other = new Answer();
                            other.database = "other";
                            other.language = "Deutsch";
                            recovered(peer, other);
                            answers(peer, "four", done(0));
                            peer.awaitEnd();
                        });
                TdsConnection connection = connect(server)) {
            run(connection, "one");
            run(connection, "two");
            run(connection, "three");
            awaitCut(connection);
            long received = connection.bytesReceived();
            run(connection, "four");
            assertThat(connection.bytesReceived()).isGreaterThan(received);
            SessionRecovery recovery = asked.get();
            assertThat(recovery.initial().database()).isEqualTo("master");
            assertThat(recovery.initial().language()).isEqualTo("us_english");
            assertThat(recovery.initial().states()).usingRecursiveComparison().isEqualTo(RecoveringPeer.INITIAL);
            assertThat(recovery.wanted().database()).isEqualTo("other");
            assertThat(recovery.wanted().language()).isEqualTo("Deutsch");
            assertThat(recovery.wanted().collation()).isNull();
            assertThat(recovery.wanted().states())
                    .usingRecursiveComparison()
                    .isEqualTo(RecoveringPeer.told(0, true, 1, 7, 8).states());
            assertThat(connection.database()).isEqualTo("other");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Guarantee("G26")
    @Test
    void aResetPutsBackWhatIsAskedFor() throws Exception {
        try (ScriptedServer server = server(
                        peer -> {
                            answers(
                                    peer,
                                    "one",
                                    new EnvChange.Text(EnvChange.DATABASE, "other", "master"),
                                    RecoveringPeer.told(0, false, 9),
                                    done(0));
                            answers(peer, "two", new EnvChange.ResetAcknowledged(), done(0));
                        },
                        peer -> {
                            recovered(peer, new Answer());
                            answers(peer, "three", done(0));
                            peer.awaitEnd();
                        });
                TdsConnection connection = connect(server)) {
            run(connection, "one");
            connection.resetOnNextRequest();
            run(connection, "two");
            awaitCut(connection);
            run(connection, "three");
            assertThat(asked.get().wanted().states()).isEmpty();
            assertThat(asked.get().wanted().database()).isEmpty();
        }
    }

    /** How a server answers a login that is to take the session up. */
    private enum Difference {
        NO_ACKNOWLEDGEMENT("does not acknowledge", answer -> answer.acknowledge = false),
        DATABASE("its database would be 'tempdb', not 'master'", answer -> answer.database = "tempdb"),
        LANGUAGE("its language would be 'Français'", answer -> answer.language = "Français"),
        COLLATION("its collation would be another one", answer -> answer.collation = Collation.UTF8),
        PACKETS("its packets would have 8000 bytes, not 4096", answer -> answer.packetSize = "8000"),
        VERSION("it would speak", answer -> answer.tdsVersion = 0x730B0003);

        private final String text;
        private final Consumer<Answer> change;

        Difference(String text, Consumer<Answer> change) {
            this.text = text;
            this.change = change;
        }
    }

    @Guarantee("G26")
    @ParameterizedTest
    @EnumSource
    void aSessionThatWouldNotBeTheSameIsNotTakenUp(Difference difference) throws Exception {
        try (ScriptedServer server = server(peer -> {}, peer -> {
                    Answer answer = new Answer();
                    difference.change.accept(answer);
                    recovered(peer, answer);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            awaitCut(connection);
            assertThatThrownBy(() -> run(connection, "next"))
                    .isInstanceOfSatisfying(
                            NotReconnectedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_SESSION))
                    .hasMessageContaining(difference.text);
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> connection.execute("after")).satisfies(ReconnectTest::isDisconnect);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    /** [MS-TDS] asks for the same version of the protocol, not of the program: the other node of a cluster may have been updated. */
    @Guarantee("G26")
    @Test
    void aServerOfAnotherProgramVersionTakesTheSessionUp() throws Exception {
        try (ScriptedServer server = server(peer -> {}, peer -> {
                    Answer answer = new Answer();
                    answer.programVersion = 0x11000400;
                    recovered(peer, answer);
                    answers(peer, "next", done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            awaitCut(connection);
            run(connection, "next");
            assertThat(connection.serverInfo().majorVersion()).isEqualTo(16);
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Guarantee("G26")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionIsNotTakenUpWithAnotherEncryption(boolean encryptedAtFirst) throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "CN=tidegate", List.of());
        Tls insisting = Tls.certificate(certificate.pem(), certificate.keyPem()).required();
        try (EmbeddedSqlServer first = embedded(encryptedAtFirst ? insisting : Tls.none());
                EmbeddedSqlServer second = embedded(encryptedAtFirst ? Tls.none() : insisting);
                FaultProxy proxy = FaultProxy.to(first.port());
                TdsConnection connection = TdsConnection.open(ConnectionSettings.builder()
                        .host("127.0.0.1")
                        .port(proxy.port())
                        .login("sa", "Secret-1")
                        .set(ConnectionProperty.ENCRYPT, "false")
                        .build())) {
            assertThat(connection.serverInfo().encrypted()).isEqualTo(encryptedAtFirst);
            proxy.failOver(second.port());
            proxy.connections().get(0).cut(Ending.FIN);
            awaitCut(connection);
            assertThatThrownBy(() -> run(connection, "SELECT 1"))
                    .isInstanceOfSatisfying(
                            NotReconnectedException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_SESSION))
                    .hasMessageContaining(encryptedAtFirst ? "it would not be encrypted" : "it would be encrypted");
            assertThat(connection.isOpen()).isFalse();
            assertThat(proxy.connections()).hasSize(2);
            while (second.connections() > 0) {
                Thread.sleep(1);
            }
        }
    }

    private static EmbeddedSqlServer embedded(Tls tls) throws IOException {
        return EmbeddedSqlServer.builder()
                .port(0)
                .database("demo")
                .login("sa", "Secret-1")
                .tls(tls)
                .start();
    }

    @Guarantee("G26")
    @Test
    void aServerThatGivesRecoveryUpIsTakenByItsWord() throws Exception {
        try (ScriptedServer server = server(
                        peer -> answers(peer, "one", RecoveringPeer.told(0xFFFF_FFFF, true, 1), done(0)),
                        ScriptedPeer::awaitEnd);
                TdsConnection connection = connect(server)) {
            run(connection, "one");
            awaitCut(connection);
            refused(connection, Reason.STATE_NOT_RECOVERABLE);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Guarantee("G26")
    @Test
    void statesThatNoLoginCanCarryAreNotTakenUp() throws Exception {
        try (ScriptedServer server = server(
                        peer -> answers(
                                peer,
                                "one",
                                new dev.tidegate.tds.token.SessionState(
                                        0, true, java.util.Map.of(5, new byte[200_000])),
                                done(0)),
                        ScriptedPeer::awaitEnd);
                TdsConnection connection = connect(server)) {
            run(connection, "one");
            awaitCut(connection);
            refused(connection, Reason.STATE_NOT_RECOVERABLE);
        }
    }

    @Guarantee("G26")
    @Test
    void aRefusalOfTheServerIsTheCause() throws Exception {
        try (ScriptedServer server = server(peer -> {}, peer -> {
                    peer.answerPrelogin(Encryption.NOT_SUPPORTED);
                    peer.readLogin();
                    peer.reply(ScriptedPeer.error(18456, 14, "The session cannot be recovered: no."), done(2));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            awaitCut(connection);
            assertThatThrownBy(() -> run(connection, "next"))
                    .isInstanceOfSatisfying(NotReconnectedException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.ATTEMPT_FAILED);
                        assertThat(((SQLException) e.getCause()).getErrorCode()).isEqualTo(18456);
                    })
                    .hasMessageContaining("The session cannot be recovered: no.");
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Guarantee("G26")
    @Test
    void itIsTriedAsOftenAsTheCountSays() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        try (ScriptedServer server = server(peer -> {}, peer -> {
                    if (attempts.incrementAndGet() == 2) {
                        recovered(peer, new Answer());
                        answers(peer, "next", done(0));
                        peer.awaitEnd();
                    }
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.CONNECT_RETRY_COUNT, "2")
                        .set(ConnectionProperty.CONNECT_RETRY_INTERVAL, "1")
                        .build())) {
            awaitCut(connection);
            run(connection, "next");
            assertThat(attempts).hasValue(2);
        }
    }

    /** Where an attempt stands still. */
    private enum Stall {
        PRELOGIN {
            @Override
            void play(ScriptedPeer peer, CountDownLatch there) throws IOException {
                peer.expect(PacketType.PRELOGIN);
                there.countDown();
                peer.awaitEndOfAnything();
            }
        },
        LOGIN {
            @Override
            void play(ScriptedPeer peer, CountDownLatch there) throws IOException {
                peer.answerPrelogin(Encryption.NOT_SUPPORTED);
                peer.readLogin();
                there.countDown();
                peer.awaitEndOfAnything();
            }
        },
        PAUSE {
            @Override
            void play(ScriptedPeer peer, CountDownLatch there) throws IOException {
                peer.expect(PacketType.PRELOGIN);
                peer.socket().close();
                there.countDown();
            }
        };

        abstract void play(ScriptedPeer peer, CountDownLatch there) throws IOException;
    }

    private ScriptedServer stalling(Stall stall, AtomicInteger attempts) throws IOException {
        return server(peer -> {}, peer -> {
            if (attempts.incrementAndGet() == 1) {
                stall.play(peer, stalled);
            } else {
                recovered(peer, new Answer());
                answers(peer, "after", done(0));
                peer.awaitEnd();
            }
        });
    }

    private static TdsConnection patient(ScriptedServer server) throws SQLException {
        return TdsConnection.open(settings(server)
                .set(ConnectionProperty.CONNECT_RETRY_COUNT, "3")
                .set(ConnectionProperty.CONNECT_RETRY_INTERVAL, "60")
                .set(ConnectionProperty.LOGIN_TIMEOUT, "600")
                .build());
    }

    @Guarantee("G05")
    @ParameterizedTest
    @EnumSource
    void aCloseWinsAtOnce(Stall stall) throws Exception {
        try (ScriptedServer server = stalling(stall, new AtomicInteger())) {
            TdsConnection connection = patient(server);
            awaitCut(connection);
            Future<?> request = other.submit(() -> connection.execute("next"));
            stalled.await();
            connection.close();
            assertThatThrownBy(() -> request.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessageContaining("the connection is closed");
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Guarantee("G13")
    @ParameterizedTest
    @EnumSource
    void aCancelEndsTheAttemptAndTheNextRequestTriesAgain(Stall stall) throws Exception {
        try (ScriptedServer server = stalling(stall, new AtomicInteger());
                TdsConnection connection = patient(server)) {
            awaitCut(connection);
            Future<?> request = other.submit(() -> connection.execute("next"));
            stalled.await();
            connection.cancel();
            assertThatThrownBy(() -> request.get(20, TimeUnit.SECONDS))
                    .cause()
                    .hasMessageContaining("the request was cancelled")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("HY008"));
            run(connection, "after");
        }
    }

    @Guarantee("G14")
    @ParameterizedTest
    @EnumSource
    void theRequestsOwnLimitHoldsForItAndTheNextRequestTriesAgain(Stall stall) throws Exception {
        try (ScriptedServer server = stalling(stall, new AtomicInteger());
                TdsConnection connection = patient(server)) {
            awaitCut(connection);
            Duration limit = stall == Stall.PAUSE ? Duration.ofSeconds(30) : Duration.ofMillis(300);
            assertThatThrownBy(() -> connection.execute("next", new RequestOptions(limit)))
                    .satisfies(e -> {
                        if (stall == Stall.PAUSE) {
                            // A pause that is longer than the limit is not begun.
                            assertThat(e).isInstanceOf(NotReconnectedException.class);
                        } else {
                            assertThat(e)
                                    .isInstanceOf(SQLTimeoutException.class)
                                    .hasMessageContaining("0.3 s");
                        }
                    });
            if (stall == Stall.PAUSE) {
                assertThat(connection.isOpen()).isFalse();
            } else {
                run(connection, "after");
            }
        }
    }

    @Guarantee("G21")
    @Test
    void aTransactionThatIsLostMustBeRolledBackBeforeAnythingElse() throws Exception {
        try (ScriptedServer server = server(
                        peer -> {
                            peer.readTransactionRequest();
                            peer.reply(
                                    new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 7, 0),
                                    RecoveringPeer.told(0, false, 33),
                                    done(0));
                        },
                        peer -> {
                            recovered(peer, new Answer());
                            answers(peer, "next", done(0));
                            peer.awaitEnd();
                        });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            awaitCut(connection);
            assertLost(connection);
            connection.rollback();
            assertThat(connection.inTransaction()).isFalse();
            assertThat(connection.hasLostTransaction()).isFalse();
            run(connection, "next");
            assertThat(asked.get().wanted().states()).isEmpty();
        }
    }

    /** In no other batch is it known that what has become unrecoverable belongs to the transaction. */
    @Guarantee("G21")
    @Guarantee("G26")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN TRAN",
                " begin\t\n transaction ; ",
                "BEGIN TRANSACTION [my; own]",
                "BEGIN TRAN work;",
                "BEGIN TRAN @name",
                "BEGIN TRAN; CREATE TABLE #t (a int)",
                "BEGIN TRAN work EXEC dbo.p",
                "BEGIN TRAN --",
                "BEGIN TRAN 'x'",
                "SET XACT_ABORT ON BEGIN TRAN",
                "BEGIN TRANS"
            })
    void aTransactionBegunAsTextIsAsOneBegunByARequestIfTheBatchDoesNothingElse(String begin) throws Exception {
        boolean known = List.of(
                        "BEGIN TRAN", " begin\t\n transaction ; ", "BEGIN TRANSACTION [my; own]", "BEGIN TRAN work;")
                .contains(begin);
        try (ScriptedServer server = server(
                        peer -> answers(
                                peer,
                                begin,
                                new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 7, 0),
                                RecoveringPeer.told(0, false, 33),
                                done(0)),
                        peer -> {
                            recovered(peer, new Answer());
                            answers(peer, "next", done(0));
                            peer.awaitEnd();
                        });
                TdsConnection connection = connect(server)) {
            run(connection, begin);
            awaitCut(connection);
            assertLost(connection);
            connection.rollback();
            if (known) {
                run(connection, "next");
                assertThat(asked.get().wanted().states()).isEmpty();
            } else {
                refused(connection, Reason.STATE_NOT_RECOVERABLE);
            }
        }
    }

    /** What the begin of a transaction did is no excuse for what another one has. */
    @Guarantee("G21")
    @Test
    void whatAnEarlierBeginDidCountsForItsOwnTransactionOnly() throws Exception {
        try (ScriptedServer server = server(
                        peer -> {
                            answers(
                                    peer,
                                    "BEGIN TRAN",
                                    new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 7, 0),
                                    RecoveringPeer.told(0, false, 33),
                                    done(0));
                            answers(
                                    peer,
                                    "COMMIT; BEGIN TRAN; EXEC p",
                                    new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 7),
                                    new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 8, 0),
                                    done(0));
                        },
                        ScriptedPeer::awaitEnd);
                TdsConnection connection = connect(server)) {
            run(connection, "BEGIN TRAN");
            run(connection, "COMMIT; BEGIN TRAN; EXEC p");
            awaitCut(connection);
            assertLost(connection);
            connection.rollback();
            refused(connection, Reason.STATE_NOT_RECOVERABLE);
        }
    }

    static void assertLost(TdsConnection connection) {
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls = List.of(
                () -> connection.execute("next"),
                () -> connection.call(ProcedureCall.named("p", List.of()), RequestOptions.DEFAULTS),
                () -> connection.begin(IsolationLevel.CURRENT),
                connection::commit,
                () -> connection.save("s"),
                () -> connection.rollbackTo("s"),
                () -> connection.setIsolation(IsolationLevel.SERIALIZABLE));
        for (int round = 0; round < 2; round++) {
            for (var call : calls) {
                assertThatThrownBy(call)
                        .isInstanceOf(TransactionLostException.class)
                        .hasMessageContaining("call rollback()")
                        .satisfies(ReconnectTest::isDisconnect);
            }
        }
        assertThat(connection.hasLostTransaction()).isTrue();
        assertThat(connection.inTransaction()).isTrue();
        assertThat(connection.isOpen()).isFalse();
    }

    @Guarantee("G21")
    @Test
    void whatElseWasLostWithTheTransactionKeepsTheConnectionFromBeingUsedAgain() throws Exception {
        try (ScriptedServer server = server(
                        peer -> {
                            peer.readTransactionRequest();
                            peer.reply(
                                    new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 7, 0),
                                    RecoveringPeer.told(0, false, 33),
                                    done(0));
                            answers(peer, "more", RecoveringPeer.told(1, false, 34), done(0));
                        },
                        ScriptedPeer::awaitEnd);
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            run(connection, "more");
            awaitCut(connection);
            assertLost(connection);
            connection.rollback();
            refused(connection, Reason.STATE_NOT_RECOVERABLE);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Guarantee("G21")
    @Guarantee("G28")
    @Test
    void aCommitWhoseOutcomeIsUnknownIsNothingThatARollbackEnds() throws Exception {
        try (ScriptedServer server = server(
                        peer -> {
                            peer.readTransactionRequest();
                            peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 7, 0), done(0));
                            peer.readTransactionRequest();
                        },
                        ScriptedPeer::awaitEnd);
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            assertThatThrownBy(connection::commit)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08007"));
            assertThat(connection.hasLostTransaction()).isFalse();
            assertThatThrownBy(connection::rollback).satisfies(ReconnectTest::isDisconnect);
            assertThatThrownBy(() -> run(connection, "next")).satisfies(ReconnectTest::isDisconnect);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    private static void refused(TdsConnection connection, Reason reason) {
        assertThatThrownBy(() -> run(connection, "next"))
                .isInstanceOfSatisfying(
                        NotReconnectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(ReconnectTest::isDisconnect);
        assertThat(connection.isOpen()).isFalse();
    }

    private static void isDisconnect(Throwable e) {
        assertThat(Disconnects.isDisconnect(e)).isTrue();
    }
}
