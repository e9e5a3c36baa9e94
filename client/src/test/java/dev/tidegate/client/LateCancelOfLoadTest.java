package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancel that meets a bulk load before and after the server has stored its rows, which the server says after the attention. */
@Timeout(60)
class LateCancelOfLoadTest {
    private static final BulkLoadOptions BATCHES_OF_TWO =
            BulkLoadOptions.builder().batchSize(2).build();

    /** The server has all rows of a batch, and waits for the attention. */
    private final CountDownLatch loaded = new CountDownLatch(1);

    @Guarantee("G12")
    @Guarantee("G29")
    @Test
    void rowsThatAreStoredInTheCallersTransactionAreCounted() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    begin(peer);
                    describe(peer);
                    stored(peer);
                    end(peer, EnvChange.COMMIT_TRANSACTION);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            load.writeRow(1);
            load.writeRow(2);
            Thread canceller = cancelWhenLoaded(connection);
            assertThat(load.finish()).isEqualTo(2);
            canceller.join();
            assertThat(connection.inTransaction()).isTrue();
            connection.commit();
        }
    }

    /** Nothing is done before its commit. */
    @Guarantee("G29")
    @Test
    void aTransactionOfTheLoadsOwnIsRolledBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    begin(peer);
                    stored(peer);
                    end(peer, EnvChange.ROLLBACK_TRANSACTION);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            load.writeRow(1);
            load.writeRow(2);
            Thread canceller = cancelWhenLoaded(connection);
            expectCancelled(load::finish);
            canceller.join();
            assertThat(connection.inTransaction()).isFalse();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Guarantee("G13")
    @Test
    void theNextBatchTellsOfIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    stored(peer);
                    assertThat(peer.readBatch()).isEqualTo("next");
                    peer.reply(count(3, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoad load = connection.bulkLoad("t", BATCHES_OF_TWO);
            load.writeRow(1);
            Thread canceller = cancelWhenLoaded(connection);
            load.writeRow(2);
            canceller.join();
            expectCancelled(() -> load.writeRow(3));
            assertThatThrownBy(load::finish).hasMessageContaining("is over");
            connection.execute("next").finish();
        }
    }

    @Test
    void aLoadWhoseLastBatchWasStoredIsDone() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    stored(peer);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoad load = connection.bulkLoad("t", BATCHES_OF_TWO);
            load.writeRow(1);
            Thread canceller = cancelWhenLoaded(connection);
            load.writeRow(2);
            canceller.join();
            assertThat(load.finish()).isEqualTo(2);
        }
    }

    /** Between two batches nothing runs that an attention could be meant for. */
    @Guarantee("G13")
    @Test
    void aCancelBetweenBatchesIsNotLost() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    describe(peer);
                    rows(peer);
                    peer.reply(count(2, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            BulkLoad load = connection.bulkLoad("t", BATCHES_OF_TWO);
            load.writeRow(1);
            load.writeRow(2);
            connection.cancel();
            expectCancelled(() -> load.writeRow(3));
        }
    }

    @Guarantee("G29")
    @Test
    void aServerThatDoesNotSayHowManyItHasStoredHasStoredNone() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    begin(peer);
                    describe(peer);
                    rows(peer);
                    peer.expect(PacketType.ATTENTION);
                    peer.reply(done(0));
                    peer.reply(done(Done.ATTENTION));
                    end(peer, EnvChange.ROLLBACK_TRANSACTION);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            load.writeRow(1);
            Thread canceller = cancelWhenLoaded(connection);
            expectCancelled(load::finish);
            canceller.join();
            connection.rollback();
        }
    }

    /** The server could not tell whether to store what it has whole. */
    @Guarantee("G29")
    @Test
    void aCancelBeforeTheEndOfTheRowsTakesThemBack() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    begin(peer);
                    describe(peer);
                    rows(peer);
                    assertThat(peer.in().lastStatus() & PacketStatus.IGNORE).isNotZero();
                    peer.reply(done(0));
                    end(peer, EnvChange.ROLLBACK_TRANSACTION);
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            BulkLoad load = connection.bulkLoad("t", BulkLoadOptions.DEFAULTS);
            load.writeRow(1);
            connection.cancel();
            expectCancelled(load::finish);
            connection.rollback();
        }
    }

    private static void expectCancelled(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("HY008"));
    }

    private Thread cancelWhenLoaded(TdsConnection connection) {
        Thread thread = new Thread(() -> {
            try {
                loaded.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // The client may not know yet that it has sent the last byte, but then sends the attention behind it.
            connection.cancel();
        });
        thread.start();
        return thread;
    }

    private void stored(ScriptedPeer peer) throws IOException {
        rows(peer);
        peer.expect(PacketType.ATTENTION);
        peer.reply(count(2, 0));
        peer.reply(done(Done.ATTENTION));
    }

    private void rows(ScriptedPeer peer) throws IOException {
        assertThat(peer.readBatch()).startsWith("INSERT BULK");
        peer.reply(done(0));
        peer.expect(PacketType.BULK_LOAD);
        peer.in().skipToEnd();
        loaded.countDown();
    }

    private static void describe(ScriptedPeer peer) throws IOException {
        assertThat(peer.readBatch()).startsWith("SELECT TOP 0");
        peer.reply(ScriptedPeer.numbers(), ScriptedPeer.selected(0, 0));
    }

    private static void begin(ScriptedPeer peer) throws IOException {
        peer.readTransactionRequest();
        peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 9, 0), done(0));
    }

    private static void end(ScriptedPeer peer, int how) throws IOException {
        peer.readTransactionRequest();
        peer.reply(new EnvChange.Transaction(how, 0, 9), done(0));
    }
}
