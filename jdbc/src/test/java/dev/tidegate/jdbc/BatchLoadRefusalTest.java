package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.SqlStates;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.lang.reflect.Proxy;
import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that have what the embedded one has not, or do not do as they should: of every row there is one, or it is told that there is none. */
class BatchLoadRefusalTest extends OnEmbeddedServer {
    private static final int ROWS = 300;
    /** In seconds: a load that is undone has its limit for that, too. */
    private static final int TIME_TO_UNDO = 3;

    private static final int NOT_SUPPORTED = 22_424;

    private final TamperedBackend backend = new TamperedBackend(H2Backend.inMemory(List.of("demo")));

    @Override
    EmbeddedSqlServerBuilder prepared(EmbeddedSqlServerBuilder builder) {
        return builder.backend(backend);
    }

    @BeforeEach
    void table() throws SQLException {
        run("CREATE TABLE t (n int)");
        backend.log().clear();
    }

    private PreparedStatement filled(int rows) throws SQLException {
        return filled("t", rows);
    }

    private PreparedStatement filled(String table, int rows) throws SQLException {
        PreparedStatement insert = connection().prepareStatement("INSERT INTO " + table + " (n) VALUES (?)");
        for (int row = 0; row < rows; row++) {
            insert.setInt(1, row);
            insert.addBatch();
        }
        return insert;
    }

    private BatchWay batch() throws SQLException {
        try (PreparedStatement insert = filled(ROWS)) {
            assertThat(insert.executeBatch()).hasSize(ROWS).containsOnly(1);
        }
        return way();
    }

    private BatchWay way() throws SQLException {
        return connection().unwrap(BatchMetrics.class).last();
    }

    private BatchUpdateException failureOf(int rows, int seconds) throws SQLException {
        try (PreparedStatement insert = filled(rows)) {
            insert.setQueryTimeout(seconds);
            return catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
        }
    }

    private int stored() throws SQLException {
        return (int)
                BatchTwins.read(connection(), "SELECT COUNT(*) FROM t").get(0).get(0);
    }

    /** Each row of {@link #batch} stands there so many times. */
    private void assertEachStored(int times) throws SQLException {
        assertThat(BatchTwins.read(connection(), "SELECT COUNT(*), COUNT(DISTINCT n), MIN(n), MAX(n) FROM t"))
                .containsExactly(List.of(times * ROWS, ROWS, 0, ROWS - 1));
    }

    /** The first row is there, unless the time was over before. */
    private void assertNothingIsLoaded(BatchUpdateException thrown) throws SQLException {
        assertThat(told(thrown)).isLessThanOrEqualTo(1);
        assertThat(stored()).isBetween(told(thrown), 1);
    }

