package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ByteCountersTest {
    private static final int HEADER = 8;
    /** ALL_HEADERS with the transaction descriptor ([MS-TDS] 2.2.5.3). */
    private static final int ALL_HEADERS = 22;

    private static final int DONE = 13;

    @Test
    void everyByteOfARequestAndItsAnswerIsCounted() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            long received = connection.bytesReceived();
            long sent = connection.bytesSent();
            assertThat(received).isPositive();
            assertThat(sent).isPositive();
            connection.execute("abc").finish();
            assertThat(connection.bytesReceived() - received).isEqualTo(HEADER + DONE);
            assertThat(connection.bytesSent() - sent).isEqualTo(HEADER + ALL_HEADERS + 6);
        }
    }

    @Test
    void theCountStaysWhenTheConnectionIsClosed() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(ScriptedPeer::awaitEnd)) {
            TdsConnection connection = connect(server);
            long received = connection.bytesReceived();
            long sent = connection.bytesSent();
            connection.close();
            assertThat(connection.bytesReceived()).isEqualTo(received);
            assertThat(connection.bytesSent()).isEqualTo(sent);
        }
    }

    @Test
    void anotherThreadSeesWhatHasArrivedInTheMiddleOfAnAnswer() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(10_000);
                    peer.out().flush();
                    seen.await();
                    peer.write(ScriptedPeer.selected(10_000, 0));
                    peer.out().end();
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            long before = connection.bytesReceived();
            Thread watcher = new Thread(() -> {
                // Each row is a token and an int with its length.
                while (connection.bytesReceived() - before < 10_000 * 6) {
                    Thread.onSpinWait();
                }
                seen.countDown();
            });
            watcher.start();
            Response response = connection.execute("select");
            response.next();
            while (response.nextRow()) {
                response.row();
            }
            response.finish();
            watcher.join();
            assertThat(connection.bytesReceived() - before).isGreaterThan(10_000 * 6);
        }
    }
}
