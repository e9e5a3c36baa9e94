package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads within a transaction, on a pool that has no other connection than the transaction's. */
class LoadTransactionTest extends OnAttachedServer {
    private static final int MANY = 2_000;

    @BeforeEach
    void attached() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id bigint CHECK (id <> 1900), name nvarchar(20))",
                "INSERT INTO dbo.t VALUES (-1, N'old')");
        attach("ms", ", MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 5000");
        run("CREATE TABLE l AS SELECT range AS id, 'n' || range AS name FROM range(" + MANY + ") WHERE range <> 1900");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK"})
    @Guarantee(value = "G29", surface = Surface.E)
    @Guarantee(value = "G30", surface = Surface.E)
    @Guarantee(value = "G36", surface = Surface.E)
    void everyKindOfLoadIsPartOfTheTransaction(String end) throws SQLException {
        run("BEGIN");
        run("CREATE TABLE ms.dbo.made AS FROM l");
        run("INSERT INTO ms.dbo.made VALUES (-5, 'few')");
        run("INSERT INTO ms.dbo.t SELECT * FROM l");
        run("INSERT INTO ms.dbo.t SELECT id - 100000, name FROM ms.dbo.t WHERE id >= 0");
        run("COPY l TO 'mssql://ms/dbo/t' (APPEND)");
        run(
                "COPY (SELECT id + 100000 AS id, name FROM ms.dbo.t WHERE id BETWEEN 0 AND 4) TO 'mssql://ms/dbo/t' (APPEND)");
        long all = 1 + 3 * (MANY - 1) + 2 * 5;
        run("CREATE OR REPLACE TABLE ms.dbo.made AS SELECT id FROM ms.dbo.made WHERE id < 10");
        try (PreparedStatement insert = duckdb().prepareStatement("INSERT INTO ms.dbo.made VALUES (?)")) {
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, 1000 + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
        }
        run("INSERT INTO l VALUES (-9, 'local')");
        assertThat(rows("SELECT count(*) FROM ms.dbo.made")).containsExactly("14");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly(Long.toString(all));
        run(end);

        boolean kept = end.equals("COMMIT");
        assertThat(rows("SELECT count(*) FROM l WHERE id = -9")).containsExactly(kept ? "1" : "0");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly(kept ? Long.toString(all) : "1");
        assertThat(tables()).isEqualTo(kept ? List.of("made", "t") : List.of("t"));
        assertClean();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Guarantee(value = "G36", surface = Surface.E)
    void withoutAutoCommitItIsTheSame(boolean commit) throws SQLException {
        duckdb().setAutoCommit(false);
        run("INSERT INTO ms.dbo.t SELECT * FROM l");
        run("INSERT INTO ms.dbo.t VALUES (5000, 'x')");
        assertThat(rows("INSERT INTO ms.dbo.t VALUES (5001, 'y') RETURNING id")).containsExactly("5001");
        if (commit) {
            duckdb().commit();
        } else {
            duckdb().rollback();
        }
        duckdb().setAutoCommit(true);

        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly(commit ? Integer.toString(MANY + 2) : "1");
        assertClean();
    }

    /** A failure aborts the transaction, as DuckDB's own do: what came before it is gone, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "INSERT INTO ms.dbo.t SELECT range, 'x' FROM range(2000) | COMMIT",
                "INSERT INTO ms.dbo.t SELECT range, 'x' FROM range(2000) | ROLLBACK",
                "INSERT INTO ms.dbo.t VALUES (1900, 'x') | ROLLBACK",
                "INSERT INTO ms.dbo.t SELECT range, repeat('x', range::INTEGER) FROM range(100) | ROLLBACK",
                "INSERT INTO ms.dbo.t SELECT range, 'x'::INTEGER FROM range(2000) | COMMIT",
                "CREATE OR REPLACE TABLE ms.dbo.t AS SELECT DATE 'infinity' AS d | ROLLBACK",
                "CREATE OR REPLACE TABLE ms.dbo.t AS SELECT range, 'x'::INTEGER AS i FROM range(10) | COMMIT",
                "CREATE TABLE ms.dbo.t AS SELECT 1 AS a | ROLLBACK",
            })
    @Guarantee(value = "G29", surface = Surface.E)
    void whatFailsLeavesNothingHoweverItEnds(String load, String end) throws SQLException {
        run("BEGIN");
        run("INSERT INTO ms.dbo.t VALUES (1, 'before')");
        run("INSERT INTO l VALUES (-9, 'local')");

        assertThatThrownBy(() -> run(load)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run("INSERT INTO ms.dbo.t VALUES (2, 'after')"))
                .isInstanceOf(SQLException.class);
        if (end.equals("COMMIT")) {
            assertThatThrownBy(() -> run(end)).isInstanceOf(SQLException.class);
        }
        run("ROLLBACK");

        assertThat(rows("FROM ms.dbo.t")).containsExactly("-1|old");
        assertThat(rows("SELECT count(*) FROM l WHERE id = -9")).containsExactly("0");
        assertClean();
    }

    /** Such a query needs the connection that the rows are sent over. */
    @Test
    @Timeout(60)
    void aQueryThatAMacroHidesInValuesIsOverBeforeARowIsSent() throws SQLException {
        rows("SELECT count(*) FROM ms.dbo.t");
        run("CREATE MACRO top() AS (SELECT max(id) FROM ms.dbo.t)");
        run("BEGIN");
        for (int i = 0; i < 3; i++) {
            run("INSERT INTO ms.dbo.t VALUES (top() + 1, 'a'), (top() + 2, 'b')");
        }
        run("COMMIT");

        assertThat(rows("SELECT count(*), max(id) FROM ms.dbo.t")).containsExactly("7|5");
        assertClean();
    }

    /** Every width of the last row within a packet, the smallest that there is; a machine that is too slow leaves out some. */
    @Test
    @Guarantee(value = "G30", surface = Surface.E)
    void rowsMayEndAnywhereInAPacket() throws SQLException {
        run("DETACH ms");
        attach("ms", ", MAXIMUM_POOL_SIZE 1, PACKET_SIZE 512");
        onServer("CREATE TABLE dbo.p (id int, text nvarchar(600))");
        long start = System.nanoTime();
        run("BEGIN");
        int done = 0;
        // 101 has no divisor in common with the number of widths: each comes once.
        for (int i = 0; i < 260 && (i < 30 || System.nanoTime() - start < 5_000_000_000L); i++) {
            int width = i * 101 % 260;
            run("INSERT INTO ms.dbo.p SELECT range, CASE WHEN range = 500 THEN repeat('x', " + width + ") ELSE 'y' END"
                    + " FROM range(501)");
            assertThat(rows("SELECT count(*), sum(id), sum(len(text)) FROM ms.dbo.p"))
                    .as("width %d", width)
                    .containsExactly("501|125250|" + (500 + width));
            run("DELETE FROM ms.dbo.p");
            done++;
        }
        run("INSERT INTO ms.dbo.p SELECT range, 'z' FROM range(600)");
        run("ROLLBACK");
        assertThat(done).isGreaterThanOrEqualTo(30);
        assertThat(rows("SELECT count(*) FROM ms.dbo.p")).containsExactly("0");
        run("DROP TABLE ms.dbo.p");
        assertClean();
    }

    private List<String> tables() throws SQLException {
        return rows("SELECT q.name FROM mssql_query('ms', $$SELECT name FROM sys.tables$$) q ORDER BY name");
    }

    private void assertClean() throws SQLException {
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
        run("INSERT INTO ms.dbo.t VALUES (77777, 'next')");
        assertThat(rows("SELECT id FROM ms.dbo.t WHERE id = 77777")).containsExactly("77777");
    }
}
