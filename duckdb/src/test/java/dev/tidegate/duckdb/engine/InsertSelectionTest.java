package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** INSERT … SELECT within one database is the server's alone where that gives the rows that DuckDB would have inserted. */
class InsertSelectionTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.b (id int NOT NULL, name nvarchar(20), price decimal(12, 2))",
                "INSERT INTO dbo.b VALUES (1, N'one', 12.50), (2, N'two', 99.99), (3, NULL, NULL)",
                "CREATE TABLE dbo.a (id int NOT NULL PRIMARY KEY, name nvarchar(20) DEFAULT N'def', price decimal(12, 2))",
                "CREATE TABLE dbo.i (id int IDENTITY(10, 5) PRIMARY KEY, v decimal(12, 2), twice AS v * 2)");
        attach("ms", "");
        run("CREATE TABLE local AS FROM ms.dbo.b");
    }

    private List<String> explained(String statement) throws SQLException {
        return rows("EXPLAIN " + statement);
    }

    @Test
    void whatIsSentIsWhatExplainShows() throws SQLException {
        String insert = "INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b WHERE id < 3";
        assertThat(explained(insert))
                .containsExactly("mssql ms|INSERT INTO [dbo].[a] ([id], [name], [price]) SELECT [tidegate_rows].[c1],"
                        + " [tidegate_rows].[c2], [tidegate_rows].[c3] FROM (SELECT [t1].[id] AS [c1], [t1].[name] AS [c2],"
                        + " [t1].[price] AS [c3] FROM [dbo].[b] AS [t1] WHERE [t1].[id] < @p1) AS [tidegate_rows]\n-- @p1 int"
                        + " = 3");
        assertThat(rows("FROM ms.dbo.a")).isEmpty();
        assertThat(count(insert)).isEqualTo(2);
        assertThat(rows("FROM ms.dbo.a ORDER BY id")).isEqualTo(rows("FROM local WHERE id < 3 ORDER BY id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO {t} SELECT * FROM {s}",
                "INSERT INTO {t} (price, id) SELECT sum(price), id FROM {s} GROUP BY id",
                "INSERT INTO {t} BY NAME SELECT price, id FROM {s} WHERE id <> 2",
                "INSERT INTO {t} SELECT * FROM {s} ORDER BY id DESC LIMIT 2",
                "INSERT INTO {t} (id) SELECT id FROM {s} ORDER BY id",
                "WITH w AS (SELECT id + 10 AS id FROM {s}) INSERT INTO {t} (id) SELECT id FROM w",
                "INSERT INTO {t} SELECT x.id, y.name, x.price FROM {s} x JOIN {s} y ON x.id = y.id + 1",
                "INSERT INTO {t} FROM {s} WHERE id > 77",
            })
    void theServerDoesItAlone(String sql) throws SQLException {
        String remote = sql.replace("{t}", "ms.dbo.a").replace("{s}", "ms.dbo.b");
        run("CREATE TABLE own (id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'def', price DECIMAL(12, 2))");
        assertThat(explained(remote)).singleElement().asString().startsWith("mssql ms|INSERT INTO [dbo].[a]");
        assertThat(count(remote)).isEqualTo(count(sql.replace("{t}", "own").replace("{s}", "local")));
        assertThat(rows("FROM ms.dbo.a ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            INSERT INTO ms.dbo.a SELECT id, upper(name), price FROM ms.dbo.b  | the function upper
            INSERT INTO ms.dbo.a (id, name) SELECT id, price FROM ms.dbo.b    | decimal(12,2) becomes nvarchar(20)
            INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b WHERE name < 'x'      | text is ordered by the server's collation
            INSERT INTO ms.dbo.a SELECT b.* FROM ms.dbo.b JOIN local USING (id) | a table
            INSERT INTO ms.dbo.a SELECT * FROM two.dbo.b                      | tables of another database
            """)
    void whatWouldBeOtherRowsGoesThroughDuckdb(String insert, String reason) throws SQLException {
        attach("two", "");
        assertThat(explained(insert))
                .singleElement()
                .asString()
                .startsWith("mssql|DuckDB finds the rows: ")
                .contains(reason);
        assertThat(count(insert)).isEqualTo(insert.contains("< 'x'") ? 2 : 3);
        assertThat(rows("SELECT count(*) FROM ms.dbo.a")).containsExactly(insert.contains("< 'x'") ? "2" : "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BEGIN"})
    void aTableThatWasJustMadeIsKnownInFull(String transaction) throws SQLException {
        run("CREATE TABLE ms.dbo.made AS SELECT 'old' AS id");
        run(transaction.isEmpty() ? "SELECT 1" : transaction);
        run("CREATE OR REPLACE TABLE ms.dbo.made AS SELECT id FROM ms.dbo.b");
        String insert = "INSERT INTO ms.dbo.made SELECT id FROM ms.dbo.made WHERE id < 3";
        run(transaction.isEmpty() ? "SELECT 1" : "COMMIT");
        assertThat(explained(insert)).singleElement().asString().startsWith("mssql ms|INSERT INTO [dbo].[made]");
        assertThat(count(insert)).isEqualTo(2);
    }

    @Test
    void theSettingIsHeeded() throws SQLException {
        String insert = "INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b WHERE name = 'ONE'";
        assertThat(count(insert)).isZero();
        run("SET mssql_query_pushdown = 'on'");
        assertThat(explained(insert)).singleElement().asString().startsWith("mssql ms|INSERT INTO");
        assertThat(count(insert)).isOne();
        run("SET mssql_query_pushdown = off");
        assertThat(explained("INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b"))
                .containsExactly("mssql|DuckDB finds the rows: push-down of whole queries is off");
        assertThat(count("INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b WHERE id > 1"))
                .isEqualTo(2);
    }

    @Test
    void identitiesAreNumberedByTheServerUnlessTheyAreGiven() throws SQLException {
        assertThat(count("INSERT INTO ms.dbo.i SELECT price FROM ms.dbo.b WHERE id = 1"))
                .isOne();
        assertThat(count("INSERT INTO ms.dbo.i (id, v) SELECT id, price FROM ms.dbo.b WHERE id = 2"))
                .isOne();
        assertThat(count("INSERT INTO ms.dbo.i (v) SELECT price FROM ms.dbo.b WHERE id = 3"))
                .isOne();
        assertThat(rows("FROM ms.dbo.i ORDER BY id"))
                .containsExactly("2|99.99|199.98", "10|12.50|25.00", "15|null|null");
    }

    @Test
    void allOfItOrNothing() throws SQLException {
        onServer("INSERT INTO dbo.a (id) VALUES (3)");
        assertThatThrownBy(() -> run("INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("PRIMARY KEY");
        assertThat(rows("SELECT id FROM ms.dbo.a")).containsExactly("3");
        run("BEGIN");
        assertThat(count("INSERT INTO ms.dbo.a SELECT * FROM ms.dbo.b WHERE id < 3"))
                .isEqualTo(2);
        assertThat(rows("SELECT count(*) FROM ms.dbo.a")).containsExactly("3");
        run("ROLLBACK");
        assertThat(rows("SELECT id FROM ms.dbo.a")).containsExactly("3");
        attach("ro", ", READ_ONLY");
        assertThatThrownBy(() -> run("INSERT INTO ro.dbo.a SELECT * FROM ro.dbo.b"))
                .hasMessageContaining("ro is attached READ_ONLY");
    }

    @Test
    void preparedItIsTheServersToo() throws SQLException {
        try (PreparedStatement insert =
                duckdb().prepareStatement("INSERT INTO ms.dbo.a (id) SELECT max(id) + 1 FROM ms.dbo.b")) {
            assertThat(insert.executeUpdate()).isOne();
            onServer("INSERT INTO dbo.b (id) VALUES (8)");
            assertThat(insert.executeUpdate()).isOne();
        }
        assertThat(rows("SELECT id FROM ms.dbo.a ORDER BY id")).containsExactly("4", "9");
    }

    @Test
    void changesAreExplainedLikewise() throws SQLException {
        assertThat(explained("UPDATE ms.dbo.a SET price = 1 WHERE id = 2"))
                .containsExactly(
                        "mssql ms|UPDATE [t1] SET [price] = @p1 FROM [dbo].[a] AS [t1] WHERE [t1].[id] = @p2\n--"
                                + " @p1 decimal(12,2) = 1.00, @p2 int = 2");
        assertThat(explained("DELETE FROM ms.dbo.a WHERE upper(name) = 'X'"))
                .containsExactly("mssql|DuckDB finds the rows: the function upper");
        assertThat(explained(
                        "MERGE INTO ms.dbo.a USING ms.dbo.b ON b.id = a.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED"
                                + " THEN INSERT"))
                .containsExactly("mssql ms|MERGE INTO [dbo].[a] WITH (HOLDLOCK) AS [t2] USING [dbo].[b] AS [t1] ON"
                        + " [t1].[id] = [t2].[id] WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY TARGET THEN INSERT ([id],"
                        + " [name], [price]) VALUES ([t1].[id], [t1].[name], [t1].[price]);");
        assertThat(rows("FROM ms.dbo.a")).isEmpty();
    }
}
