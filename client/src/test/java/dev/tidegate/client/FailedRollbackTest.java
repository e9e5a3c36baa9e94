package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rollback that fails ends its connection, so that nobody can commit what was to be undone, and never hides the first error. */
@Timeout(60)
class FailedRollbackTest {
    /** How the server meets a rollback. */
    private enum Failure {
        REFUSED(peer -> {
            peer.reply(error(9001, 16, "the log is not available"), done(Done.ERROR));
            peer.awaitEnd();
        }),
        STALLED(ScriptedPeer::awaitEndOfAnything),
        CUT(peer -> peer.socket().close());

        private final Script answer;

        Failure(Script answer) {
            this.answer = answer;
        }
    }

    @Guarantee("G10")
    @Test
    void theConnectionIsOfNoUseAndSaysWhy() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    begin(peer);
                    failRollback(peer, Failure.REFUSED);
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.READ_COMMITTED);
            assertThatThrownBy(connection::rollback)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(9001));
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(connection::commit).hasMessageContaining("the log is not available");
            assertThatThrownBy(() -> connection.execute("next")).hasMessageContaining("the log is not available");
        }
    }

    @Guarantee("G10")
    @Test
    void aTransactionThatIsGoneAlreadyIsNoReasonToEndTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    begin(peer);
                    peer.readTransactionRequest();
                    peer.reply(
                            new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9),
                            error(3903, 16, "no corresponding BEGIN TRANSACTION"),
                            done(Done.ERROR));
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.READ_COMMITTED);
            assertThatThrownBy(connection::rollback).hasMessageContaining("no corresponding");
            connection.execute("next").finish();
        }
    }

    @Guarantee("G10")
    @Guarantee("G35")
    @ParameterizedTest
    @EnumSource
    void ofALoadTheFirstErrorStaysTheFirst(Failure failure) throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    begin(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.expect(PacketType.BULK_LOAD);
                    peer.in().skipToEnd();
                    peer.reply(done(0));
                    failRollback(peer, failure);
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.QUERY_TIMEOUT, "1")
                        .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                        .build());
                BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            load.writeRow(1);
            assertThatThrownBy(() -> load.writeRow("no number"))
                    .isInstanceOf(SQLDataException.class)
                    .satisfies(
                            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(SQLException.class));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Guarantee(value = "G10", surface = Surface.P)
    @Guarantee(value = "G35", surface = Surface.P)
    @ParameterizedTest
    @EnumSource
    void onTheWayBackToThePoolItEndsTheConnectionAndHidesNothing(Failure failure) throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(
                        peer -> {
                            begin(peer);
                            failRollback(peer, failure);
                        },
                        peer -> {
                            peer.readBatch();
                            peer.reply(count(3, 0));
                            peer.awaitEnd();
                        });
                ConnectionPool pool = new ConnectionPool(
                        settings(server)
                                .set(ConnectionProperty.CLOSE_TIMEOUT, "200")
                                .build(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            IllegalStateException first = new IllegalStateException("the user's own");
            assertThatThrownBy(() -> {
                        try (TdsConnection user = pool.acquire()) {
                            user.begin(IsolationLevel.READ_COMMITTED);
                            throw first;
                        }
                    })
                    .isSameAs(first)
                    .hasNoSuppressedExceptions();
            try (TdsConnection next = pool.acquire()) {
                assertThat(next.inTransaction()).isFalse();
                next.execute("next").finish();
            }
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    @Guarantee(value = "G10", surface = Surface.P)
    @Test
    void withoutAnyPatienceATransactionIsNotWaitedFor() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(
                        peer -> {
                            begin(peer);
                            peer.awaitEndOfAnything();
                        },
                        ScriptedPeer::awaitEnd);
                ConnectionPool pool = new ConnectionPool(
                        settings(server)
                                .set(ConnectionProperty.CLOSE_TIMEOUT, "0")
                                .build(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            try (TdsConnection user = pool.acquire()) {
                user.begin(IsolationLevel.READ_COMMITTED);
            }
            try (TdsConnection next = pool.acquire()) {
                assertThat(next.inTransaction()).isFalse();
            }
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    private static void describe(ScriptedPeer peer) throws IOException {
        assertThat(peer.readBatch()).startsWith("SELECT TOP 0 * FROM [");
        peer.reply(ScriptedPeer.numbers(), ScriptedPeer.selected(0, 0));
    }

    private static void begin(ScriptedPeer peer) throws IOException {
        assertThat(peer.readTransactionRequest().type()).isEqualTo(5);
        peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 9, 0), done(0));
    }

    private static void failRollback(ScriptedPeer peer, Failure failure) throws Exception {
        assertThat(peer.readTransactionRequest().type()).isEqualTo(8);
        failure.answer.play(peer);
    }
}
