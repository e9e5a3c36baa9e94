package dev.tidegate.jdbc;

import static dev.tidegate.jdbc.RehearsedBackend.count;
import static dev.tidegate.jdbc.RehearsedBackend.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionTest extends OnScriptedServer {
    private void insert() throws SQLException {
        script().on("insert", count(1));
        try (Statement statement = connection().createStatement()) {
            statement.executeUpdate("insert");
        }
    }

    @Test
    void aTransactionBeginsWithTheFirstStatementAndNotBefore() throws SQLException {
        connection().setAutoCommit(false);
        connection().commit();
        assertThat(script().log()).isEmpty();
        insert();
        insert();
        connection().commit();
        insert();
        connection().rollback();
        assertThat(script().log())
                .containsExactly("begin", "insert", "insert", "commit", "begin", "insert", "rollback");
    }

    @Test
    void turningAutoCommitOnCommits() throws SQLException {
        connection().setAutoCommit(false);
        insert();
        connection().setAutoCommit(true);
        insert();
        assertThat(script().log()).containsExactly("begin", "insert", "commit", "insert");
        assertThat(connection().getAutoCommit()).isTrue();
        assertThatThrownBy(connection()::commit).hasMessageContaining("auto-commit");
        assertThatThrownBy(connection()::rollback).hasMessageContaining("auto-commit");
        assertThatThrownBy(connection()::setSavepoint).hasMessageContaining("auto-commit");
    }

    @Test
    void savepointsHaveNamesOrNumbersAndEndWithTheirTransaction() throws SQLException {
        connection().setAutoCommit(false);
        Savepoint named = connection().setSavepoint("here");
        Savepoint unnamed = connection().setSavepoint();
        connection().rollback(unnamed);
        connection().rollback(named);
        assertThat(script().log())
                .containsExactly(
                        "begin",
                        "save here",
                        "save tidegate_" + unnamed.getSavepointId(),
                        "rollback to tidegate_" + unnamed.getSavepointId(),
                        "rollback to here");
        assertThat(named.getSavepointName()).isEqualTo("here");
        assertThatThrownBy(named::getSavepointId).isInstanceOf(SQLException.class);
        assertThatThrownBy(unnamed::getSavepointName).isInstanceOf(SQLException.class);
        connection().releaseSavepoint(unnamed);
        assertThatThrownBy(() -> connection().rollback(unnamed)).hasMessageContaining("released");
        connection().commit();
        assertThatThrownBy(() -> connection().rollback(named)).hasMessageContaining("ended");
        assertThatThrownBy(() -> connection().setSavepoint("x".repeat(33))).isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, READ UNCOMMITTED", "2, READ COMMITTED", "4, REPEATABLE READ", "8, SERIALIZABLE", "4096, SNAPSHOT"})
    void setsTheIsolationLevel(int level, String words) throws SQLException {
        script().on("SET TRANSACTION ISOLATION LEVEL " + words, count(-1));
        connection().setTransactionIsolation(level);
        assertThat(connection().getTransactionIsolation()).isEqualTo(level);
        assertThat(connection().getMetaData().supportsTransactionIsolationLevel(level))
                .isTrue();
        assertThatThrownBy(() -> connection().setTransactionIsolation(Connection.TRANSACTION_NONE))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void quotesTheDatabaseThatItChangesTo() throws SQLException {
        script().on("USE [a]]b]", count(-1));
        connection().setCatalog("a]b");
        assertThat(script().log()).containsExactly("USE [a]]b]");
        assertThat(connection().getCatalog()).isEqualTo("demo");
        assertThatThrownBy(() -> connection().setCatalog("")).isInstanceOf(SQLException.class);
    }

    @Test
    void isValidAsksTheServerAndNeverAClosedConnection() throws SQLException {
        script().on("SELECT 1", rows(NUMBER, new Object[] {1}));
        assertThat(connection().isValid(5)).isTrue();
        assertThatThrownBy(() -> connection().isValid(-1)).isInstanceOf(SQLException.class);
        connection().close();
        assertThat(connection().isValid(5)).isFalse();
        assertThat(connection().isClosed()).isTrue();
        connection().close();
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() ->
                        connection().createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("TYPE_FORWARD_ONLY");
        assertThatThrownBy(() -> connection().createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection().createArrayOf("int", new Object[0]))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
        assertThatThrownBy(() -> connection().createStruct("x", new Object[0]))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void gaveUpSettingsAreWarnings() throws SQLException {
        connection().setClientInfo("ApplicationName", "other");
        connection().setSchema("x");
        assertThat(connection().getWarnings().getMessage()).contains("ApplicationName");
        assertThat(connection().getWarnings().getNextWarning().getMessage()).contains("schema");
        connection().clearWarnings();
        assertThat((Object) connection().getWarnings()).isNull();
        assertThat(connection().getClientInfo("ClientUser")).isEqualTo("sa");
    }

    @Test
    void unwrapsToTheClient() throws SQLException {
        assertThat(connection().isWrapperFor(TdsConnection.class)).isTrue();
        assertThat(connection().unwrap(TdsConnection.class).isOpen()).isTrue();
        assertThat(connection().unwrap(TidegateConnection.class)).isSameAs(connection());
        assertThatThrownBy(() -> connection().unwrap(String.class)).isInstanceOf(SQLException.class);
    }

    @Test
    void abortEndsTheConnectionWithoutWaiting() throws SQLException {
        List<Runnable> tasks = new ArrayList<>();
        connection().abort(tasks::add);
        assertThat(connection().isClosed()).isTrue();
        assertThatThrownBy(connection()::createStatement)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08003");
        tasks.forEach(Runnable::run);
        assertThat(tasks).hasSize(1);
    }

    @Test
    @Guarantee("G01")
    @Guarantee("G04")
    @Guarantee("G08")
    void closesInAnyOrderAndFromManyThreads() throws Exception {
        script().on("select n", rows(NUMBER, new Object[] {1}, new Object[] {2}));
        for (int round = 0; round < 10; round++) {
            Connection another = connect("");
            List<AutoCloseable> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Statement statement = another.createStatement();
                ResultSet result = statement.executeQuery("select n");
                result.next();
                all.add(result);
                all.add(statement);
                all.add(another.prepareStatement("select ?"));
            }
            all.add(another);
            java.util.Collections.shuffle(all, new java.util.Random(round));
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
            for (AutoCloseable one : all) {
                Thread thread = new Thread(() -> {
                    try {
                        go.await();
                        one.close();
                        one.close();
                    } catch (Exception e) {
                        failures.add(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(another.isClosed()).isTrue();
        }
    }
}
