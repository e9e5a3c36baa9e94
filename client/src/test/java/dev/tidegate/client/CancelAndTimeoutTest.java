package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Done;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CancelAndTimeoutTest {
    private static final RequestOptions SHORT = new RequestOptions(Duration.ofMillis(100));

    @Guarantee("G14")
    @Test
    void aTimeoutBeforeTheFirstByteCancelsAndLeavesTheConnectionUsable() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.confirmAttention();
                    assertThat(peer.readBatch()).isEqualTo("next");
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            try (Response response = connection.execute("slow", SHORT)) {
                assertThatThrownBy(response::next)
                        .isInstanceOf(SQLTimeoutException.class)
                        .hasMessageContaining("0.1 s (queryTimeout)")
                        .satisfies(e ->
                                assertThat(((SQLException) e).getSQLState()).isEqualTo("HYT00"))
                        .satisfies(e -> assertThat(Disconnects.isDisconnect(e)).isFalse());
            }
            assertUsable(connection);
        }
    }

    @Guarantee("G14")
    @Test
    void aTimeoutWhileRowsTrickleInCancels() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.write(ScriptedPeer.numbers());
                    CountDownLatch attention = new CountDownLatch(1);
                    Thread listener = new Thread(() -> {
                        try {
                            peer.expect(PacketType.ATTENTION);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        } finally {
                            attention.countDown();
                        }
                    });
                    listener.start();
                    for (int i = 0; attention.getCount() > 0; i++) {
                        peer.writeRows(i, i);
                        peer.out().flush();
                        Thread.sleep(5);
                    }
                    peer.write(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                    peer.out().end();
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            try (Response response = connection.execute("slow", SHORT)) {
                assertThatThrownBy(() -> {
                            // On a slow machine even the first row comes too late.
                            response.next();
                            ResponseTest.rows(response);
                        })
                        .isInstanceOf(SQLTimeoutException.class);
            }
            assertUsable(connection);
        }
    }

    @Test
    void aCancelIsConfirmedAfterTheWholeAnswerInAMessageOfItsOwn() throws Exception {
        CountDownLatch rowsSent = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(5);
                    peer.out().flush();
                    rowsSent.countDown();
                    peer.expect(PacketType.ATTENTION);
                    peer.writeRows(6, 20_000);
                    peer.write(ScriptedPeer.selected(20_000, 0));
                    peer.out().end();
                    peer.reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("select");
            response.next();
            response.nextRow();
            rowsSent.await();
            response.cancel();
            assertThatThrownBy(() -> ResponseTest.rows(response))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cancelled")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("HY008"));
            assertThat(response.next()).isNull();
            assertUsable(connection);
        }
    }

    @Guarantee("G13")
    @Test
    void aCancelFromAnotherThreadWakesTheReader() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    received.countDown();
                    peer.confirmAttention();
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("select");
            Thread canceller = new Thread(() -> {
                try {
                    received.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                connection.cancel();
                connection.cancel();
            });
            canceller.start();
            assertThatThrownBy(response::next).hasMessageContaining("cancelled");
            canceller.join();
            assertUsable(connection);
        }
    }

    @Guarantee("G13")
    @Test
    void aCancelAfterTheEndHitsNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    for (int i = 0; i < 2; i++) {
                        peer.readBatch();
                        peer.reply(count(3, 0));
                    }
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("first");
            response.finish();
            response.cancel();
            connection.cancel();
            assertThat(response.next()).isNull();
            assertUsable(connection);
        }
    }

    @Guarantee("G14")
    @Test
    void aServerThatDoesNotConfirmIsCutOff() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.expect(PacketType.ATTENTION);
                    peer.awaitEnd();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                        .build());
                Response response = connection.execute("stalled", SHORT)) {
            assertThatThrownBy(response::next)
                    .isInstanceOf(SQLTimeoutException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("cancelQueryTimeout"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Guarantee("G14")
    @Test
    void silenceLongerThanTheSocketTimeoutBreaksTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.awaitEnd();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.SOCKET_TIMEOUT, "150")
                        .build());
                Response response = connection.execute("silent")) {
            assertThatThrownBy(response::next).hasMessageContaining("socketTimeout of 0.15 s");
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void theSocketTimeoutCanBeChangedWhileConnected() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            assertThat(connection.socketTimeout()).isEqualTo(Duration.ZERO);
            connection.setSocketTimeout(Duration.ofMillis(150));
            try (Response response = connection.execute("silent")) {
                assertThatThrownBy(response::next).hasMessageContaining("socketTimeout of 0.15 s");
            }
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> connection.setSocketTimeout(Duration.ofMillis(-1)))
                    .hasMessageContaining("negative");
        }
    }

    @Test
    void theCallersOwnPausesAreNoSilenceOfTheServer() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(1);
                    peer.out().flush();
                    Thread.sleep(100);
                    peer.writeRows(2, 2);
                    peer.write(ScriptedPeer.selected(2, 0));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.SOCKET_TIMEOUT, "2000")
                        .build());
                Response response = connection.execute("select")) {
            response.next();
            assertThat(response.nextRow()).isTrue();
            Thread.sleep(2_500);
            assertThat(response.nextRow()).isTrue();
            assertThat(response.nextRow()).isFalse();
        }
    }

    @Test
    void closingAHalfReadResultSendsAnAttention() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(5);
                    peer.out().flush();
                    peer.expect(PacketType.ATTENTION);
                    peer.write(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                    peer.out().end();
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("select");
            response.next();
            response.nextRow();
            response.close();
            response.close();
            assertThatThrownBy(response::next).hasMessageContaining("closed");
            assertUsable(connection);
        }
    }

    @Test
    void closingAResultWhoseRestIsHereSendsNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(5);
                    peer.write(ScriptedPeer.selected(5, 0));
                    peer.out().end();
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("select");
            response.next();
            response.nextRow();
            response.close();
            assertUsable(connection);
        }
    }

    @Test
    void aSinkMayCloseTheAnswerThatItIsReadFrom() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(5);
                    peer.out().flush();
                    peer.expect(PacketType.ATTENTION);
                    peer.write(done(Done.ATTENTION));
                    peer.out().end();
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("select");
            response.next();
            ColumnSink closing = new RecordingSink() {
                @Override
                public void setLong(int row, long value) {
                    try {
                        response.close();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            assertThat(response.readColumns(new ColumnSink[] {closing}, 100)).isEqualTo(1);
            assertUsable(connection);
        }
    }

    @Guarantee("G05")
    @Test
    void closeWakesAReaderAndEndsInTime() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
            peer.readBatch();
            received.countDown();
            peer.confirmAttention();
            peer.awaitEnd();
        })) {
            TdsConnection connection = connect(server);
            Response response = connection.execute("select");
            Thread closer = new Thread(() -> {
                try {
                    received.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                connection.close();
            });
            closer.start();
            assertThatThrownBy(response::next)
                    .hasMessageContaining("the connection is closed")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08003"));
            closer.join();
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> connection.execute("more")).hasMessageContaining("the connection is closed");
            response.close();
        }
    }

    @Guarantee("G05")
    @Test
    void closeOfAStalledServerTakesNoLongerThanItsLimit() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
            peer.readBatch();
            peer.expect(PacketType.ATTENTION);
            peer.awaitEnd();
        })) {
            TdsConnection connection = TdsConnection.open(settings(server)
                    .set(ConnectionProperty.CLOSE_TIMEOUT, "200")
                    .build());
            connection.execute("stalled");
            connection.close();
            connection.close();
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void isValidAsksTheServerAndIsBounded() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(ScriptedPeer.selected(0, 0));
                    peer.readBatch();
                    peer.expect(PacketType.ATTENTION);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            assertThat(connection.isValid(Duration.ofSeconds(20))).isTrue();
            assertThat(connection.isValid(Duration.ofMillis(100))).isFalse();
            assertThat(connection.isOpen()).isFalse();
            assertThat(connection.isValid(Duration.ofSeconds(1))).isFalse();
        }
    }

    @Guarantee("G28")
    @Test
    void aCommitWhoseAnswerIsCutHasAnUnknownOutcome() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> peer.readTransactionRequest());
                TdsConnection connection = connect(server)) {
            assertThatThrownBy(connection::commit)
                    .hasMessageContaining("unknown")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08007"));
        }
    }

    @Test
    void aConfirmationThatNobodyHasAskedForBreaksTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("select");
            assertThatThrownBy(response::next)
                    .hasMessageContaining("an attention that was not sent")
                    .satisfies(e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void anInterruptDoesNotHarmTheConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    Thread.sleep(50);
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            Thread.currentThread().interrupt();
            assertUsable(connection);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void assertUsable(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("next")) {
            assertThat(response.next()).isEqualTo(new Item.UpdateCount(3));
            assertThat(response.next()).isNull();
        }
    }
}
