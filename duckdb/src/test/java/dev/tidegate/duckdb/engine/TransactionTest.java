package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.duckdb.engine.tx.HalfCommittedException;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions over DuckDB and one attached database, whose pool has one connection only. */
class TransactionTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20))",
                "INSERT INTO dbo.t VALUES (1, N'one')");
        attach("ms", ", MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 3000");
        run("CREATE TABLE here (id int PRIMARY KEY)");
    }

    private void insert(int id) throws SQLException {
        run("CALL mssql_execute('ms', $$INSERT INTO dbo.t VALUES (" + id + ", N'new')$$)");
    }

    /** Past the engine. */
    private String ids() throws SQLException {
        return onServerRows("SELECT id FROM dbo.t ORDER BY id").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN|COMMIT", "START TRANSACTION|END", "BEGIN WORK|COMMIT WORK"})
    void bothPartsAreCommitted(String words) throws SQLException {
        run(words.split("\\|")[0]);
        insert(2);
        run("INSERT INTO here SELECT id FROM ms.dbo.t");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("2");
        run(words.split("\\|")[1]);
        assertThat(ids()).isEqualTo("[1, 2]");
        assertThat(rows("SELECT id FROM here ORDER BY id")).containsExactly("1", "2");
        unused();
    }

    /** DuckDB shows a transaction no function that was made after its begin. */
    @Test
    void anyNumberOfTablesIsMentionedLate() throws SQLException {
        int tables = 100;
        for (int i = 0; i < tables; i++) {
            onServer(
                    "CREATE TABLE dbo.late" + i + " (id int NOT NULL, n int)",
                    "INSERT INTO dbo.late" + i + " VALUES (1, " + i + "), (2, 0)");
        }
        run("CALL mssql_clear_cache('ms')");
        run("BEGIN");
        rows("SELECT count(*) FROM ms.dbo.t");
        long sum = 0;
        for (int i = 0; i < tables; i++) {
            assertThat(rows("SELECT n FROM ms.dbo.late" + i + " WHERE id = 1")).containsExactly("" + i);
            sum += i;
        }
        String all = IntStream.range(0, tables)
                .mapToObj(i -> "SELECT id, n FROM ms.dbo.late" + i)
                .collect(Collectors.joining(" UNION ALL "));
        assertThat(rows("SELECT count(*), sum(n) FROM (" + all + ") WHERE id = 1"))
                .containsExactly(tables + "|" + sum);
        String join = IntStream.range(1, 20)
                .mapToObj(i -> " JOIN ms.dbo.late" + i + " USING (id)")
                .collect(Collectors.joining("", "SELECT count(*) FROM ms.dbo.late0", ""));
        assertThat(rows(join)).containsExactly("2");
        for (int i = 0; i < tables; i++) {
            assertThat(rows("SELECT * FROM mssql_query('ms', 'SELECT n FROM dbo.late" + i + " WHERE id = 1')"))
                    .containsExactly("" + i);
        }
        run("COMMIT");
        assertThat(rows(join)).containsExactly("2");
        unused();
    }

    /** Tables that one connection makes known are read by a transaction of another that is older. */
    @Test
    void whatOthersHaveMentionedSinceIsReadToo() throws SQLException {
        for (int i = 0; i < 80; i++) {
            onServer("CREATE TABLE dbo.late" + i + " (id int NOT NULL)");
        }
        run("CALL mssql_clear_cache('ms')");
        run("BEGIN");
        rows("SELECT 1");
        try (EngineConnection other = duckdb().duplicate()) {
            for (int i = 0; i < 80; i++) {
                rows(other, "SELECT count(*) FROM ms.dbo.late" + i);
            }
        }
        for (int i = 0; i < 80; i++) {
            assertThat(rows("SELECT count(*) FROM ms.dbo.late" + i)).containsExactly("0");
        }
        run("COMMIT");
    }

    @Test
    @Guarantee(value = "G36", surface = Surface.E)
    void namesAndQueriesOfTheEnginesFunctionsNeedNoSecondConnection() throws SQLException {
        run("BEGIN");
        insert(2);
        assertThat(rows("SELECT table_name FROM mssql_tables('ms')")).containsExactly("t");
        assertThat(rows("FROM mssql_query('ms', 'SELECT id FROM dbo.t ORDER BY id')"))
                .containsExactly("1", "2");
        run("CALL mssql_execute('ms', $$CREATE TABLE dbo.made (id int)$$)");
        assertThat(rows("SELECT table_name FROM mssql_tables('ms') ORDER BY 1")).containsExactly("made", "t");
        run("ROLLBACK");
        assertThat(rows("SELECT table_name FROM mssql_tables('ms')")).containsExactly("t");
        assertThat(rows("SELECT maximum, timed_out FROM mssql_pool_stats('ms')"))
                .containsExactly("1|0");
        unused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK", "ABORT"})
    void bothPartsAreRolledBack(String word) throws SQLException {
        run("BEGIN");
        insert(2);
        run("INSERT INTO here SELECT id FROM ms.dbo.t");
        assertThat(rows("SELECT count(*) FROM here")).containsExactly("2");
        run(word);
        assertThat(ids()).isEqualTo("[1]");
        assertThat(rows("SELECT count(*) FROM here")).containsExactly("0");
        unused();
    }

    @Test
    void autoCommitOfJdbcSpansBoth() throws SQLException {
        duckdb().setAutoCommit(false);
        insert(2);
        run("INSERT INTO here VALUES (2)");
        duckdb().rollback();
        insert(3);
        run("INSERT INTO here VALUES (3)");
        duckdb().commit();
        insert(4);
        run("INSERT INTO here VALUES (4)");
        run("ROLLBACK");
        insert(5);
        run("INSERT INTO here VALUES (5)");
        run("COMMIT");
        insert(6);
        run("INSERT INTO here VALUES (6)");
        duckdb().setAutoCommit(true);
        insert(7);
        assertThat(ids()).isEqualTo("[1, 3, 5, 6, 7]");
        assertThat(rows("SELECT id FROM here ORDER BY id")).containsExactly("3", "5", "6");
        assertThatThrownBy(() -> run("ROLLBACK")).hasMessageContaining("no transaction is active");
    }

    @Test
    void aPreparedCommitCommits() throws SQLException {
        try (PreparedStatement begin = duckdb().prepareStatement("BEGIN");
                PreparedStatement commit = duckdb().prepareStatement("COMMIT")) {
            for (int id = 2; id < 5; id++) {
                begin.execute();
                insert(id);
                commit.execute();
            }
        }
        assertThat(ids()).isEqualTo("[1, 2, 3, 4]");
    }

    @Test
    void oneTextMayHoldAWholeTransaction() throws SQLException {
        run(
                "BEGIN; CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (2, NULL)'); INSERT INTO here VALUES (2); ROLLBACK;"
                        + " BEGIN; CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (3, NULL)'); INSERT INTO here VALUES (3); COMMIT");
        assertThat(ids()).isEqualTo("[1, 3]");
        assertThat(rows("FROM here")).containsExactly("3");
    }

    @Test
    void aTransactionIsNotBegunWithinAnother() throws SQLException {
        run("BEGIN");
        insert(2);
        assertThatThrownBy(() -> run("BEGIN")).hasMessageContaining("within a transaction");
        assertThatThrownBy(() -> run("COMMIT")).hasMessageContaining("please ROLLBACK");
        run("ROLLBACK");
        assertThat(ids()).isEqualTo("[1]");
    }

    @Test
    void savepointsAreRefusedAsDuckdbDoes() throws SQLException {
        run("BEGIN");
        insert(2);
        assertThatThrownBy(() -> run("SAVEPOINT a")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> duckdb().setSavepoint()).isInstanceOf(SQLException.class);
        run("COMMIT");
        assertThat(ids()).isEqualTo("[1, 2]");
    }

    @Test
    @Guarantee(value = "G36", surface = Surface.E)
    void everythingInATransactionUsesItsConnection() throws SQLException {
        onServer("CREATE TABLE dbo.unseen (n int)", "INSERT INTO dbo.unseen VALUES (7)");
        run("CALL mssql_clear_cache('ms')");
        long acquired = acquired();
        run("BEGIN");
        insert(2);
        assertThat(rows("SELECT n FROM ms.dbo.unseen")).containsExactly("7");
        assertThat(rows("SELECT id FROM mssql_query('ms', 'SELECT id FROM dbo.t') ORDER BY id"))
                .containsExactly("1", "2");
        assertThat(
                        rows(
                                "SELECT count(*) FROM mssql_query('ms', 'SELECT id FROM dbo.t') a JOIN ms.dbo.unseen b ON true"))
                .containsExactly("2");
        assertThat(rows("SELECT name FROM ms.dbo.t WHERE id = 2")).containsExactly("new");
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("1");
        run("COMMIT");
        assertThat(acquired() - acquired).isEqualTo(1);
        unused();
    }

    @Test
    @Guarantee(value = "G36", surface = Surface.E)
    void aTransactionSeesTheTablesThatItMakesAndNobodyElseDoes() throws SQLException {
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("1");
        run("BEGIN");
        assertThat(rows("SELECT count(*) FROM ms.t")).containsExactly("1");
        run("CALL mssql_execute('ms', 'CREATE TABLE dbo.made (n int)')");
        run("CALL mssql_execute('ms', 'INSERT INTO dbo.made VALUES (4), (5)')");
        assertThat(rows("SELECT m.n FROM ms.dbo.made m JOIN ms.dbo.t ON true ORDER BY m.n"))
                .containsExactly("4", "5");
        assertThat(rows("SELECT ms.dbo.made.n FROM ms.dbo.made ORDER BY 1")).containsExactly("4", "5");
        assertThat(rows("SELECT ms.n FROM MS.made ms ORDER BY 1")).containsExactly("4", "5");
        try (EngineConnection second = duckdb().duplicate()) {
            assertThatThrownBy(() -> rows(second, "FROM ms.dbo.made")).hasMessageContaining("does not exist");
        }
        run("CALL mssql_execute('ms', 'ALTER TABLE dbo.made ADD m int')");
        assertThat(rows("FROM ms.dbo.made WHERE n = 4")).containsExactly("4|null");
        run("ROLLBACK");
        assertThatThrownBy(() -> rows("FROM ms.dbo.made")).hasMessageContaining("does not exist");
        run("BEGIN; CALL mssql_execute('ms', 'CREATE TABLE dbo.kept (n int)')");
        run("CREATE TABLE ms.dbo.both (n int)");
        run("INSERT INTO here SELECT count(*) FROM ms.dbo.kept, ms.dbo.both");
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM ms.dbo.kept, ms.dbo.both")).containsExactly("0");
        assertThat(rows("SELECT database_name FROM duckdb_databases() WHERE database_name LIKE '%transaction%'"))
                .isEmpty();
        unused();
    }

    @Test
    void aTransactionThatUsesNothingAttachedTakesNoConnection() throws SQLException {
        long acquired = acquired();
        run("BEGIN");
        run("INSERT INTO here VALUES (1)");
        run("COMMIT");
        assertThat(acquired()).isEqualTo(acquired);
    }

    @Test
    void twoQueriesAtATimeShareTheConnection() throws SQLException {
        onServer("CREATE TABLE dbo.n (n int)");
        run("CALL mssql_clear_cache('ms')");
        for (int from = 0; from < 20_000; from += 1000) {
            StringBuilder values = new StringBuilder();
            for (int n = from; n < from + 1000; n++) {
                values.append(n == from ? "" : ",").append('(').append(n).append(')');
            }
            onServer("INSERT INTO dbo.n VALUES " + values);
        }
        run("BEGIN");
        assertThat(rows("SELECT count(*), sum(a.n + b.n) FROM (FROM ms.dbo.n) a POSITIONAL JOIN (FROM ms.dbo.n) b"))
                .containsExactly("20000|399980000");
        assertThat(rows("SELECT count(*), sum(n) FROM (FROM ms.dbo.n UNION ALL FROM ms.dbo.n UNION ALL FROM ms.dbo.n)"))
                .containsExactly("60000|599970000");
        run("COMMIT");
        unused();
    }

    @Test
    void onlyOneAttachedDatabaseIsWritten() throws SQLException {
        attach("two", "");
        run("BEGIN");
        insert(2);
        assertThat(rows("SELECT 1 FROM mssql_query('two', 'SELECT 1 AS n')")).hasSize(1);
        assertThatThrownBy(() -> run("CALL mssql_execute('two', 'DELETE FROM dbo.t')"))
                .hasMessageContaining("single transaction can only write to a single attached database");
        assertThatThrownBy(() -> run("COMMIT")).hasMessageContaining("please ROLLBACK");
        run("ROLLBACK");
        assertThat(ids()).isEqualTo("[1]");
    }

    @Test
    void aReadOnlyTransactionWritesNothingOnServers() throws SQLException {
        run("BEGIN TRANSACTION READ ONLY");
        assertThatThrownBy(() -> insert(2)).hasMessageContaining("read-only mode");
        run("ROLLBACK");
        insert(2);
        assertThat(ids()).isEqualTo("[1, 2]");
    }

    @Test
    void theIsolationOfTheAttachIsThatOfTheTransaction() throws SQLException {
        attach("strict", ", ISOLATION 'serializable'");
        run("BEGIN");
        assertThat(rows("SELECT level FROM mssql_query('strict', 'SELECT transaction_isolation_level AS level"
                        + " FROM sys.dm_exec_sessions WHERE session_id = @@SPID')"))
                .containsExactly("4");
        run("COMMIT");
    }

    @Test
    @Guarantee(value = "G10", surface = Surface.E)
    @Guarantee(value = "G06", surface = Surface.E)
    void whoeverClosesRollsBack() throws Exception {
        EngineConnection second = duckdb().duplicate();
        run(second, "BEGIN");
        run(second, "CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (2, NULL)')");
        run(second, "INSERT INTO here VALUES (2)");
        second.close();
        assertThat(ids()).isEqualTo("[1]");
        assertThat(rows("FROM here")).isEmpty();
        unused();

        EngineConnection engine = TidegateDuckDB.open("");
        run(engine, "ATTACH '" + url() + "' AS ms (TYPE mssql)");
        run(engine, "BEGIN; CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (4, NULL)')");
        engine.close();
        assertThat(ids()).isEqualTo("[1]");

        EngineConnection third = duckdb().duplicate();
        third.setAutoCommit(false);
        run(third, "CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (3, NULL)')");
        apart(() -> {
                    try {
                        third.close();
                        return true;
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(30, TimeUnit.SECONDS);
        assertThat(ids()).isEqualTo("[1]");
        unused();
    }

    @Test
    void detachIsRefusedInItsTransactionAndRollsBackFromOutside() throws SQLException {
        run("BEGIN");
        insert(2);
        assertThatThrownBy(() -> run("DETACH ms")).hasMessageContaining("outstanding work");
        assertThatThrownBy(() -> attachAgain()).hasMessageContaining("outstanding work");
        try (EngineConnection second = duckdb().duplicate()) {
            run(second, "DETACH ms");
        }
        assertThat(ids()).isEqualTo("[1]");
        assertThatThrownBy(() -> run("COMMIT")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run("ROLLBACK")).hasMessageContaining("no transaction is active");
        attach("ms", "");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("1");
    }

    private void attachAgain() throws SQLException {
        run("ATTACH OR REPLACE '" + url() + "' AS ms (TYPE mssql)");
    }

    @Test
    void whatDuckdbHasGivenUpIsNotCommittedOnTheServer() throws SQLException {
        run("INSERT INTO here VALUES (1)");
        run("BEGIN");
        insert(2);
        assertThatThrownBy(() -> run("INSERT INTO here VALUES (1)")).hasMessageContaining("primary key");
        assertThatThrownBy(() -> run("COMMIT"))
                .hasMessageContaining("please ROLLBACK")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("25P02");
        assertThatThrownBy(() -> rows("SELECT count(*) FROM ms.dbo.t")).hasMessageContaining("please ROLLBACK");
        run("ROLLBACK");
        assertThat(ids()).isEqualTo("[1]");
    }

    @Test
    void ifDuckdbFailsAfterTheServerHasCommittedTheErrorSaysSo() throws SQLException {
        try (EngineConnection second = duckdb().duplicate()) {
            run("BEGIN");
            run(second, "BEGIN");
            insert(2);
            run("INSERT INTO here VALUES (9)");
            run(second, "INSERT INTO here VALUES (9)");
            run(second, "COMMIT");
        }
        HalfCommittedException half = catchThrowableOfType(HalfCommittedException.class, () -> run("COMMIT"));
        assertThat((Throwable) half)
                .hasMessageContaining("the server of ms has committed")
                .hasMessageContaining("duplicate key");
        assertThat(half.getSQLState()).isEqualTo("25S01");
        assertThat(ids()).isEqualTo("[1, 2]");
        assertThat(rows("FROM here")).containsExactly("9");
        assertThatThrownBy(() -> run("ROLLBACK")).hasMessageContaining("no transaction is active");
        unused();
    }

    @Test
    void aDuplicateOfAConnectionWithoutAutoCommitHasNoneOnServersEither() throws SQLException {
        duckdb().setAutoCommit(false);
        try (EngineConnection second = duckdb().duplicate()) {
            assertThat(second.getAutoCommit()).isFalse();
            run(second, "INSERT INTO ms.dbo.t (id) VALUES (7)");
            second.rollback();
            run(second, "INSERT INTO ms.dbo.t (id) VALUES (8)");
            second.commit();
        }
        duckdb().setAutoCommit(true);
        assertThat(ids()).isEqualTo("[1, 8]");
        unused();
    }

    @Test
    void whatComesAfterAFailedTurnToAutoCommitIsCommittedByItself() throws SQLException {
        duckdb().setAutoCommit(false);
        run("INSERT INTO here VALUES (9)");
        try (EngineConnection second = duckdb().duplicate()) {
            second.setAutoCommit(true);
            run(second, "INSERT INTO here VALUES (9)");
        }
        assertThatThrownBy(() -> duckdb().setAutoCommit(true)).hasMessageContaining("duplicate key");
        assertThat(duckdb().getAutoCommit()).isTrue();
        insert(2);
        assertThat(ids()).isEqualTo("[1, 2]");
        unused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLBACK", "COMMIT", "COMMIT; BEGIN TRANSACTION"})
    void aTextThatEndsTheTransactionIsFoundOut(String text) throws SQLException {
        run("BEGIN");
        insert(2);
        assertThatThrownBy(() -> run("CALL mssql_execute('ms', '" + text + "')"))
                .hasMessageContaining("the transaction on the server of ms has ended");
        assertThatThrownBy(() -> run("COMMIT")).hasMessageContaining("please ROLLBACK");
        run("ROLLBACK");
        assertThat(ids()).isEqualTo(text.startsWith("C") ? "[1, 2]" : "[1]");
        unused();
    }

    @Test
    void aTextThatBeginsATransactionIsFoundOut() throws SQLException {
        run("BEGIN");
        insert(2);
        run("CALL mssql_execute('ms', 'BEGIN TRANSACTION')");
        assertThatThrownBy(() -> run("COMMIT")).hasMessageContaining("begun a transaction of its own");
        assertThat(ids()).isEqualTo("[1]");
        assertThatThrownBy(() -> run("CALL mssql_execute('ms', 'BEGIN TRANSACTION; DELETE FROM dbo.t')"))
                .hasMessageContaining("left a transaction open");
        assertThat(ids()).isEqualTo("[1]");
        unused();
    }

    @Test
    @Guarantee(value = "G32", surface = Surface.E)
    void statementsOfManyThreadsComeOneAfterTheOther() throws Exception {
        Queue<LogRecord> logged = new ConcurrentLinkedQueue<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.tidegate");
        Level level = logger.getLevel();
        boolean toParents = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        try {
            twentyThreads();
            System.getLogger("dev.tidegate.test").log(System.Logger.Level.TRACE, "logging is on");
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(level);
            logger.setUseParentHandlers(toParents);
        }
        // Of two that got into each other's way, one would have left something to the rollback, or a connection to be
        // ended.
        assertThat(logged)
                .filteredOn(line -> !line.getLoggerName().startsWith("dev.tidegate.server"))
                .extracting(LogRecord::getMessage)
                .containsExactly("logging is on");
        assertThat(logged).noneMatch(line -> line.getLevel().intValue() >= Level.WARNING.intValue());
    }

    private void twentyThreads() throws Exception {
        run("BEGIN");
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        for (int thread = 0; thread < 20; thread++) {
            int first = 1000 + thread * 100;
            threads.add(apart(() -> {
                try {
                    for (int id = first; id < first + 100; id++) {
                        if (id % 10 == 0) {
                            insert(id);
                        } else if (id % 10 == 1) {
                            String before = Integer.toString(id - 1);
                            assertThat(rows("SELECT id FROM ms.dbo.t WHERE id = " + before))
                                    .containsExactly(before);
                        } else {
                            assertThat(rows("SELECT " + id)).containsExactly(Integer.toString(id));
                        }
                    }
                    return first;
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (CompletableFuture<Integer> thread : threads) {
            thread.get(100, TimeUnit.SECONDS);
        }
        run("COMMIT");
        assertThat(onServerRows("SELECT count(*) FROM dbo.t")).containsExactly("201");
        unused();
    }

    @Test
    void aBatchHasNoTransactionStatements() throws SQLException {
        try (Statement statement = duckdb().createStatement()) {
            assertThatThrownBy(() -> statement.addBatch("BEGIN")).hasMessageContaining("batch");
            assertThatThrownBy(() -> statement.addBatch("COMMIT")).hasMessageContaining("batch");
        }
    }

    /** What it looks up, it looks up as the connection's statements do: after the one that runs. */
    @Test
    @Guarantee(value = "G32", surface = Surface.E)
    void aTextOfABatchIsLookedUpAfterTheStatementThatRuns() throws Exception {
        try (Statement running = duckdb().createStatement();
                Statement batch = duckdb().createStatement();
                EngineConnection watching = duckdb().duplicate()) {
            CompletableFuture<Throwable> scan = apart(() -> catchThrowable(
                    () -> running.executeQuery("SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)")));
            while (rows(watching, "FROM mssql_progress() WHERE rows_read > 0").isEmpty()) {
                assertThat(scan.isDone()).isFalse();
            }
            FutureTask<Void> added = new FutureTask<>(() -> {
                batch.addBatch("CREATE TEMP TABLE copied AS FROM ms.dbo.t");
                return null;
            });
            Thread thread = new Thread(added);
            thread.start();
            while (thread.getState() != Thread.State.WAITING && !added.isDone()) {
                Thread.sleep(1);
            }
            assertThat(added.isDone()).isFalse();
            running.cancel();
            assertThat(scan.get(60, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
            added.get(60, TimeUnit.SECONDS);
            batch.executeBatch();
            assertThat(rows("SELECT count(*) FROM copied")).isEqualTo(rows("SELECT count(*) FROM ms.dbo.t"));
        }
        unused();
    }

    private long acquired() throws SQLException {
        return Long.parseLong(
                rows("SELECT acquired FROM mssql_pool_stats('ms')").get(0));
    }

    private void unused() throws SQLException {
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }
}
