package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Closing a connection, or what stands above it, during and after its use. Follows, scenario by scenario, the suite "Resilience (close
 * during/after use)" of LadybugDB (tools/nodejs_api/test/test_resilience.js), its skipped one included. Its database, which owns the
 * connections, is the data source here.
 */
class ResilienceTest extends OnProxiedServer {
    @Guarantee("G05")
    @Test
    void queryRejectsWhenConnectionIsClosedWhileQueryIsInFlight() throws Exception {
        Connection connection = open();
        Future<?> query = inFlight(connection);
        connection.close();
        assertRejected(query);
        await(() -> server().connections() == 1);
    }

    /** Skipped there: the close of the database waits until the query has ended by itself. */
    @Guarantee(value = "G05", surface = Surface.P)
    @Guarantee(value = "G06", surface = Surface.P)
    @Test
    void queryRejectsWhenDatabaseIsClosedWhileQueryIsInFlight() throws Exception {
        TidegateDataSource source = source(2);
        Future<?> query = inFlight(source.getConnection());
        source.close();
        assertRejected(query);
        await(() -> server().connections() == 1);
    }

    @Guarantee("G07")
    @Test
    void getNextAfterConnectionClosedThrowsAndDoesNotCrash() throws Exception {
        Connection connection = open();
        ResultSet rows = connection.createStatement().executeQuery("SELECT 1 AS x");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("x")).isEqualTo(1);
        connection.close();
        assertClosed(rows::next);
        assertClosed(() -> rows.getInt("x"));
    }

    @Guarantee("G07")
    @Test
    void hasNextAfterConnectionClosedThrowsAndDoesNotCrash() throws Exception {
        Connection connection = open();
        ResultSet rows = connection.createStatement().executeQuery("SELECT 1 AS x");
        assertThat(rows.isBeforeFirst()).isTrue();
        connection.close();
        assertClosed(rows::isBeforeFirst);
    }

    @Guarantee(value = "G07", surface = Surface.P)
    @Test
    void getNextAfterDatabaseClosedThrowsAndDoesNotCrash() throws Exception {
        TidegateDataSource source = source(1);
        ResultSet rows = source.getConnection().createStatement().executeQuery("SELECT 1 AS x");
        assertThat(rows.next()).isTrue();
        source.close();
        assertClosed(rows::next);
    }

    @Guarantee(value = "G07", surface = Surface.P)
    @Test
    void hasNextAfterDatabaseClosedThrowsAndDoesNotCrash() throws Exception {
        TidegateDataSource source = source(1);
        ResultSet rows = source.getConnection().createStatement().executeQuery("SELECT 1 AS x");
        source.close();
        assertClosed(rows::isBeforeFirst);
    }

    /** What the query was to read from is not touched. */
    @Guarantee("G07")
    @Test
    void registerStreamThenCloseConnectionThenQueryThrowsBeforeRunning() throws Exception {
        Connection connection = open();
        PreparedStatement query = connection.prepareStatement("SELECT ?");
        StringReader stream = new StringReader("not read");
        query.setCharacterStream(1, stream);
        long sent = latest().passed(Flow.TO_SERVER);
        connection.close();
        assertClosed(query::executeQuery);
        assertThat(stream.read()).isEqualTo('n');
        latest().awaitEnded(SOON);
        assertThat(latest().passed(Flow.TO_SERVER)).isEqualTo(sent);
    }

    @Guarantee("G01")
    @Test
    void closeConnectionWhileIteratingResultSecondGetNextThrows() throws Exception {
        Connection connection = open();
        ResultSet rows =
                connection.createStatement().executeQuery("SELECT x FROM (VALUES (1), (2), (3)) AS v(x) ORDER BY x");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt("x")).isEqualTo(1);
        connection.close();
        assertClosed(rows::next);
        assertThat(rows.isClosed()).isTrue();
    }

    @Guarantee("G07")
    @Test
    void queryAfterConnectionClosedThrowsImmediately() throws Exception {
        Connection connection = open();
        Statement statement = connection.createStatement();
        connection.close();
        latest().awaitEnded(SOON);
        long sent = latest().passed(Flow.TO_SERVER);
        assertClosed(() -> statement.executeQuery("SELECT 1"));
        assertClosed(connection::createStatement);
        assertThat(latest().passed(Flow.TO_SERVER)).isEqualTo(sent);
    }

    /** There it is the call that does not wait; here all of them. */
    @Guarantee(value = "G07", surface = Surface.P)
    @Test
    void getNextSyncAfterDatabaseClosedThrows() throws Exception {
        TidegateDataSource source = source(1);
        Connection connection = source.getConnection();
        ResultSet rows = connection.createStatement().executeQuery("SELECT 1 AS x");
        source.close();
        assertClosed(rows::next);
        assertClosed(() -> rows.getInt(1));
        assertClosed(connection::createStatement);
        assertClosed(source::getConnection);
    }

    /** Has begun to answer when this returns, and would go on for hours. */
    private Future<?> inFlight(Connection connection) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery(ENDLESS);
        assertThat(rows.next()).isTrue();
        return threads().submit(() -> {
            while (rows.next()) {}
            return null;
        });
    }

    private static void assertRejected(Future<?> query) {
        assertThatThrownBy(() -> query.get(SOON.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(SQLException.class).hasMessageContaining("closed");
    }
}
