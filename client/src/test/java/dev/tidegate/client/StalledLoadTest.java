package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bulk loads whose server stalls: in each phase a typed time-out, and a connection that goes on where the server still answers. */
@Timeout(60)
class StalledLoadTest {
    /** Of each request of a load, so that those that are answered must have their answers in time on a busy machine too. */
    private static final BulkLoadOptions SHORT =
            BulkLoadOptions.builder().timeout(Duration.ofSeconds(1)).build();

    /** Where the server says nothing until it is cancelled. */
    private enum Phase {
        BEFORE_THE_ROWS(peer -> {
            peer.readBatch();
            peer.confirmAttention();
        }),
        AFTER_THE_ROWS(peer -> {
            peer.readBatch();
            peer.reply(done(0));
            peer.expect(PacketType.BULK_LOAD);
            peer.in().skipToEnd();
            peer.confirmAttention();
        });

        private final Script stall;

        Phase(Script stall) {
            this.stall = stall;
        }
    }

    @Guarantee("G14")
    @Guarantee(value = "G14", surface = Surface.P)
    @ParameterizedTest
    @EnumSource
    void isATimeOutAfterWhichTheConnectionGoesOn(Phase phase) throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    begin(peer);
                    phase.stall.play(peer);
                    rollback(peer);
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.readBatch();
                    peer.reply(new EnvChange.ResetAcknowledged(), count(3, 0));
                    peer.awaitEnd();
                });
                ConnectionPool pool = new ConnectionPool(
                        settings(server).build(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            try (TdsConnection user = pool.acquire()) {
                expectTimeOut(user);
                assertThat(user.inTransaction()).isFalse();
                user.execute("next").finish();
            }
            try (TdsConnection next = pool.acquire()) {
                next.execute("next").finish();
            }
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Guarantee("G14")
    @Test
    void isATimeOutAlsoWhereTheServerDoesNotReadTheRows() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    begin(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.stall();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                        .build())) {
            expectTimeOut(connection);
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Guarantee("G14")
    @Test
    void closingALoadTakesNoLongerThanItsLimit() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    begin(peer);
                    peer.readBatch();
                    peer.reply(done(0));
                    peer.expect(PacketType.BULK_LOAD);
                    peer.in().skipToEnd();
                    assertThat(peer.in().lastStatus() & PacketStatus.IGNORE).isNotZero();
                    peer.stall();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.CLOSE_TIMEOUT, "100")
                        .build())) {
            BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            load.writeRow(1);
            assertThatThrownBy(load::close)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("closeTimeout of 0.1 s is over");
            assertThat(connection.isOpen()).isFalse();
            load.close();
        }
    }

    @Guarantee("G29")
    @Guarantee(value = "G29", surface = Surface.P)
    @Test
    void aConnectionThatTheServerKillsDuringALoadSaysSoAndIsReplaced() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(
                        peer -> {
                            describe(peer);
                            begin(peer);
                            peer.readBatch();
                            peer.reply(done(0));
                            peer.expect(PacketType.BULK_LOAD);
                            peer.reply(
                                    ScriptedPeer.error(596, 21, "Cannot continue: the session is in the kill state."),
                                    done(Done.ERROR));
                            peer.socket().close();
                        },
                        peer -> {
                            peer.readBatch();
                            peer.reply(count(3, 0));
                            peer.awaitEnd();
                        });
                ConnectionPool pool = new ConnectionPool(
                        settings(server).build(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            try (TdsConnection user = pool.acquire();
                    BulkLoad load = user.bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
                assertThatThrownBy(() -> writeAndFinish(load))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getErrorCode()).isEqualTo(596))
                        .matches(dev.tidegate.client.error.Disconnects::isDisconnect);
                assertThat(user.isOpen()).isFalse();
            }
            try (TdsConnection next = pool.acquire()) {
                next.execute("next").finish();
            }
            assertThat(server.accepted()).isEqualTo(2);
        }
    }

    private static void expectTimeOut(TdsConnection connection) throws SQLException {
        try (BulkLoad load = connection.bulkLoad("t", SHORT)) {
            assertThatThrownBy(() -> writeAndFinish(load))
                    .isInstanceOfSatisfying(
                            SQLTimeoutException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("HYT00"))
                    .hasMessageContaining("1.0 s (queryTimeout)");
        }
    }

    /** More than fits between client and server. */
    private static void writeAndFinish(BulkLoad load) throws SQLException {
        for (int i = 0; i < 3_000_000; i++) {
            load.writeRow(i);
        }
        load.finish();
    }

    private static void describe(ScriptedPeer peer) throws IOException {
        assertThat(peer.readBatch()).startsWith("SELECT TOP 0 * FROM [");
        peer.reply(ScriptedPeer.numbers(), ScriptedPeer.selected(0, 0));
    }

    private static void begin(ScriptedPeer peer) throws IOException {
        assertThat(peer.readTransactionRequest().type()).isEqualTo(5);
        peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 9, 0), done(0));
    }

    private static void rollback(ScriptedPeer peer) throws IOException {
        assertThat(peer.readTransactionRequest().type()).isEqualTo(8);
        peer.reply(new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 9), done(0));
    }
}
