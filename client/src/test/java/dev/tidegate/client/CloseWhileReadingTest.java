package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A result that a close cuts short, whatever the server still says of it. */
@Timeout(60)
class CloseWhileReadingTest {
    /** The server ends the result with an ordinary DONE, and confirms the attention in a message of its own. */
    @Test
    void aResultThatTheCloseHasCutNeverLooksComplete() throws Exception {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
            peer.readBatch();
            peer.begin();
            peer.writeNumbers(50);
            peer.out().flush();
            peer.expect(PacketType.ATTENTION);
            peer.write(ScriptedPeer.selected(50, 0));
            peer.out().end();
            try {
                peer.reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
                peer.awaitEnd();
            } catch (IOException e) {
                // The client need not wait for the confirmation.
                return;
            }
        })) {
            for (int round = 0; round < 100; round++) {
                TdsConnection connection = connect(server);
                Response response = connection.execute("endless");
                assertThat(response.next()).isInstanceOf(Item.Rows.class);
                CountDownLatch reading = new CountDownLatch(1);
                Future<Integer> rows = reader.submit(() -> {
                    int count = 0;
                    while (response.nextRow()) {
                        count++;
                        reading.countDown();
                    }
                    return count;
                });
                reading.await();
                connection.close();
                assertThatThrownBy(rows::get)
                        .as("round %d", round)
                        .cause()
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("closed");
            }
        } finally {
            reader.shutdownNow();
            assertThat(reader.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
