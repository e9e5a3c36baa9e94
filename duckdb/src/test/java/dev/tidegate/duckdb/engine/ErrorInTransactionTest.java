package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever fails within a transaction, it is aborted: the table in docs/attach.md, row by row. */
class ErrorInTransactionTest extends OnAttachedServer {
    private static final Path DOCUMENT = Path.of("..", "docs", "attach.md");

    /** A kind of error, as the document calls it. */
    private enum Kind {
        STATEMENT("an error of a statement on the server (2627, 547, 515, 8134 and most others)"),
        BATCH("an error by which the server has rolled back (conversions, `XACT_ABORT`, a doomed transaction)"),
        DEADLOCK("chosen as the victim of a deadlock (1205)"),
        UPDATE_CONFLICT("under SNAPSHOT, a row that another has changed since (3960)"),
        LOCK_TIMEOUT("a lock that was not had in time (1222)"),
        TIME_OUT("a time-out (`setQueryTimeout`)"),
        CANCEL("a cancel"),
        SCAN("an error in the middle of a scan"),
        LOOK_UP("a query that the server cannot describe"),
        TEXT("COMMIT or ROLLBACK in a text of `mssql_execute`"),
        REFUSED("a write that is refused: READ_ONLY, a second attached database"),
        DUCKDB("an error of DuckDB's own, but one of its parser"),
        BROKEN("the line breaks, or an error of severity 20 or more");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private FaultProxy proxy;
    private EngineConnection user;

