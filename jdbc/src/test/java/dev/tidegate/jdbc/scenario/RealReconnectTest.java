package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.pool.CloseReason;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.junit.jupiter.api.Test;

/**
 * What a user meets whose connection is lost. Follows, scenario by scenario, the class RealReconnectTest of SQLAlchemy's
 * test/engine/test_reconnect.py. There a connection object gets another line under it; here a lost connection stays lost, and the pool
 * gives another.
 */
class RealReconnectTest extends OnProxiedServer {
    @Guarantee(value = "G19", surface = Surface.P)
    @Test
    void reconnect() throws Exception {
        TidegateDataSource source = source(1);
        for (int outage = 0; outage < 2; outage++) {
            try (Connection connection = source.getConnection()) {
                assertThat(number(connection, "SELECT 1")).isEqualTo(1);
                assertThat(connection.isClosed()).isFalse();
                restart();
                assertLost(() -> number(connection, "SELECT 1"));
                assertThat(connection.isClosed()).isTrue();
                assertThat(connection.isValid(5)).isFalse();
                assertLost(() -> number(connection, "SELECT 1"));
            }
        }
        assertServes(source);
        assertThat(statistics(source).created()).isEqualTo(3);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.DEAD, 2L);
    }

    @Test
    void detachInvalidated() throws Exception {
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            connection.abort(Runnable::run);
            // Nothing of it can be had any more: neither a statement nor its metadata.
            assertLost(connection::createStatement);
            assertLost(connection::getMetaData);
            assertLost(() -> connection.setAutoCommit(false));
        }
        assertServes(source);
    }

    @Guarantee(value = "G07", surface = Surface.P)
    @Test
    void detachClosed() throws Exception {
        TidegateDataSource source = source(1);
        Connection connection = source.getConnection();
        connection.close();
        assertThatThrownBy(connection::createStatement).hasMessageContaining("connection is closed");
        assertLost(connection::createStatement);
        // Given back is given back: ending it now does not touch the next user's.
        try (Connection next = source.getConnection()) {
            connection.abort(Runnable::run);
            assertThat(number(next, "SELECT 1")).isEqualTo(1);
        }
        assertThat(statistics(source).created()).isEqualTo(1);
    }

    @Guarantee(value = "G20", surface = Surface.P)
    @Test
    void multipleInvalidate() throws Exception {
        TidegateDataSource source = source(3);
        Connection first = source.getConnection();
        Connection second = source.getConnection();
        source.getConnection().close();
        ConnectionPool pool = source.pools().get(0);
        restart();
        assertLost(() -> number(first, "SELECT 1"));
        first.close();
        expect(source, 1, 0);
        Connection third = source.getConnection();
        assertThat(number(third, "SELECT 3")).isEqualTo(3);
        third.close();
        // The second to notice does not end what was opened since.
        assertLost(() -> number(second, "SELECT 1"));
        second.close();
        expect(source, 0, 1);
        assertThat(source.pools()).containsExactly(pool);
        assertServes(source);
        assertThat(pool.statistics().created()).isEqualTo(4);
    }

    @Guarantee("G22")
    @Test
    void ensureIsDisconnectGetsConnection() throws Exception {
        try (Connection connection = source(1).getConnection()) {
            restart();
            SQLException lost = assertLost(() -> number(connection, "SELECT 1"));
            assertThat(lost.getMessage()).contains("127.0.0.1", Integer.toString(proxy().port()), "demo");
            assertThat(lost.getSQLState()).isEqualTo("08S01");
            // Not the ordinary errors of a statement.
            assertThatThrownBy(() -> number(connection(), "SELECT 1/0")).isInstanceOf(SQLException.class);
            assertThat(connection().isClosed()).isFalse();
        }
    }

    @Guarantee(value = "G21", surface = Surface.P)
    @Test
    void rollbackOnInvalidPlain() throws Exception {
        run("CREATE TABLE t (a int)");
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "INSERT t VALUES (1)");
            restart();
            // The usual clean-up after an error: it may fail, if the end of the line comes behind it, but not hang,
            // and the connection can be given back.
            Throwable thrown = catchThrowable(connection::rollback);
            assertThat(thrown == null || Disconnects.isDisconnect(thrown)).isTrue();
            assertLost(() -> number(connection, "SELECT 1"));
        }
        assertNothingStays(source);
    }

    @Guarantee(value = "G21", surface = Surface.P)
    @Test
    void rollbackOnInvalidSavepoint() throws Exception {
        run("CREATE TABLE t (a int)");
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "INSERT t VALUES (1)");
            Savepoint savepoint = connection.setSavepoint("before");
            restart();
            assertLost(() -> connection.rollback(savepoint));
            assertLost(connection::setSavepoint);
            assertLost(() -> execute(connection, "INSERT t VALUES (2)"));
        }
        assertNothingStays(source);
    }

    @Guarantee(value = "G21", surface = Surface.P)
    @Test
    void noBeginOnInvalid() throws Exception {
        run("CREATE TABLE t (a int)");
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "INSERT t VALUES (1)");
            latest().cut(Ending.RESET);
            assertLost(() -> number(connection, "SELECT 1"));
            // Nothing that could be taken for a commit, neither the first time nor later.
            assertLost(connection::commit);
            assertLost(() -> connection.setAutoCommit(true));
            assertLost(connection::commit);
        }
        assertNothingStays(source);
    }

    @Guarantee(value = "G04", surface = Surface.P)
    @Test
    void invalidateTwice() throws Exception {
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            connection.abort(Runnable::run);
            connection.abort(Runnable::run);
        }
        assertServes(source);
        assertThat(statistics(source).closed()).containsEntry(CloseReason.SPOILT, 1L);
    }

    @Guarantee(value = "G34", surface = Surface.P)
    @Test
    void explodeInInitializer() throws Exception {
        TidegateDataSource source = source(1);
        source.setDatabaseName("no such database");
        source.setURL(url().replace("databaseName=demo;", ""));
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no such database");
        }
        await(() -> server().connections() == 1);
    }

    @Guarantee(value = "G34", surface = Surface.P)
    @Test
    void explodeInInitializerDisconnect() throws Exception {
        TidegateDataSource source = source(1);
        source.setLockTimeout(5000);
        source.getConnection().close();
        // Setting the session up is the last that was sent; its answer ends with the bytes that have passed.
        source.pools().get(0).evict();
        latest().awaitEnded(SOON);
        long opening = latest().passed(Flow.TO_CLIENT);
        proxy().onOthers(Fault.cut(Flow.TO_CLIENT, opening - 1, Ending.RESET));
        assertLost(source::getConnection);
        assertThat(statistics(source).total()).isZero();
        proxy().healed();
        for (Connection connection = null; connection == null; ) {
            try {
                connection = source.getConnection();
                assertThat(number(connection, "SELECT @@LOCK_TIMEOUT")).isEqualTo(5000);
                connection.close();
            } catch (SQLException e) {
                assertThat(statistics(source).failed()).as(e.toString()).isPositive();
            }
        }
        await(() -> server().connections() == 2);
    }

    @Test
    void nullPool() throws Exception {
        try (Connection connection = open()) {
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            restart();
            assertLost(() -> number(connection, "SELECT 1"));
            assertThat(connection.isClosed()).isTrue();
        }
        try (Connection connection = open()) {
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void close() throws Exception {
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            restart();
            assertLost(() -> number(connection, "SELECT 1"));
        }
        assertServes(source);
    }

    @Guarantee("G21")
    @Guarantee(value = "G21", surface = Surface.P)
    @Test
    void withTransaction() throws Exception {
        run("CREATE TABLE t (a int)");
        TidegateDataSource source = source(1);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "INSERT t VALUES (1)");
            restart();
            assertLost(() -> execute(connection, "INSERT t VALUES (2)"));
            // It is consistent in what it says, however often it is asked.
            for (int again = 0; again < 3; again++) {
                assertLost(() -> number(connection, "SELECT 1"));
                assertLost(connection::commit);
            }
            // There the connection can then be used again; here it is for the pool to give another.
            connection.rollback();
            assertLost(() -> number(connection, "SELECT 1"));
        }
        assertNothingStays(source);
    }

    private void assertNothingStays(TidegateDataSource source) throws SQLException, InterruptedException {
        try (Connection next = source.getConnection()) {
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(number(next, "SELECT @@TRANCOUNT")).isZero();
            // Until the server has seen that the line has gone, the lost transaction's locks make this wait.
            assertThat(number(next, "SELECT count(*) FROM t")).isZero();
        }
    }
}
