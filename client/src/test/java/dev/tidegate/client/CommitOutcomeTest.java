package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a commit says that is cancelled on its way: what the server has told, never what the cancel had hoped for. */
@Timeout(60)
class CommitOutcomeTest {
    private static final EnvChange COMMITTED = new EnvChange.Transaction(EnvChange.COMMIT_TRANSACTION, 0, 77);
    private static final EnvChange ROLLED_BACK = new EnvChange.Transaction(EnvChange.ROLLBACK_TRANSACTION, 0, 77);

    @Guarantee("G28")
    @Test
    void aCancelThatComesAfterTheCommitWasDoneDoesNotHideIt() throws Exception {
        try (ScriptedServer server = answering(COMMITTED);
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.READ_COMMITTED);
            Thread canceller = cancelling(connection);
            connection.commit();
            canceller.join();
            assertThat(connection.inTransaction()).isFalse();
            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Guarantee("G28")
    @Test
    void aCancelThatStoppedTheCommitIsTold() throws Exception {
        try (ScriptedServer server = answering(ROLLED_BACK);
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.READ_COMMITTED);
            Thread canceller = cancelling(connection);
            assertThatThrownBy(connection::commit)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cancelled");
            canceller.join();
            assertThat(connection.inTransaction()).isFalse();
        }
    }

    @Guarantee("G28")
    @Test
    void anErrorOfAServerThatThenEndsTheLineDoesNotTellTheOutcome() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readTransactionRequest();
                    peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 77, 0), done(0));
                    peer.readTransactionRequest();
                    peer.begin();
                    peer.write(ScriptedPeer.error(596, 21, "the session is killed"));
                    peer.out().flush();
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.READ_COMMITTED);
            assertThatThrownBy(connection::commit)
                    .hasMessageContaining("is unknown")
                    .hasMessageContaining("the session is killed")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08007"));
        }
    }

    /** Reads the commit, waits for the attention, and only then tells what has become of the transaction. */
    private static ScriptedServer answering(EnvChange outcome) throws Exception {
        return ScriptedServer.afterLogin(peer -> {
            peer.readTransactionRequest();
            peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 77, 0), done(0));
            peer.readTransactionRequest();
            peer.expect(PacketType.ATTENTION);
            peer.reply(outcome, done(0));
            peer.reply(new Done(Done.Kind.DONE, Done.ATTENTION, 0, 0));
            peer.awaitEnd();
        });
    }

    /** Cancels again and again, as a request can be cancelled only once it has begun. */
    private static Thread cancelling(TdsConnection connection) {
        Thread thread = new Thread(() -> {
            while (connection.inTransaction()) {
                connection.cancel();
                Thread.onSpinWait();
            }
        });
        thread.start();
        return thread;
    }
}
