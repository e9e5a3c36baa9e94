package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an error inside a transaction does to it, for each kind of error: the table in docs/transactions.md, row by row. */
class ErrorInTransactionTest extends OnEmbeddedServer {
    private static final Path DOCUMENT = Path.of("../docs/transactions.md");

    /** What is left of the transaction. */
    private enum Effect {
        GOES_ON("open"),
        ROLLED_BACK("rolled back"),
        CONNECTION_ENDED("rolled back, connection ended");

        private final String text;

        Effect(String text) {
            this.text = text;
        }
    }

    /** A kind of error, as the document calls it. */
    private enum Kind {
        STATEMENT("an error of a statement (2627, 547, 515, 8134 and most others)", Effect.GOES_ON),
        BATCH("an error that ends the batch (245, 241 and other failed conversions)", Effect.ROLLED_BACK),
        XACT_ABORT("any error while `XACT_ABORT` is `ON`", Effect.ROLLED_BACK),
        DOOMED(
                "an error inside `TRY` that dooms the transaction (`XACT_STATE()` −1), at the end of the batch",
                Effect.ROLLED_BACK),
        DEADLOCK("chosen as the victim of a deadlock (1205)", Effect.ROLLED_BACK),
        UPDATE_CONFLICT("under SNAPSHOT, a row that another has changed since (3960)", Effect.ROLLED_BACK),
        LOCK_TIMEOUT("a lock that was not had in time (1222)", Effect.GOES_ON),
        TIME_OUT("a time-out (`queryTimeout`, `setQueryTimeout`)", Effect.GOES_ON),
        CANCEL("a cancel", Effect.GOES_ON),
        TIME_OUT_AND_XACT_ABORT("a time-out or a cancel while `XACT_ABORT` is `ON`", Effect.ROLLED_BACK),
        LOAD("a bulk load that fails", Effect.GOES_ON),
        LOAD_AND_XACT_ABORT("a bulk load that fails while `XACT_ABORT` is `ON`", Effect.ROLLED_BACK),
        SEVERE("an error of severity 20 or more", Effect.CONNECTION_ENDED),
        BROKEN("the line breaks", Effect.CONNECTION_ENDED);

        private final String text;
        private final Effect effect;

        Kind(String text, Effect effect) {
            this.text = text;
            this.effect = effect;
        }
    }

    private FaultProxy proxy;
    private Connection user;

