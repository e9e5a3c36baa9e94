package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * A connection is closed while its statements live on, are used, and are collected later. Follows, scenario by scenario, the ten of
 * tests/test_016_connection_invalidation_segfault.py of mssql-python, where the collector freed handles that the close had freed before.
 */
class ConnectionInvalidationTest extends OnProxiedServer {
    @Guarantee("G01")
    @Test
    void connectionInvalidationWithMultipleCursors() throws Exception {
        Connection connection = open();
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            statements.add(used(connection, "SELECT 1 AS id, 'test' AS name", 1));
        }
        connection.close();
        assertThat(statements).allMatch(ConnectionInvalidationTest::isClosed);
        assertGone(statements);
    }

    @Guarantee("G01")
    @Test
    void connectionInvalidationWithoutCursorClose() throws Exception {
        Connection connection = open();
        List<Statement> statements = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            statements.add(halfRead(connection, i));
        }
        connection.close();
        statements.forEach(statement -> assertThatThrownBy(statement::getResultSet)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed"));
        assertGone(statements);
    }

    @Guarantee("G01")
    @Test
    void repeatedConnectionInvalidationCycles() throws Exception {
        for (int cycle = 0; cycle < 10; cycle++) {
            Connection connection = open();
            List<Statement> statements = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                statements.add(used(connection, "SELECT " + (10 * cycle + i), 10 * cycle + i));
            }
            connection.close();
            assertGone(statements);
        }
    }

    @Guarantee("G10")
    @Test
    void connectionCloseWithUncommittedTransaction() throws Exception {
        run("CREATE TABLE kept (id INT)");
        Connection connection = open();
        connection.setAutoCommit(false);
        List<Statement> statements = new ArrayList<>();
        statements.add(connection.createStatement());
        statements.get(0).execute("CREATE TABLE #temp_test (id INT, name VARCHAR(50))");
        statements.get(0).execute("INSERT INTO #temp_test VALUES (1, 'test')");
        statements.get(0).execute("INSERT INTO kept VALUES (1)");
        connection.close();
        assertGone(statements);
        assertThat(number(connection(), "SELECT count(*) FROM kept")).isZero();
    }

    @Guarantee("G07")
    @Test
    void cursorAfterConnectionInvalidationRaisesError() throws Exception {
        Connection connection = open();
        List<Statement> statements = new ArrayList<>();
        statements.add(used(connection, "SELECT 1", 1));
        connection.close();
        assertThatThrownBy(() -> statements.get(0).execute("SELECT 2"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
        assertGone(statements);
    }

    @Guarantee("G01")
    @Test
    void multipleConnectionsConcurrentInvalidation() throws Exception {
        List<Callable<Void>> closes = new ArrayList<>();
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Connection connection = open();
            for (int j = 0; j < 3; j++) {
                statements.add(used(connection, "SELECT " + (3 * i + j), 3 * i + j));
            }
            closes.add(() -> {
                connection.close();
                return null;
            });
        }
        for (Future<Void> close : threads().invokeAll(closes)) {
            close.get();
        }
        assertThat(statements).hasSize(15).allMatch(ConnectionInvalidationTest::isClosed);
        closes.clear();
        assertGone(statements);
    }

    @Guarantee("G01")
    @Test
    void connectionInvalidationWithPreparedStatements() throws Exception {
        Connection connection = open();
        List<Statement> statements = new ArrayList<>();
        statements.add(prepared(connection, "SELECT ?"));
        statements.add(prepared(connection, "SELECT ? AS name, 30 AS age"));
        ProxiedConnection line = latest();
        long sent = line.passed(Flow.TO_SERVER);
        connection.close();
        line.awaitEnded(SOON);
        // The handles went with the connection: nobody gives them back one by one.
        assertThat(line.passed(Flow.TO_SERVER)).isEqualTo(sent);
        assertGone(statements);
    }

    /** There it looks whether handles can be freed at all; here, that freeing late and twice does nothing. */
    @Guarantee("G04")
    @Test
    void verifySqlhandleFreeMethodExists() throws Exception {
        Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1");
        connection.close();
        for (int twice = 0; twice < 2; twice++) {
            rows.close();
            statement.close();
            connection.close();
        }
        assertThat(isClosed(statement)).isTrue();
    }

    @Guarantee("G01")
    @Test
    void connectionInvalidationWithFetchall() throws Exception {
        Connection connection = open();
        List<Statement> statements = new ArrayList<>();
        statements.add(used(connection, "SELECT n FROM (VALUES (1), (2), (3), (4), (5)) AS numbers(n)", 1, 2, 3, 4, 5));
        connection.close();
        assertGone(statements);
    }

    @Guarantee("G01")
    @Test
    void nestedConnectionCursorCleanup() throws Exception {
        for (int round = 0; round < 5; round++) {
            assertThat(outer()).isEqualTo("inner");
            System.gc();
        }
        await(() -> server().connections() == 1);
    }

    private String outer() throws SQLException {
        Connection connection = open();
        String found = inner(connection);
        connection.close();
        return found;
    }

    private static String inner(Connection connection) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery("SELECT 'inner' AS scope");
        assertThat(rows.next()).isTrue();
        return rows.getString(1);
    }

    /** One whose result was read to its end. What a frame keeps cannot be collected, so all that makes statements returns before. */
    private static Statement used(Connection connection, String sql, Integer... expected) throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql);
        List<Integer> found = new ArrayList<>();
        while (rows.next()) {
            found.add(rows.getInt(1));
        }
        assertThat(found).containsExactlyInAnyOrder(expected);
        return statement;
    }

    private static Statement halfRead(Connection connection, int expected) throws SQLException {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + expected + " UNION ALL SELECT " + expected);
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(expected);
        return statement;
    }

    /** The third run has a handle on the server. */
    private static Statement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql);
        for (int run = 0; run < 3; run++) {
            select.setInt(1, 42 + run);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42 + run);
            }
        }
        return select;
    }

    /** The statements can be collected, all of them, and the server keeps nothing either. */
    private void assertGone(List<Statement> statements) throws InterruptedException {
        List<WeakReference<Statement>> references =
                new ArrayList<>(statements.stream().map(WeakReference::new).toList());
        statements.clear();
        await(() -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.refersTo(null));
        });
        await(() -> server().connections() == 1);
    }

    private static boolean isClosed(Statement statement) {
        try {
            return statement.isClosed();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
