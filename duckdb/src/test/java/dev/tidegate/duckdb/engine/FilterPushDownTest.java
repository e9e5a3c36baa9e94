package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each statement is one that fails if the server is asked for the row with id 3, which it does not need. */
class FilterPushDownTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL, price decimal(12, 2), name nvarchar(20), day date, moment datetime2(3))",
                "INSERT INTO dbo.t VALUES (1, 12.50, N'one', '2024-02-29', '2024-02-29T01:02:03.456'),"
                        + " (2, 99.99, N'two', '2024-03-01', '2024-03-01T00:00:00'), (3, 0.01, N'three', NULL, NULL)",
                "CREATE VIEW dbo.picky AS SELECT id, price, name, day, moment, 6 / (id - 3) AS q FROM dbo.t");
        attach("ms", "");
        run("SET mssql_query_pushdown = off");
        run("CREATE TABLE local AS SELECT * FROM (VALUES (1, 'a'), (2, 'b'), (3, 'c')) v(id, letter)");
    }

    @Test
    void theRowIsThere() {
        assertThatThrownBy(() -> rows("SELECT q FROM ms.dbo.picky")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> rows("SELECT q FROM ms.dbo.picky WHERE q < 100 AND id + 0 < 3"))
                .isInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT q FROM ms.dbo.picky WHERE id = 1",
                "FROM ms.picky SELECT q WHERE id < 2",
                "WITH p AS (SELECT * FROM ms.dbo.picky WHERE id = 1) SELECT q FROM p WHERE price = 12.50",
                "SELECT q FROM ms.dbo.picky p JOIN local l ON p.id = l.id WHERE l.letter = 'a' AND p.id = 1",
                "SELECT max(q) FROM ms.dbo.picky GROUP BY id HAVING id = 1",
                "SELECT 1; SELECT q FROM ms.dbo.picky WHERE id = 1",
                "(SELECT q FROM ms.dbo.picky WHERE id = 1)",
            })
    void conditionsAreSent(String query) throws SQLException {
        assertThat(rows(query)).containsExactly("-3");
    }

    @Test
    void statementsThatWriteHereSendTheirConditionsToo() throws SQLException {
        run("CREATE TABLE made AS SELECT id, q FROM ms.dbo.picky WHERE id = 2");
        run("INSERT INTO made SELECT id, q FROM ms.dbo.picky WHERE id = 1");
        run("UPDATE made SET q = p.q * 10 FROM ms.dbo.picky p WHERE p.id = made.id AND p.id = 1");
        run("DELETE FROM made USING ms.dbo.picky p WHERE p.id = made.id AND p.id = 2 AND p.q < 0");
        assertThat(rows("FROM made")).containsExactly("1|-30");
    }

    @Test
    void aViewThatHasTheConditionSendsIt() throws SQLException {
        run("CREATE VIEW mine AS SELECT q FROM ms.dbo.picky WHERE id = 2");
        assertThat(rows("FROM mine")).containsExactly("-6");
    }

    @Test
    void aPreparedStatementSendsTheParametersOfEachExecution() throws SQLException {
        try (PreparedStatement statement =
                duckdb().prepareStatement("SELECT q FROM ms.dbo.picky WHERE id = ? AND name = ?")) {
            statement.setInt(1, 1);
            statement.setString(2, "one");
            assertThat(read(statement.executeQuery())).containsExactly("-3");
            statement.setInt(1, 2);
            assertThat(read(statement.executeQuery())).isEmpty();
            statement.setString(2, "two");
            assertThat(read(statement.executeQuery())).containsExactly("-6");
            assertThat(read(statement.executeQuery())).containsExactly("-6");
        }
        try (PreparedStatement statement = duckdb().prepareStatement("SELECT q FROM ms.dbo.picky WHERE id = 1")) {
            assertThat(read(statement.executeQuery())).containsExactly("-3");
            assertThat(read(statement.executeQuery())).containsExactly("-3");
        }
    }

    @Test
    void aBatchNeedsTheRowsOfAllItsParameters() throws SQLException {
        run("CREATE TABLE made (id INTEGER, name VARCHAR)");
        try (PreparedStatement statement =
                duckdb().prepareStatement("INSERT INTO made SELECT id, name FROM ms.dbo.t WHERE id = ?")) {
            for (int id = 1; id <= 3; id++) {
                statement.setInt(1, id);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        assertThat(rows("FROM made ORDER BY id")).containsExactly("1|one", "2|two", "3|three");
    }

    @Test
    void whatIsTrueOfThisMomentIsAskedForAnew() throws SQLException {
        onServer("INSERT INTO dbo.t (id, moment) VALUES (4, '2001-01-01'), (5, '9000-01-01')");
        String query =
                "SELECT id FROM ms.dbo.t WHERE moment < now()::TIMESTAMP AND moment > TIMESTAMP '2000-01-01' AND id > 3";
        assertThat(rows(query)).containsExactly("4");
        run("SET VARIABLE least = 4");
        assertThat(rows("SELECT id FROM ms.dbo.t WHERE id > getvariable('least')"))
                .containsExactly("5");
        run("SET VARIABLE least = 3");
        assertThat(rows("SELECT id FROM ms.dbo.t WHERE id > getvariable('least') ORDER BY id"))
                .containsExactly("4", "5");
    }

    @Test
    void transactionsStayAsTheyWere() throws SQLException {
        run("BEGIN");
        assertThat(rows("SELECT q FROM ms.dbo.picky WHERE id = 1")).containsExactly("-3");
        run("CREATE TABLE inside AS SELECT q FROM ms.dbo.picky WHERE id = 1");
        run("ROLLBACK");
        assertThatThrownBy(() -> run("FROM inside")).hasMessageContaining("inside");
        duckdb().setAutoCommit(false);
        assertThat(rows("SELECT q FROM ms.dbo.picky WHERE id = 1")).containsExactly("-3");
        run("CREATE TABLE inside AS SELECT q FROM ms.dbo.picky WHERE id = 1");
        duckdb().rollback();
        duckdb().setAutoCommit(true);
        assertThatThrownBy(() -> run("FROM inside")).hasMessageContaining("inside");
        run("CREATE TABLE outside AS SELECT q FROM ms.dbo.picky WHERE id = 1");
        try (EngineConnection other = duckdb().duplicate()) {
            assertThat(rows(other, "FROM outside")).containsExactly("-3");
        }
    }

    @Test
    void aStatementThatFailsFailsAsBefore() throws SQLException {
        assertThatThrownBy(() -> rows("SELECT nix FROM ms.dbo.picky WHERE id = 1"))
                .hasMessageContaining("nix")
                .hasMessageNotContaining("EXPLAIN");
        run("CREATE TABLE made (q INTEGER PRIMARY KEY)");
        run("INSERT INTO made VALUES (-3)");
        assertThatThrownBy(() -> run("INSERT INTO made SELECT q FROM ms.dbo.picky WHERE id = 1"))
                .hasMessageContaining("onstraint");
        assertThat(rows("FROM made")).containsExactly("-3");
        assertThat(rows("SELECT q FROM ms.dbo.picky WHERE id = 2")).containsExactly("-6");
    }

    private EngineConnection streaming() throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty("jdbc_stream_results", "true");
        EngineConnection stream = TidegateDuckDB.open("", streaming);
        run(stream, "ATTACH '" + url() + "' AS ms (TYPE mssql)");
        run(stream, "SET mssql_query_pushdown = off");
        return stream;
    }

    @Test
    void aResultThatIsReadWhileItIsMadeSendsConditionsToo() throws SQLException {
        try (EngineConnection stream = streaming()) {
            try (Statement statement = stream.createStatement();
                    ResultSet result = statement.executeQuery("SELECT id FROM ms.dbo.t WHERE id < 3 ORDER BY id")) {
                assertThat(read(result)).containsExactly("1", "2");
            }
            assertThat(rows(stream, "SELECT q FROM ms.dbo.picky WHERE id = 1")).containsExactly("-3");
            try (PreparedStatement statement = stream.prepareStatement("SELECT q FROM ms.dbo.picky WHERE id = ?")) {
                statement.setInt(1, 2);
                assertThat(read(statement.executeQuery())).containsExactly("-6");
                assertThat(read(statement.executeQuery())).containsExactly("-6");
            }
            run(stream, "BEGIN");
            assertThat(rows(stream, "SELECT q FROM ms.dbo.picky WHERE id = 1")).containsExactly("-3");
            run(stream, "COMMIT");
        }
    }

    @Test
    void explainListsWhatAStreamWouldAskFor() throws SQLException {
        try (EngineConnection stream = streaming()) {
            assertThat(rows(stream, "EXPLAIN SELECT q FROM ms.dbo.picky WHERE id = 1"))
                    .last()
                    .asString()
                    .contains("mssql ms|SELECT")
                    .contains("WHERE [id] = @p1");
            run(stream, "BEGIN");
            run(stream, "ROLLBACK");
        }
    }

    @Test
    void theTransactionOfAStreamEndsWithItsResult() throws SQLException {
        try (EngineConnection stream = streaming();
                Statement statement = stream.createStatement();
                Statement second = stream.createStatement()) {
            run(stream, "CREATE TABLE made (id INTEGER)");
            String insert = "INSERT INTO made SELECT id FROM ms.dbo.t WHERE id < 3 RETURNING id";
            ResultSet whole = statement.executeQuery(insert);
            assertThat(read(whole)).hasSize(2);
            assertThat(seenByOthers(stream)).as("read to its end").containsExactly("2");
            ResultSet half = statement.executeQuery(insert);
            assertThat(half.next()).isTrue();
            half.close();
            assertThat(seenByOthers(stream)).as("closed").containsExactly("4");
            assertThat(statement.execute(insert)).isTrue();
            ResultSet next = second.executeQuery("SELECT id FROM ms.dbo.t WHERE id > 0 ORDER BY id");
            whole.close();
            half.close();
            assertThat(read(next))
                    .as("whose stream an older result does not end")
                    .containsExactly("1", "2", "3");
            assertThat(seenByOthers(stream)).as("followed by another").containsExactly("6");
            try (Statement third = stream.createStatement()) {
                third.execute(insert);
            }
            assertThat(seenByOthers(stream)).as("its statement closed").containsExactly("8");
            third(stream, insert);
            stream.setAutoCommit(false);
            run(stream, "DELETE FROM made");
            stream.rollback();
            stream.setAutoCommit(true);
            assertThat(seenByOthers(stream)).as("before the next transaction").containsExactly("10");
        }
    }

    @SuppressWarnings("resource") // left open on purpose
    private static void third(EngineConnection stream, String insert) throws SQLException {
        assertThat(stream.createStatement().execute(insert)).isTrue();
    }

    private static List<String> seenByOthers(EngineConnection stream) throws SQLException {
        try (EngineConnection other = stream.duplicate()) {
            return rows(other, "SELECT count(*) FROM made");
        }
    }

    @Test
    void aStreamThatFailsLeavesNoTransaction() throws SQLException {
        try (EngineConnection stream = streaming()) {
            assertThatThrownBy(() -> rows(stream, "SELECT q FROM ms.dbo.picky WHERE id > 1"))
                    .isInstanceOf(SQLException.class);
            run(stream, "BEGIN");
            run(stream, "ROLLBACK");
            assertThat(rows(stream, "SELECT q FROM ms.dbo.picky WHERE id = 2")).containsExactly("-6");
        }
    }
}