    @BeforeEach
    void begin() throws IOException, SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY)",
                "INSERT INTO dbo.t VALUES (1)",
                "CREATE TABLE dbo.u (id int PRIMARY KEY)");
        proxy = proxy();
        user = duckdb();
        run("ATTACH '" + urlThrough(proxy) + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 3)");
        run("ATTACH '" + urlThrough(proxy) + "' AS snap (TYPE mssql, ISOLATION snapshot)");
        attach("safe", ", READ_ONLY");
        run("CREATE TABLE here (id int PRIMARY KEY)");
    }

    @AfterEach
    void end() throws IOException, SQLException {
        user.close();
        proxy.close();
    }

    @Guarantee(value = "G31", surface = Surface.E)
    @ParameterizedTest
    @EnumSource(Kind.class)
    void leavesTheTransactionAborted(Kind kind) throws Exception {
        String database = kind == Kind.UPDATE_CONFLICT ? "snap" : "ms";
        run(user, "BEGIN");
        execute(database, "INSERT INTO dbo.t VALUES (2)");
        run(user, "INSERT INTO here VALUES (2)");
        SQLException error = cause(kind);
        assertThat((Throwable) error).isNotNull();
        expectOnlyRollback(database);
        run(user, "ROLLBACK");
        // What the text itself has committed is.
        assertThat(onServerRows("SELECT id FROM dbo.t WHERE id <> 9 ORDER BY id"))
                .hasSizeLessThanOrEqualTo(kind == Kind.TEXT ? 2 : 1);
        assertThat(rows(user, "FROM here")).isEmpty();
        run(user, "BEGIN");
        execute(database, "INSERT INTO dbo.t VALUES (3)");
        run(user, "INSERT INTO here VALUES (3)");
        run(user, "COMMIT");
        assertThat(onServerRows("SELECT id FROM dbo.t WHERE id = 3")).containsExactly("3");
        assertThat(rows(user, "FROM here")).containsExactly("3");
        assertThat(rows(user, "SELECT sum(in_use) FROM mssql_pool_stats()")).containsExactly("0");
    }

    @Guarantee(value = "G31", surface = Surface.E)
    @Test
    void anErrorOfTheParserLeavesItOpen() throws SQLException {
        run(user, "BEGIN");
        execute("ms", "INSERT INTO dbo.t VALUES (2)");
        assertThatThrownBy(() -> run(user, "SELEC")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run(user, "ATTACH 'mssql://h' AS x (TYPE mssql"))
                .isInstanceOf(SQLException.class);
        run(user, "COMMIT");
        assertThat(onServerRows("SELECT id FROM dbo.t ORDER BY id")).containsExactly("1", "2");
    }

    @Guarantee(value = "G31", surface = Surface.E)
    @Test
    void theDocumentHasARowForEachKind() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (Kind kind : Kind.values()) {
            assertThat(document).contains("| " + kind.text + " | aborted |");
        }
        assertThat(document.lines().filter(line -> line.contains(" | aborted |")))
                .hasSameSizeAs(Kind.values());
    }

    private void expectOnlyRollback(String database) {
        for (String statement : new String[] {
            "SELECT 1",
            "CALL mssql_execute('" + database + "', 'INSERT INTO dbo.t VALUES (4)')",
            "SELECT count(*) FROM " + database + ".dbo.t",
            "BEGIN",
            "COMMIT"
        }) {
            assertThatThrownBy(() -> run(user, statement)).as(statement).hasMessageContaining("please ROLLBACK");
        }
        assertThatThrownBy(() -> user.commit()).hasMessageContaining("please ROLLBACK");
    }

    private SQLException cause(Kind kind) throws Exception {
        return switch (kind) {
            case STATEMENT ->
                failing("INSERT INTO dbo.t VALUES (1)", SQLIntegrityConstraintViolationException.class, 2627);
            case BATCH -> failing("SELECT CAST('x' AS INT)", SQLException.class, 245);
            case DEADLOCK -> deadlock();
            case UPDATE_CONFLICT -> {
                onServer("UPDATE dbo.t SET id = 9 WHERE id = 1");
                yield failing(
                        "snap", "UPDATE dbo.t SET id = 8 WHERE id = 1", SQLTransactionRollbackException.class, 3960);
            }
            case LOCK_TIMEOUT -> lockTimeout();
            case TIME_OUT -> timeOut();
            case CANCEL -> cancel();
            case SCAN ->
                caught(
                        SQLException.class,
                        () -> rows(user, "FROM mssql_query('ms', $$SELECT id, 1 / (id - id) AS x FROM dbo.t$$)"));
            case LOOK_UP ->
                caught(SQLException.class, () -> rows(user, "FROM mssql_query('ms', 'SELECT x FROM dbo.none')"));
            case TEXT -> caught(SQLException.class, () -> execute("ms", "COMMIT"));
            case REFUSED -> {
                caught(SQLException.class, () -> execute("safe", "DELETE FROM dbo.t"));
                yield caught(SQLException.class, () -> execute("snap", "DELETE FROM dbo.t"));
            }
            case DUCKDB -> caught(SQLException.class, () -> run(user, "INSERT INTO here VALUES (2)"));
            case BROKEN -> {
                proxy.live().forEach(connection -> connection.cut(Ending.RESET));
                SQLException e = caught(SQLException.class, () -> execute("ms", "INSERT INTO dbo.t VALUES (4)"));
                assertThat(Disconnects.isDisconnect(e)).isTrue();
                yield e;
            }
        };
    }

    private void execute(String database, String sql) throws SQLException {
        run(user, "CALL mssql_execute('" + database + "', $$" + sql + "$$)");
    }

    private interface Failing {
        void run() throws SQLException;
    }

    private static <E extends SQLException> E caught(Class<E> type, Failing failing) {
        return catchThrowableOfType(type, failing::run);
    }

    private SQLException failing(String sql, Class<? extends SQLException> type, int number) {
        return failing("ms", sql, type, number);
    }

    private SQLException failing(String database, String sql, Class<? extends SQLException> type, int number) {
        SQLException error = caught(type, () -> execute(database, sql));
        assertThat((Throwable) error).as(sql).isNotNull();
        assertThat(error.getErrorCode()).isEqualTo(number);
        return error;
    }

    private SQLException timeOut() throws SQLException {
        try (Statement statement = user.createStatement()) {
            statement.setQueryTimeout(1);
            return caught(
                    SQLTimeoutException.class,
                    () -> statement.execute("CALL mssql_execute('ms', $$WAITFOR DELAY '00:01:00'$$)"));
        }
    }

    private SQLException cancel() throws Exception {
        try (Statement statement = user.createStatement()) {
            CompletableFuture<SQLException> run = apart(() -> caught(
                    SQLException.class,
                    () -> statement.execute("CALL mssql_execute('ms', $$WAITFOR DELAY '00:01:00'$$)")));
            while (!run.isDone()) {
                statement.cancel();
                Thread.sleep(20);
            }
            return run.get(30, TimeUnit.SECONDS);
        }
    }

    private SQLException lockTimeout() throws SQLException {
        try (EngineConnection other = duckdb().duplicate()) {
            run(other, "BEGIN");
            run(other, "CALL mssql_execute('ms', 'INSERT INTO dbo.u VALUES (1)')");
            execute("ms", "SET LOCK_TIMEOUT 50");
            return failing("INSERT INTO dbo.u VALUES (1)", SQLException.class, 1222);
        }
    }

    /** Each waits for the other's row; the server ends one of them, and the test goes on with that one. */
    private SQLException deadlock() throws Exception {
        execute("ms", "INSERT INTO dbo.u VALUES (1)");
        EngineConnection other = duckdb().duplicate();
        CountDownLatch own = new CountDownLatch(1);
        CompletableFuture<SQLException> waiting = apart(() -> caught(SQLException.class, () -> {
            run(other, "BEGIN");
            run(other, "CALL mssql_execute('ms', 'INSERT INTO dbo.u VALUES (2)')");
            own.countDown();
            run(other, "CALL mssql_execute('ms', 'INSERT INTO dbo.u VALUES (1)')");
        }));
        assertThat(own.await(30, TimeUnit.SECONDS)).isTrue();
        SQLException error = caught(SQLException.class, () -> execute("ms", "INSERT INTO dbo.u VALUES (2)"));
        if (error == null) {
            error = waiting.get(30, TimeUnit.SECONDS);
            run(user, "ROLLBACK");
            user = other;
        } else {
            assertThat((Throwable) waiting.get(30, TimeUnit.SECONDS)).isNull();
            other.close();
        }
        assertThat((Throwable) error).isInstanceOf(SQLTransactionRollbackException.class);
        assertThat(error.getErrorCode()).isEqualTo(1205);
        return error;
    }
}
