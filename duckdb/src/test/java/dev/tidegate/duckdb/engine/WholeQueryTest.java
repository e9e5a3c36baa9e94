package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What EXPLAIN says of a statement, and what the statement then answers. */
class WholeQueryTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL, price decimal(12, 2), name nvarchar(20))",
                "INSERT INTO dbo.t VALUES (1, 12.50, N'one'), (2, 99.99, N'two'), (3, 0.01, N'ONE')");
        attach("ms", "");
        run("CREATE TABLE local AS SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(id, letter)");
    }

    private List<String> requests(String statement) throws SQLException {
        return rows("EXPLAIN " + statement).stream()
                .filter(row -> row.startsWith("mssql ms|"))
                .map(row -> row.substring("mssql ms|".length()))
                .toList();
    }

    @Test
    void aggregatesAndPagesAreTheServers() throws SQLException {
        String sum = "SELECT count(*), sum(price) FROM ms.dbo.t WHERE id < 3";
        assertThat(requests(sum))
                .containsExactly("SELECT COUNT_BIG(*) AS [c1], SUM(CAST([t1].[price] AS decimal(38,2))) AS [c2]"
                        + " FROM [dbo].[t] AS [t1] WHERE [t1].[id] < @p1\n-- @p1 int = 3");
        assertThat(rows(sum)).containsExactly("2|112.49");
        String page = "SELECT name FROM ms.t ORDER BY id DESC LIMIT 2";
        assertThat(requests(page))
                .singleElement()
                .asString()
                .contains("TOP (2)")
                .contains("ORDER BY");
        assertThat(rows(page)).containsExactly("ONE", "two");
    }

    @Test
    void namesMeanWhatTheyMeanToDuckDb() throws SQLException {
        run("USE ms.dbo");
        assertThat(requests("SELECT count(*) FROM t"))
                .singleElement()
                .asString()
                .startsWith("SELECT COUNT_BIG");
        run("CREATE TEMP TABLE t AS SELECT 42 AS id");
        assertThat(rows("SELECT max(id) FROM t")).containsExactly("42");
        assertThat(rows("SELECT max(a.id), max(b.id) FROM t AS a, ms.dbo.t AS b"))
                .containsExactly("42|3");
        run("DROP TABLE t");
        run("CREATE TEMP VIEW t AS SELECT 43 AS id");
        assertThat(rows("SELECT max(a.id), max(b.id) FROM t AS a, ms.dbo.t AS b"))
                .containsExactly("43|3");
        assertThat(rows("WITH t AS (SELECT 44 AS id) SELECT max(id) FROM t")).containsExactly("44");
    }

    @Test
    void theSettingsDecide() throws SQLException {
        String query = "SELECT id FROM ms.dbo.t WHERE name = 'one'";
        assertThat(rows(query)).containsExactly("1");
        run("SET mssql_query_pushdown = on");
        assertThat(rows(query + " ORDER BY id")).containsExactly("1", "3");
        run("SET mssql_query_pushdown TO 'off'");
        assertThat(requests(query))
                .containsExactly("SELECT [id], [name] FROM [dbo].[t] WHERE [name] = @p1\n-- @p1 nvarchar(4000) = one");
        assertThat(rows(query)).containsExactly("1");
        run("SET mssql_filter_pushdown = off");
        assertThat(requests(query)).containsExactly("SELECT [id], [name] FROM [dbo].[t]");
        assertThat(rows(query)).containsExactly("1");
        run("RESET mssql_query_pushdown");
        run("RESET mssql_filter_pushdown");
        assertThat(requests(query)).singleElement().asString().contains("COLLATE");
        assertThatThrownBy(() -> run("SET mssql_query_pushdown = maybe"))
                .hasMessageContaining("off, auto or on")
                .hasMessageContaining("maybe");
        assertThatThrownBy(() -> run("SET mssql_nothing = 1")).hasMessageContaining("mssql_nothing");
    }

    @Test
    void whatDuckDbHasToDoIsExplainedScanByScan() throws SQLException {
        String query = "SELECT l.letter, t.name FROM ms.dbo.t JOIN local l USING (id) WHERE t.price > 3.5";
        List<String> rows = rows("EXPLAIN " + query);
        assertThat(rows).last().asString().endsWith("FROM [dbo].[t] WHERE [price] > @p1\n-- @p1 decimal(12,2) = 3.50");
        assertThat(rows.get(0)).contains("price").doesNotContainPattern("c\\d+_[0-9a-f]{16}");
        assertThat(rows(query + " ORDER BY ALL")).containsExactly("a|one", "b|two");
        assertThat(rows("EXPLAIN ANALYZE " + query)).hasSize(2);
        assertThat(rows("EXPLAIN SELECT * FROM local")).hasSize(1);
    }

    @Test
    void manyInOneTransactionFindTheirFunctions() throws SQLException {
        run("BEGIN");
        for (int i = 0; i < 40; i++) {
            assertThat(rows("SELECT count(*) FROM ms.dbo.t WHERE id > " + i)).hasSize(1);
        }
        run("COMMIT");
    }
}
