package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.SqlBatch;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.row.RowCursor;
import dev.tidegate.tds.token.Done;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A close by another thread while a row is read in place: a getter gives the right value or throws. */
@Timeout(120)
class ForeignCloseTest {
    private static final int ROWS = 3_000;

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Test
    void theRowStaysReadableUntilItsThreadGoesOn() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ForeignCloseTest::serve);
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("rows");
            response.next();
            response.nextRow();
            RowCursor row = response.row();
            closeElsewhere(response);
            assertThat(row.getInt(0)).isEqualTo(1);
            assertThat(response.isOpen()).isFalse();
            assertThatThrownBy(response::nextRow).hasMessageContaining("the answer is closed");
            assertUsable(connection);
        }
    }

    @Test
    void theNextRequestDropsWhatItsThreadHasLeft() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ForeignCloseTest::serve);
                TdsConnection connection = connect(server)) {
            Response response = connection.execute("rows");
            response.next();
            response.nextRow();
            closeElsewhere(response);
            assertUsable(connection);
            assertThatThrownBy(response::nextRow).hasMessageContaining("the answer is closed");
        }
    }

    @Test
    void everyValueIsTheRightOneWheneverTheCloseComes() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ForeignCloseTest::serve);
                TdsConnection connection = connect(server)) {
            for (int round = 0; round < 300; round++) {
                Response response = connection.execute("rows");
                CyclicBarrier start = new CyclicBarrier(2);
                long pause = round * 5_000L;
                Future<?> closing = other.submit(() -> {
                    start.await();
                    long until = System.nanoTime() + pause;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    response.close();
                    return null;
                });
                start.await();
                readAll(response);
                closing.get();
                assertUsable(connection);
            }
        }
    }

    private static void readAll(Response response) {
        try {
            response.next();
            for (int expected = 1; response.nextRow(); expected++) {
                RowCursor row = response.row();
                for (int again = 0; again < 3; again++) {
                    assertThat(row.getInt(0)).isEqualTo(expected);
                }
            }
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("closed");
        } catch (IOException e) {
            throw new AssertionError("a value was not there any more", e);
        }
    }

    private void closeElsewhere(Response response) throws Exception {
        other.submit(() -> {
                    response.close();
                    return null;
                })
                .get();
    }

    private static void serve(ScriptedPeer peer) throws IOException {
        for (PacketType type = peer.in().beginMessage();
                type != null;
                type = peer.in().beginMessage()) {
            if (type == PacketType.ATTENTION) {
                peer.reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                continue;
            }
            if (SqlBatch.read(peer.in(), TdsVersion.V7_4).sql().equals("rows")) {
                peer.begin();
                peer.writeNumbers(ROWS);
                peer.write(ScriptedPeer.selected(ROWS, 0));
                peer.out().end();
            } else {
                peer.reply(count(3, 0));
            }
        }
    }

    private static void assertUsable(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("next")) {
            assertThat(response.next()).isEqualTo(new Item.UpdateCount(3));
            assertThat(response.next()).isNull();
        }
    }
}
