package dev.tidegate.jdbc;

import static dev.tidegate.jdbc.RehearsedBackend.both;
import static dev.tidegate.jdbc.RehearsedBackend.count;
import static dev.tidegate.jdbc.RehearsedBackend.error;
import static dev.tidegate.jdbc.RehearsedBackend.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StatementTest extends OnScriptedServer {
    @Test
    void walksThroughSeveralResultsCountsAndErrors() throws SQLException {
        script().on(
                        "mixed",
                        both(
                                both(count(3), rows(NUMBER, new Object[] {7}, new Object[] {8})),
                                both(error(547, "broken"), count(4))));
        try (Statement statement = connection().createStatement()) {
            assertThat(statement.execute("mixed")).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(3);
            assertThat(statement.getMoreResults()).isTrue();
            ResultSet result = statement.getResultSet();
            assertThat(result.next()).isTrue();
            assertThat(result.getInt(1)).isEqualTo(7);
            assertThatThrownBy(statement::getMoreResults)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("broken");
            assertThat(result.isClosed()).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getLargeUpdateCount()).isEqualTo(4);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void executeUpdateGivesTheLastCountBecauseTriggersCountFirst() throws SQLException {
        script().on("insert", both(count(9), count(1)));
        try (Statement statement = connection().createStatement()) {
            assertThat(statement.executeUpdate("insert")).isEqualTo(1);
            assertThat(statement.getUpdateCount()).isEqualTo(1);
        }
    }

    @Test
    void executeUpdateRunsTheWholeBatchBeforeItThrows() throws SQLException {
        script().on("insert", both(error(2627, "first"), both(count(1), error(515, "second"))));
        try (Statement statement = connection().createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("insert"))
                    .hasMessageContaining("first")
                    .extracting(e -> ((SQLException) e).getNextException().getErrorCode())
                    .isEqualTo(515);
        }
    }

    @Test
    void wrongKindOfStatementIsSaid() throws SQLException {
        script().on("select", rows(NUMBER)).on("insert", count(1));
        try (Statement statement = connection().createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("select")).hasMessageContaining("use execute");
            assertThatThrownBy(() -> statement.executeQuery("insert")).hasMessageContaining("no result");
            assertThatThrownBy(() -> statement.execute(null)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void asksForGeneratedKeysInTheSameRoundTrip() throws SQLException {
        String sql = "insert into t values (1)";
        script().on(sql + StatementResults.SELECT_KEYS, both(count(1), keys(42)));
        try (Statement statement = connection().createStatement()) {
            assertThat(statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(1);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getLong("generated_keys")).isEqualTo(42);
                assertThat(keys.next()).isFalse();
            }
            assertThat(statement.execute(sql, new String[] {"id"})).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getGeneratedKeys().next()).isTrue();
            assertThat(statement.getGeneratedKeys().next()).isFalse();
        }
    }

    static RehearsedBackend.Answer keys(long value) {
        return rows(
                List.of(RehearsedBackend.column(
                        StatementResults.GENERATED_KEYS, dev.tidegate.tds.type.TypeInfo.decimal(38, 0))),
                new Object[] {BigDecimal.valueOf(value)});
    }

    @Test
    void aBatchOfStatementsGoesOnAfterAnError() throws SQLException {
        script().on("a", count(1)).on("b", error(547, "refused")).on("c", count(3));
        try (Statement statement = connection().createStatement()) {
            statement.addBatch("a");
            statement.addBatch("b");
            statement.addBatch("c");
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .extracting(e -> ((BatchUpdateException) e).getUpdateCounts())
                    .isEqualTo(new int[] {1, Statement.EXECUTE_FAILED, 3});
            assertThat(statement.executeBatch()).isEmpty();
        }
    }

    @Test
    void messagesBecomeWarningsAndAreBounded() throws SQLException {
        script().on("print", (sink, values) -> {
            for (int i = 0; i < 5_000; i++) {
                sink.message(new ServerMessage(false, 50_000, 1, 0, "line " + i, "scripted", "", 1));
            }
            sink.statementDone(Done.COMMAND_INSERT, 1);
        });
        try (Statement statement = connection().createStatement()) {
            statement.execute("print");
            int count = 0;
            for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                count++;
            }
            assertThat(count).isBetween(1, Warnings.MOST + 1);
            assertThat(statement.getWarnings().getMessage()).startsWith("line");
            statement.clearWarnings();
            assertThat((Object) statement.getWarnings()).isNull();
        }
    }

    @Test
    void maxRowsEndsTheResult() throws SQLException {
        script().on("select n", rows(NUMBER, new Object[] {1}, new Object[] {2}, new Object[] {3}));
        try (Statement statement = connection().createStatement()) {
            statement.setMaxRows(2);
            ResultSet result = statement.executeQuery("select n");
            assertThat(result.next()).isTrue();
            assertThat(result.next()).isTrue();
            assertThat(result.getRow()).isEqualTo(2);
            assertThat(result.next()).isFalse();
        }
    }

    @Test
    void closeOnCompletionClosesTheStatementWithItsResult() throws SQLException {
        script().on("select n", rows(NUMBER, new Object[] {1}));
        Statement statement = connection().createStatement();
        statement.closeOnCompletion();
        ResultSet result = statement.executeQuery("select n");
        result.close();
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void anOpenResultSurvivesAnotherStatementAndACommit() throws SQLException {
        script().on("select n", both(rows(NUMBER, new Object[] {1}, new Object[] {2}, new Object[] {null}), count(5)))
                .on("select t", rows(TEXT, new Object[] {"x"}));
        connection().setAutoCommit(false);
        try (Statement first = connection().createStatement();
                Statement second = connection().createStatement()) {
            ResultSet open = first.executeQuery("select n");
            assertThat(open.next()).isTrue();
            ResultSet other = second.executeQuery("select t");
            assertThat(open.getInt("n")).isEqualTo(1);
            assertThat(other.next()).isTrue();
            assertThat(other.getString(1)).isEqualTo("x");
            connection().commit();
            assertThat(open.next()).isTrue();
            assertThat(open.getInt(1)).isEqualTo(2);
            assertThat(open.next()).isTrue();
            assertThat(open.getInt(1)).isZero();
            assertThat(open.wasNull()).isTrue();
            assertThat(open.next()).isFalse();
            assertThat(first.getMoreResults()).isFalse();
            assertThat(first.getUpdateCount()).isEqualTo(5);
        }
    }

    @Test
    void anOpenResultThatDoesNotFitMemoryIsNotDisturbed() throws SQLException {
        String large = "x".repeat(1 << 20);
        int count = 2 * (int) (Session.MOST_BUFFERED / (2L << 20)) + 4;
        script().on("select large", (sink, values) -> {
                    sink.columns(TEXT);
                    for (int i = 0; i < count; i++) {
                        sink.row(new Object[] {large});
                    }
                    sink.statementDone(Done.COMMAND_SELECT, count);
                })
                .on("insert", count(1));
        try (Statement first = connection().createStatement();
                Statement second = connection().createStatement()) {
            ResultSet open = first.executeQuery("select large");
            assertThat(open.next()).isTrue();
            assertThatThrownBy(() -> second.executeUpdate("insert")).hasMessageContaining("still open");
            int seen = 1;
            while (open.next()) {
                assertThat(open.getString(1)).hasSize(large.length());
                seen++;
            }
            assertThat(seen).isEqualTo(count);
            assertThat(second.executeUpdate("insert")).isEqualTo(1);
        }
    }

    @Test
    @Guarantee("G13")
    void cancelEndsARunningStatementAndTheConnectionGoesOn() throws Exception {
        script().on("select n", rows(NUMBER, new Object[] {1}));
        try (Statement statement = connection().createStatement()) {
            Thread canceller = new Thread(() -> {
                try {
                    while (!script().log().contains("waiting")) {
                        Thread.sleep(5);
                    }
                    statement.cancel();
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            canceller.start();
            assertThatThrownBy(() -> statement.execute("WAIT")).isInstanceOf(SQLException.class);
            canceller.join();
            assertThat(statement.executeQuery("select n").next()).isTrue();
        }
    }

    private Thread whenItWaits(Task task) {
        Thread thread = new Thread(() -> {
            try {
                while (!script().log().contains("waiting")) {
                    Thread.sleep(5);
                }
                task.run();
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private interface Task {
        void run() throws SQLException;
    }

    @Test
    void aCancelEndsTheWholeBatch() throws Exception {
        script().on("insert", count(1));
        try (Statement statement = connection().createStatement()) {
            statement.addBatch("WAIT");
            statement.addBatch("insert");
            Thread canceller = whenItWaits(statement::cancel);
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOfSatisfying(
                            BatchUpdateException.class,
                            e -> assertThat(e.getUpdateCounts())
                                    .containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED));
            canceller.join();
            assertThat(script().log()).doesNotContain("insert");
        }
    }

    @Test
    void closingAStatementFromAnotherThreadEndsItWithATypedError() throws Exception {
        try (Statement statement = connection().createStatement()) {
            Thread closer = whenItWaits(statement::close);
            assertThatThrownBy(() -> statement.executeUpdate("WAIT")).isInstanceOf(SQLException.class);
            closer.join();
        }
    }

    @Test
    @Guarantee("G13")
    void aCancelMeetsNoOtherStatement() throws Exception {
        CountDownLatch more = new CountDownLatch(1);
        int count = 20_000;
        script().on("select slowly", (sink, values) -> {
                    sink.columns(NUMBER);
                    for (int i = 0; i < count; i++) {
                        if (i == count - 1) {
                            awaitQuietly(more);
                        }
                        sink.row(new Object[] {i});
                    }
                    sink.statementDone(Done.COMMAND_SELECT, count);
                })
                .on("insert", count(1));
        try (Statement first = connection().createStatement();
                Statement second = connection().createStatement()) {
            ResultSet open = first.executeQuery("select slowly");
            AtomicReference<SQLException> failure = new AtomicReference<>();
            Thread waiting = new Thread(() -> {
                try {
                    second.executeUpdate("insert");
                } catch (SQLException e) {
                    failure.set(e);
                }
            });
            waiting.start();
            for (int i = 0; waiting.isAlive(); i++) {
                second.cancel();
                Thread.sleep(20);
                if (i == 10) {
                    more.countDown();
                }
            }
            assertThat((Throwable) failure.get()).hasMessageContaining("cancelled before it was sent");
            int seen = 0;
            while (open.next()) {
                seen++;
            }
            assertThat(seen).isEqualTo(count);
            assertThat(script().log()).doesNotContain("insert");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void brokenTextStreamsAsItIs() throws Exception {
        String broken = "a\uD800b";
        script().on("select t", rows(TEXT, new Object[] {broken}));
        try (Statement statement = connection().createStatement();
                ResultSet result = statement.executeQuery("select t")) {
            assertThat(result.next()).isTrue();
            StringWriter read = new StringWriter();
            result.getCharacterStream(1).transferTo(read);
            assertThat(read).hasToString(broken);
        }
    }

    @Test
    @Guarantee("G14")
    void queryTimeoutIsTypedAndTheConnectionGoesOn() throws SQLException {
        script().on("select n", rows(NUMBER, new Object[] {1}));
        try (Statement statement = connection().createStatement()) {
            statement.setQueryTimeout(1);
            assertThat(statement.getQueryTimeout()).isEqualTo(1);
            assertThatThrownBy(() -> statement.execute("WAIT")).isInstanceOf(java.sql.SQLTimeoutException.class);
            assertThat(statement.executeQuery("select n").next()).isTrue();
        }
    }

    @Test
    @Guarantee("G05")
    void closingTheConnectionFromAnotherThreadEndsARunningStatement() throws Exception {
        try (Statement statement = connection().createStatement()) {
            Thread closer = new Thread(() -> {
                try {
                    while (!script().log().contains("waiting")) {
                        Thread.sleep(5);
                    }
                    connection().close();
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            closer.start();
            assertThatThrownBy(() -> statement.execute("WAIT")).isInstanceOf(SQLException.class);
            closer.join();
            assertThat(statement.isClosed()).isTrue();
            assertThatThrownBy(() -> statement.execute("x"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08003");
        }
    }

    @Test
    void closingAnIdleStatementDoesNotWaitForAnotherOne() throws Exception {
        script().on("select n", rows(NUMBER, new Object[] {1}, new Object[] {2}));
        try (Statement busy = connection().createStatement()) {
            Statement idle = connection().createStatement();
            ResultSet open = idle.executeQuery("select n");
            assertThat(open.next()).isTrue();
            Thread worker = new Thread(() -> {
                try {
                    busy.execute("WAIT");
                } catch (SQLException e) {
                    // Cancelled, below.
                }
            });
            worker.start();
            while (!script().log().contains("waiting")) {
                Thread.sleep(5);
            }
            open.close();
            idle.close();
            assertThat(worker.isAlive()).isTrue();
            assertThat(open.isClosed()).isTrue();
            busy.cancel();
            worker.join();
        }
    }
}
