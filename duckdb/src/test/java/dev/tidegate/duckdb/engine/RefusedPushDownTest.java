package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.h2.H2Backend;
import dev.tidegate.testkit.peer.MisheardBackend;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server refuses of push-down, DuckDB does. */
class RefusedPushDownTest extends OnAttachedServer {
    private static final String WHOLE = "SELECT count(*) FROM ms.dbo.t";
    private static final String FILTERED = "SELECT n.id FROM ms.dbo.t n JOIN local USING (id) WHERE n.name IS NULL";

    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private EmbeddedSqlServer other;

    /** One that does not know some words. */
    private String heard(String sql) {
        if (sql.contains("COUNT_BIG") || sql.contains("[name] IS NULL")) {
            refused.add(sql);
            return "SELECT 1 +";
        }
        return sql;
    }

    @BeforeEach
    void fill() throws Exception {
        other = EmbeddedSqlServer.builder()
                .backend(new MisheardBackend(H2Backend.inMemory(List.of("demo")), this::heard))
                .login(USER, PASSWORD)
                .start();
        run("ATTACH '" + url(USER, PASSWORD, "127.0.0.1", other.port(), "demo") + "' AS ms (TYPE mssql)");
        run("CALL mssql_execute('ms', $$CREATE TABLE dbo.t (id int NOT NULL, name nvarchar(20));"
                + " INSERT INTO dbo.t VALUES (1, N'one'), (2, NULL), (3, NULL)$$)");
        run("CREATE TABLE local AS SELECT 2 AS id UNION ALL SELECT 1");
    }

    @AfterEach
    void stop() throws SQLException {
        run("DETACH DATABASE IF EXISTS ms");
        other.close();
    }

    private String refusals() throws SQLException {
        return rows("SELECT pushdowns_refused FROM mssql_pool_stats('ms')").get(0);
    }

    @Test
    void aWholeQueryIsRunByDuckDb() throws SQLException {
        assertThat(rows(WHOLE)).containsExactly("3");
        assertThat(refused).hasSize(1);
        assertThat(refusals()).isEqualTo("1");
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    @Test
    void aConditionIsDuckDbs() throws SQLException {
        assertThat(rows(FILTERED)).containsExactly("2");
        assertThat(refused).hasSize(1);
        run("CREATE TABLE kept AS " + FILTERED);
        assertThat(rows("FROM kept")).containsExactly("2");
        assertThat(refusals()).isEqualTo("2");
        run("SELECT 1; INSERT INTO kept " + FILTERED + "; SELECT 2");
        assertThat(rows("FROM kept")).containsExactly("2", "2");
        assertThat(refusals()).isEqualTo("3");
        run("SET mssql_filter_pushdown = off");
        assertThat(rows(FILTERED)).containsExactly("2");
        assertThat(refusals()).isEqualTo("3");
    }

    @Test
    void theStatementIsUsableAfterwardsAndKeepsItsSettings() throws SQLException {
        Statement statement = duckdb().createStatement();
        statement.setQueryTimeout(77);
        for (int i = 0; i < 2; i++) {
            try (ResultSet result = statement.executeQuery(WHOLE)) {
                assertThat(read(result)).containsExactly("3");
            }
            assertThat(statement.isClosed()).isFalse();
            assertThat(statement.getQueryTimeout()).isEqualTo(77);
        }
        statement.close();
        assertThat(statement.isClosed()).isTrue();
        assertThatThrownBy(() -> statement.executeQuery(WHOLE)).isInstanceOf(SQLException.class);
        assertThat(refused).hasSize(2);
    }

    /** The error has ended the transaction, as every error does. */
    @Test
    void inATransactionItIsAnError() throws SQLException {
        run("BEGIN");
        assertThatThrownBy(() -> rows(WHOLE)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> rows("SELECT 1 FROM ms.dbo.t"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
        run("ROLLBACK");
        assertThat(rows(WHOLE)).containsExactly("3");
    }

    @Test
    void aPreparedStatementSaysWhatTheServerSays() throws SQLException {
        try (PreparedStatement prepared = duckdb().prepareStatement(FILTERED)) {
            assertThatThrownBy(prepared::executeQuery)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isPositive());
        }
        assertThat(refusals()).isEqualTo("1");
    }

    /** Of a table that is gone the second attempt would tell nothing else. */
    @Test
    void anotherErrorIsNoRefusal() throws SQLException {
        rows("SELECT id FROM ms.dbo.t");
        run("SET mssql_query_pushdown = off");
        other.close();
        assertThatThrownBy(() -> rows("SELECT id FROM ms.dbo.t WHERE name IS NULL"))
                .isInstanceOf(SQLException.class);
        assertThat(refusals()).isEqualTo("0");
    }
}