    private static int told(BatchUpdateException thrown) {
        return (int) Arrays.stream(thrown.getUpdateCounts())
                .filter(count -> count == 1)
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "triggers, 0, LOADED",
        "triggers, 1, TRIGGER",
        "policies, 0, LOADED",
        "policies, 2, SECURITY_POLICY",
        "visible, 1, LOADED",
        "visible, 0, PERMISSION",
        "edition, 3, LOADED",
        "edition, 6, SERVER",
        "edition, 11, SERVER",
        "transaction_state, -1, TRANSACTION",
        "transaction_state, 1, TRANSACTION"
    })
    void whatTheServerTellsOfTheTableDecides(String column, int value, BatchWay expected) throws SQLException {
        backend.answer(column, value);
        assertThat(batch()).isEqualTo(expected);
        assertThat(backend.log().contains("announcement")).isEqualTo(expected == BatchWay.LOADED);
        assertEachStored(1);
    }

    /** Its tables have their numbers in its own catalog. */
    @Test
    void aTableOfAnotherDatabaseIsNotAskedFor() throws SQLException {
        backend.takeFor("other.dbo.t", "dbo.t");
        try (PreparedStatement insert = filled("other.dbo.t", ROWS)) {
            assertThat(insert.executeBatch()).hasSize(ROWS).containsOnly(1);
        }
        assertThat(way()).isEqualTo(BatchWay.OTHER_STATEMENT);
        assertThat(backend.log()).doesNotContain("question", "announcement");
        assertEachStored(1);
    }

    @Test
    void aLoadIsToDoAllThatAnInsertDoes() throws SQLException {
        assertThat(batch()).isEqualTo(BatchWay.LOADED);
        assertThat(backend.announcements())
                .singleElement()
                .asString()
                .contains("CHECK_CONSTRAINTS", "FIRE_TRIGGERS", "KEEP_NULLS")
                .doesNotContain("TABLOCK");
    }

    /** Of a table that is known already as well: these things change without the table. */
    @ParameterizedTest
    @CsvSource({"triggers, TRIGGER", "policies, SECURITY_POLICY"})
    void itIsAskedForEveryBatch(String column, BatchWay expected) throws SQLException {
        assertThat(batch()).isEqualTo(BatchWay.LOADED);
        backend.answer(column, 1);
        assertThat(batch()).isEqualTo(expected);
        assertEachStored(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Guarantee("G31")
    void aServerThatTakesNoLoadsGetsCallsAndIsNotAskedAgain(boolean autoCommit) throws SQLException {
        backend.on(
                "announcement", TamperedBackend.error(NOT_SUPPORTED, "INSERT BULK is not a supported statement type."));
        connection().setAutoCommit(autoCommit);
        run("INSERT INTO t VALUES (-1)");
        assertThat(batch()).isEqualTo(BatchWay.SERVER);
        assertThat(backend.log()).contains("question", "announcement");
        backend.log().clear();
        assertThat(batch()).isEqualTo(BatchWay.SERVER);
        assertThat(backend.log()).contains("call").doesNotContain("question", "announcement");
        assertThat(stored()).isEqualTo(2 * ROWS + 1);
        run("DELETE FROM t WHERE n = -1");
        assertEachStored(2);
        if (!autoCommit) {
            connection().rollback();
            assertThat(stored()).isZero();
        }
    }

    @Test
    @Guarantee("G31")
    void anyOtherRefusalIsOfThatLoadOnly() throws SQLException {
        backend.on("announcement", TamperedBackend.error(4022, "Bulk load data was expected but not sent."));
        assertThat(batch()).isEqualTo(BatchWay.LOAD_FAILED);
        backend.on("announcement", session -> {});
        assertThat(batch()).isEqualTo(BatchWay.LOADED);
        assertEachStored(2);
    }

    /** The server has stored them all, but does not say so. */
    @ParameterizedTest
    @CsvSource({"true, -1", "false, -1", "true, 1", "false, 1"})
    @Guarantee("G31")
    void aLoadWhoseCountIsWrongIsTakenBack(boolean autoCommit, int more) throws SQLException {
        backend.miscount(more);
        connection().setAutoCommit(autoCommit);
        assertThat(batch()).isEqualTo(BatchWay.LOAD_FAILED);
        assertThat(backend.log())
                .contains("finish", autoCommit ? "rollback" : "rollbackTo")
                .contains("call");
        assertEachStored(1);
        if (!autoCommit) {
            assertThat(backend.log()).doesNotContain("rollback");
            connection().commit();
        }
        backend.miscount(0);
        connection().setAutoCommit(true);
        assertThat(batch()).isEqualTo(BatchWay.LOADED);
        assertEachStored(2);
    }

    /** What could not be taken back must not be there a second time. */
    @Test
    @Guarantee("G30")
    void aLoadThatCannotBeTakenBackEndsTheBatchAndSaysSo() throws SQLException {
        backend.miscount(-1);
        backend.on("rollbackTo", TamperedBackend.error(3931, "The current transaction cannot be committed."));
        connection().setAutoCommit(false);
        BatchUpdateException thrown = failureOf(ROWS, 0);
        assertThat(thrown.getMessage()).contains("could not be taken back", "confirms 298 rows");
        assertThat(thrown.getCause().getSuppressed()).hasSize(1);
        assertThat(thrown.getUpdateCounts()).startsWith(1).hasSize(ROWS);
        assertThat(Arrays.stream(thrown.getUpdateCounts()).skip(1)).containsOnly(Statement.EXECUTE_FAILED);
        assertThat(backend.log()).doesNotContain("call");
        connection().rollback();
        assertThat(stored()).isZero();
    }

    @Test
    @Guarantee("G30")
    void aTransactionThatEndsWithTheLoadIsToldAndNothingGoesOn() throws SQLException {
        backend.on("finish", session -> {
            session.rollback("", (ResponseSink) Proxy.newProxyInstance(
                    ResponseSink.class.getClassLoader(), new Class<?>[] {ResponseSink.class}, (p, m, a) -> null));
            throw new SqlServerException(1205, 13, 13, "Transaction was deadlocked and has been chosen as the victim.");
        });
        connection().setAutoCommit(false);
        BatchUpdateException thrown = failureOf(ROWS, 0);
        assertThat(thrown.getErrorCode()).isEqualTo(1205);
        assertThat(thrown.getUpdateCounts()).startsWith(1);
        assertThat(Arrays.stream(thrown.getUpdateCounts()).skip(1)).containsOnly(Statement.EXECUTE_FAILED);
        assertThat(backend.log()).doesNotContain("call");
        assertThatThrownBy(() -> run("INSERT INTO t VALUES (1)"))
                .isInstanceOf(SQLTransactionRollbackException.class)
                .hasMessageContaining("rolled the transaction back");
        connection().rollback();
        assertThat(stored()).isZero();
        run("INSERT INTO t VALUES (1)");
        connection().commit();
        assertThat(stored()).isEqualTo(1);
    }

    /** Those that are none of the batch's own calls: they have no limit but its. */
    @ParameterizedTest
    @CsvSource({"question, false", "save, false", "announcement, false", "begin, true", "announcement, true"})
    @Guarantee("G14")
    @Guarantee("G29")
    void theLimitIsThatOfEveryRequestAroundALoad(String request, boolean autoCommit) throws SQLException {
        backend.on(request, TamperedBackend.WAIT);
        connection().setAutoCommit(autoCommit);
        BatchUpdateException thrown = failureOf(ROWS, autoCommit ? TIME_TO_UNDO : 1);
        assertThat(thrown.getCause()).isInstanceOf(SQLTimeoutException.class);
        assertNothingIsLoaded(thrown);
        backend.on(request, session -> {});
        run("DELETE FROM t");
        assertThat(batch()).isEqualTo(BatchWay.LOADED);
        assertEachStored(1);
    }

    @Test
    @Guarantee("G14")
    @Guarantee("G23")
    void theLimitIsThatOfTheCommitOfALoad() throws SQLException {
        backend.on("commit", TamperedBackend.WAIT);
        BatchUpdateException thrown = failureOf(ROWS, TIME_TO_UNDO);
        assertThat(thrown.getSQLState()).isIn(SqlStates.TIMED_OUT, "08007");
        assertNothingIsLoaded(thrown);
    }

    /** Each request ends within the limit, all together do not. */
    @Test
    @Guarantee("G14")
    void allCallsHaveOneLimit() throws SQLException {
        backend.answer("triggers", 1);
        backend.on("call", session -> LockSupport.parkNanos(1_000_000));
        connection().setAutoCommit(false);
        int many = 3001;
        BatchUpdateException thrown = failureOf(many, 1);
        assertThat(thrown.getCause()).isInstanceOf(SQLTimeoutException.class);
        assertThat(told(thrown)).isLessThan(many);
        assertThat(stored()).isBetween(told(thrown), told(thrown) + 1);
    }

    @Test
    @Guarantee("G14")
    void aBatchOfStatementsHasOneLimit() throws SQLException {
        try (Statement statement = connection().createStatement()) {
            statement.setQueryTimeout(1);
            for (int i = 0; i < 4; i++) {
                statement.addBatch("WAITFOR DELAY '00:00:00.400'; INSERT INTO t VALUES (" + i + ")");
            }
            BatchUpdateException thrown = catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
            assertThat(thrown.getCause()).isInstanceOf(SQLTimeoutException.class);
            assertThat(thrown.getUpdateCounts()).hasSize(4).endsWith(Statement.EXECUTE_FAILED);
        }
    }
}
