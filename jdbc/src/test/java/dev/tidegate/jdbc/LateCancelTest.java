package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.Script;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancel or a time-out that meets a statement when the server has done it: the counts tell what was done, and only that. */
@Timeout(60)
class LateCancelTest {
    private static final Token CONFIRMED = ScriptedPeer.done(Done.ATTENTION);

    /** The server has the request, and waits for the attention. */
    private final CountDownLatch received = new CountDownLatch(1);

    private interface Work {
        void run(Connection connection) throws Exception;
    }

    private static void with(Script script, Work work) throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(script);
                Connection connection = DriverManager.getConnection(
                        "jdbc:tidegate://127.0.0.1:" + server.port() + ";encrypt=false", "sa", "secret")) {
            work.run(connection);
        }
    }

    private void readRequest(ScriptedPeer peer) throws IOException {
        peer.in().beginMessage();
        peer.in().skipToEnd();
        received.countDown();
        peer.expect(PacketType.ATTENTION);
    }

    private Thread cancelWhenReceived(Statement statement) {
        Thread thread = new Thread(() -> {
            try {
                received.await();
                statement.cancel();
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private static Done called(int more) {
        return new Done(Done.Kind.DONEPROC, more, 0xE0, 0);
    }

    private static Done changed(long rows) {
        return new Done(Done.Kind.DONEINPROC, Done.COUNT | Done.MORE, Done.COMMAND_UPDATE, rows);
    }

    @Guarantee("G13")
    @Test
    void anUpdateThatWasDoneGivesItsCount() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(ScriptedPeer.count(3, 0));
                    peer.reply(CONFIRMED);
                    assertThat(peer.readBatch()).isEqualTo("update again");
                    peer.reply(ScriptedPeer.count(4, 0));
                    peer.awaitEnd();
                },
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        Thread canceller = cancelWhenReceived(statement);
                        assertThat(statement.executeUpdate("update")).isEqualTo(3);
                        canceller.join();
                        assertThat(statement.executeUpdate("update again")).isEqualTo(4);
                    }
                });
    }

    @Guarantee("G14")
    @Test
    void anUpdateThatWasDoneWhenItsTimeWasOverGivesItsCount() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(
                            changed(3),
                            new ReturnStatus(0),
                            new ReturnValue(0, "", 1, 0, 1, TypeInfo.integer(), 7),
                            called(0));
                    peer.reply(CONFIRMED);
                    peer.awaitEndOfAnything();
                },
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("update t set a = ?")) {
                        statement.setQueryTimeout(1);
                        statement.setInt(1, 1);
                        assertThat(statement.executeUpdate()).isEqualTo(3);
                    }
                });
    }

    @Guarantee("G14")
    @Test
    void oneThatWasBrokenOffStaysATimeOut() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(new Done(Done.Kind.DONE, Done.ERROR, 0, 0), CONFIRMED);
                    peer.awaitEnd();
                },
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.setQueryTimeout(1);
                        assertThatThrownBy(() -> statement.executeUpdate("update"))
                                .isInstanceOf(SQLTimeoutException.class);
                    }
                });
    }

    @Guarantee("G13")
    @Test
    void theCountsOfABatchAreThoseOfTheRowsThatWereDone() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(
                            changed(1),
                            new ReturnStatus(0),
                            called(Done.MORE),
                            ScriptedPeer.error(2627, 14, "twice"),
                            new ReturnStatus(-6),
                            called(Done.MORE | Done.ERROR),
                            CONFIRMED);
                    peer.awaitEndOfAnything();
                },
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("update t set a = ?")) {
                        addTwo(statement);
                        Thread canceller = cancelWhenReceived(statement);
                        assertThatThrownBy(statement::executeBatch)
                                .isInstanceOfSatisfying(
                                        BatchUpdateException.class,
                                        e -> assertThat(e.getUpdateCounts())
                                                .containsExactly(1, Statement.EXECUTE_FAILED))
                                .hasMessageContaining("cancelled")
                                .satisfies(
                                        e -> assertThat(e.getCause().toString()).contains("cancelled"));
                        canceller.join();
                    }
                });
    }

    @Guarantee("G13")
    @Test
    void aBatchOfWhichEverythingWasDoneSucceeds() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(
                            changed(1),
                            new ReturnStatus(0),
                            called(Done.MORE),
                            changed(2),
                            new ReturnStatus(0),
                            called(0));
                    peer.reply(CONFIRMED);
                    peer.awaitEndOfAnything();
                },
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("update t set a = ?")) {
                        addTwo(statement);
                        Thread canceller = cancelWhenReceived(statement);
                        assertThat(statement.executeBatch()).containsExactly(1, 2);
                        canceller.join();
                    }
                });
    }

    /** A cancel is meant for the batch: the next statement of it does not run. */
    @Test
    void aBatchOfStatementsEndsBehindTheOneThatWasDone() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(ScriptedPeer.count(3, 0));
                    peer.reply(CONFIRMED);
                    peer.awaitEnd();
                },
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch("update one");
                        statement.addBatch("update two");
                        Thread canceller = cancelWhenReceived(statement);
                        assertThatThrownBy(statement::executeBatch)
                                .isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                                    assertThat(e.getUpdateCounts()).containsExactly(3, Statement.EXECUTE_FAILED);
                                    assertThat(e.getSQLState()).isEqualTo("HY008");
                                });
                        canceller.join();
                    }
                });
    }

    /** The first row goes alone, because it brings the handle for the others. */
    @Test
    void aBatchOfRowsEndsBehindTheRequestThatWasDone() throws Exception {
        with(
                peer -> {
                    readRequest(peer);
                    peer.reply(
                            changed(1),
                            new ReturnStatus(0),
                            new ReturnValue(0, "", 1, 0, 1, TypeInfo.integer(), 7),
                            called(0));
                    peer.reply(CONFIRMED);
                    peer.awaitEnd();
                },
                connection -> {
                    try (PreparedStatement statement = connection.prepareStatement("update t set a = ?")) {
                        addTwo(statement);
                        addTwo(statement);
                        Thread canceller = cancelWhenReceived(statement);
                        assertThatThrownBy(statement::executeBatch)
                                .isInstanceOfSatisfying(BatchUpdateException.class, e -> {
                                    assertThat(e.getUpdateCounts())
                                            .containsExactly(
                                                    1,
                                                    Statement.EXECUTE_FAILED,
                                                    Statement.EXECUTE_FAILED,
                                                    Statement.EXECUTE_FAILED);
                                    assertThat(e.getSQLState()).isEqualTo("HY008");
                                });
                        canceller.join();
                    }
                });
    }

    private static void addTwo(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < 2; i++) {
            statement.setInt(1, i);
            statement.addBatch();
        }
    }
}