    @BeforeEach
    void begin() throws IOException, SQLException {
        run(
                "CREATE TABLE t (id INT NOT NULL PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "CREATE TABLE u (id INT PRIMARY KEY)");
        proxy = FaultProxy.to(server().port());
        user = DriverManager.getConnection(
                "jdbc:tidegate://127.0.0.1:" + proxy.port() + ";encrypt=false;connectRetryCount=0", USER, PASSWORD);
        user.setAutoCommit(false);
    }

    @AfterEach
    void end() throws IOException, SQLException {
        user.close();
        proxy.close();
    }

    @Guarantee("G31")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEVERE", "LOAD_AND_XACT_ABORT"})
    void hasTheEffectThatIsDocumented(Kind kind) throws Exception {
        if (kind == Kind.UPDATE_CONFLICT) {
            user.setTransactionIsolation(Isolation.SNAPSHOT);
        }
        execute("INSERT INTO t VALUES (2)");
        SQLException error = cause(kind);
        switch (kind.effect) {
            case GOES_ON -> {
                assertThat(count()).isEqualTo(2);
                execute("INSERT INTO t VALUES (3)");
                user.commit();
                assertThat(countOfOther()).isEqualTo(3);
            }
            case ROLLED_BACK -> {
                expectRefused(error);
                user.rollback();
                assertThat(countOfOther()).isEqualTo(1);
                execute("INSERT INTO t VALUES (3)");
                user.commit();
                assertThat(countOfOther()).isEqualTo(2);
            }
            case CONNECTION_ENDED -> {
                assertThat(Disconnects.isDisconnect(error)).isTrue();
                assertThat(user.isValid(5)).isFalse();
                assertThatThrownBy(() -> execute("INSERT INTO t VALUES (3)")).isInstanceOf(SQLException.class);
                assertThat(countOfOther()).isEqualTo(1);
            }
        }
    }

    @Guarantee("G31")
    @Test
    void aSevereErrorEndsTheConnection() throws Exception {
        try (ScriptedServer scripted = ScriptedServer.afterLogin(peer -> {
                    peer.readTransactionRequest();
                    peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 9, 0), ScriptedPeer.done(0));
                    peer.readBatch();
                    peer.reply(ScriptedPeer.error(823, 24, "severe"), ScriptedPeer.done(Done.ERROR));
                });
                Connection connection = DriverManager.getConnection(
                        "jdbc:tidegate://127.0.0.1:" + scripted.port() + ";encrypt=false;connectRetryCount=0",
                        USER,
                        PASSWORD);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (2)"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(823);
                        assertThat(e.getSQLState()).isEqualTo("08S01");
                    })
                    .matches(Disconnects::isDisconnect);
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
            assertThat(connection.isValid(5)).isFalse();
        }
    }

    @Guarantee("G31")
    @Test
    void theDocumentHasARowForEachKind() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (Kind kind : Kind.values()) {
            assertThat(document).contains("| " + kind.text + " | " + kind.effect.text + " |");
        }
        long rows = document.lines()
                .filter(line ->
                        Arrays.stream(Effect.values()).anyMatch(effect -> line.contains(" | " + effect.text + " |")))
                .count();
        assertThat(rows).isEqualTo(Kind.values().length);
    }

    @Test
    void aRollbackAskedForAsTextIsNoErrorAndTheNextStatementBeginsAnew() throws SQLException {
        execute("INSERT INTO t VALUES (2)");
        execute("ROLLBACK");
        execute("INSERT INTO t VALUES (3)");
        user.commit();
        assertThat(countOfOther()).isEqualTo(2);
    }

    @Test
    void turningAutoCommitOnDoesNotPassOverALostTransaction() throws SQLException {
        execute("INSERT INTO t VALUES (2)");
        assertThatThrownBy(() -> execute("SELECT CAST('x' AS INT)")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> user.setAutoCommit(true)).hasMessageContaining("before rollback() is called");
        assertThat(user.getAutoCommit()).isFalse();
        user.rollback();
        user.setAutoCommit(true);
        assertThat(count()).isEqualTo(1);
    }

    /** Of the load's error the driver does not know, so that the refusal cannot name it. */
    @Test
    void aLoadThatFailsEndsTheTransactionWhileXactAbortIsOn() throws Exception {
        execute("INSERT INTO t VALUES (2)");
        execute("SET XACT_ABORT ON");
        assertThat(load().getErrorCode()).isEqualTo(2627);
        assertThatThrownBy(() -> execute("INSERT INTO t VALUES (3)"))
                .hasMessageContaining("before rollback() is called");
        assertThatThrownBy(user::commit).hasMessageContaining("before rollback() is called");
        user.rollback();
        assertThat(countOfOther()).isEqualTo(1);
    }

    /** Nothing runs, nothing is committed, and the error says which error it was. */
    private void expectRefused(SQLException error) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> execute("INSERT INTO t VALUES (3)"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getSQLState()).startsWith("40");
                        assertThat(e.getErrorCode()).isEqualTo(error.getErrorCode());
                    })
                    .hasMessageContaining("before rollback() is called")
                    .hasMessageContaining(error.getMessage());
            assertThatThrownBy(user::commit).hasMessageContaining("before rollback() is called");
            assertThatThrownBy(user::setSavepoint).hasMessageContaining("before rollback() is called");
        }
    }

    private SQLException cause(Kind kind) throws Exception {
        return switch (kind) {
            case STATEMENT -> failing("INSERT INTO t VALUES (1)", SQLIntegrityConstraintViolationException.class, 2627);
            case BATCH -> failing("SELECT CAST('x' AS INT)", SQLException.class, 245);
            case XACT_ABORT -> {
                execute("SET XACT_ABORT ON");
                yield failing("INSERT INTO t VALUES (1)", SQLIntegrityConstraintViolationException.class, 2627);
            }
            case DOOMED ->
                failing(
                        "BEGIN TRY SELECT CAST('x' AS INT) END TRY BEGIN CATCH SELECT 1 AS a END CATCH",
                        SQLException.class,
                        3998);
            case DEADLOCK -> deadlock();
            case UPDATE_CONFLICT -> {
                run("UPDATE t SET id = 9 WHERE id = 1");
                yield failing("UPDATE t SET id = 8 WHERE id = 1", SQLTransactionRollbackException.class, 3960);
            }
            case LOCK_TIMEOUT -> lockTimeout();
            case TIME_OUT -> timeOut();
            case CANCEL -> cancel();
            case TIME_OUT_AND_XACT_ABORT -> {
                execute("SET XACT_ABORT ON");
                yield timeOut();
            }
            case LOAD, LOAD_AND_XACT_ABORT -> load();
            case SEVERE -> throw new AssertionError("the embedded server has none");
            case BROKEN -> {
                proxy.connections().get(0).cut(Ending.RESET);
                yield catchThrowableOfType(SQLException.class, () -> execute("INSERT INTO t VALUES (3)"));
            }
        };
    }

    private SQLException failing(String sql, Class<? extends SQLException> type, int number) {
        SQLException error = catchThrowableOfType(type, () -> execute(sql));
        assertThat((Throwable) error).as(sql).isNotNull();
        assertThat(error.getErrorCode()).isEqualTo(number);
        return error;
    }

    private SQLException timeOut() throws SQLException {
        try (Statement statement = user.createStatement()) {
            statement.setQueryTimeout(1);
            return catchThrowableOfType(SQLTimeoutException.class, () -> statement.execute("WAITFOR DELAY '00:01:00'"));
        }
    }

    private SQLException cancel() throws Exception {
        try (Statement statement = user.createStatement()) {
            long before = proxy.connections().get(0).passed(Flow.TO_SERVER);
            Thread canceller = new Thread(() -> {
                proxy.connections().get(0).awaitPassed(Flow.TO_SERVER, before + 1, Duration.ofSeconds(30));
                try {
                    statement.cancel();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            canceller.start();
            SQLException error =
                    catchThrowableOfType(SQLException.class, () -> statement.execute("WAITFOR DELAY '00:01:00'"));
            canceller.join();
            assertThat(error.getSQLState()).isEqualTo("HY008");
            return error;
        }
    }

    private SQLException lockTimeout() throws SQLException {
        try (Connection other = connect("")) {
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("INSERT INTO u VALUES (1)");
            }
            execute("SET LOCK_TIMEOUT 50");
            return failing("INSERT INTO u VALUES (1)", SQLException.class, 1222);
        }
    }

    /** Each waits for the other's row; the server ends one of them, and the test goes on with that one. */
    private SQLException deadlock() throws Exception {
        execute("INSERT INTO u VALUES (1)");
        Connection other = connect("");
        other.setAutoCommit(false);
        CountDownLatch own = new CountDownLatch(1);
        SQLException[] ofOther = new SQLException[1];
        Thread thread = new Thread(() -> {
            try (Statement statement = other.createStatement()) {
                statement.execute("INSERT INTO u VALUES (2)");
                own.countDown();
                statement.execute("INSERT INTO u VALUES (1)");
            } catch (SQLException e) {
                ofOther[0] = e;
            }
        });
        thread.start();
        own.await();
        SQLException error = catchThrowableOfType(SQLException.class, () -> execute("INSERT INTO u VALUES (2)"));
        thread.join();
        if (error == null) {
            // The other one was the victim: what this one has done stays, and the other one's is what is looked at.
            user.rollback();
            user.close();
            user = other;
            error = ofOther[0];
        } else {
            other.rollback();
            other.close();
        }
        assertThat((Throwable) error).isInstanceOf(SQLTransactionRollbackException.class);
        assertThat(error.getErrorCode()).isEqualTo(1205);
        return error;
    }

    private SQLException load() throws SQLException {
        try (BulkLoad load = user.unwrap(TidegateConnection.class).bulkLoad("t", BulkLoadOptions.DEFAULTS)) {
            load.writeRow(1);
            return catchThrowableOfType(SQLException.class, load::finish);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = user.createStatement()) {
            boolean rows = statement.execute(sql);
            while (rows || statement.getUpdateCount() >= 0) {
                try (ResultSet result = statement.getResultSet()) {
                    while (result != null && result.next()) {
                        result.getObject(1);
                    }
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private int count() throws SQLException {
        return count(user);
    }

    private int countOfOther() throws SQLException {
        return count(connection());
    }

    private static int count(Connection of) throws SQLException {
        try (Statement statement = of.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM t")) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }
}
