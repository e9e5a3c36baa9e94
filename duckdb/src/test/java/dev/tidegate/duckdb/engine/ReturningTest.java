package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RETURNING of changed rows gives what DuckDB's own gives of a copy, and DEFAULT sets what a column has of its own. */
class ReturningTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20) DEFAULT N'def', n decimal(8, 2))",
                "INSERT INTO dbo.t VALUES (1, N'one', 10), (2, N'two', 20.5), (3, NULL, NULL)");
        attach("ms", "");
        run("CREATE TABLE own (id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'def', n DECIMAL(8, 2))");
        run("INSERT INTO own FROM ms.dbo.t");
        run(
                "CREATE TABLE src AS SELECT * FROM (VALUES (1, 'first'), (1, 'first'), (3, 'third'), (9, 'ninth')) s(id, label)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // The server runs these.
                "UPDATE {t} AS x SET n = n + 1 RETURNING *",
                "UPDATE {t} AS x SET n = 0, name = 'new' WHERE id = 2 RETURNING x.id, upper(name) AS u, n * 2 AS twice",
                "UPDATE {t} AS x SET name = DEFAULT, n = DEFAULT WHERE id < 3 RETURNING id, name, n",
                "UPDATE {t} AS x SET n = 1 WHERE id = 77 RETURNING id",
                "DELETE FROM {t} AS x WHERE n > 10 RETURNING x.*, id + 1 AS more",
                "DELETE FROM {t} AS x RETURNING id, CASE WHEN n > 15 THEN 'much' END AS s",
                // DuckDB finds the rows of these.
                "UPDATE {t} AS x SET name = reverse(name) RETURNING id, name",
                "UPDATE {t} AS x SET name = s.label, n = DEFAULT FROM src s WHERE s.id = x.id RETURNING *",
                "UPDATE {t} AS x SET name = DEFAULT WHERE length(name) = 3 RETURNING *",
                "UPDATE {t} AS x SET (name, n) = (DEFAULT, strlen(name)) WHERE length(name) = 3 RETURNING *",
                "DELETE FROM {t} AS x USING src WHERE src.id = x.id RETURNING id, name",
                "DELETE FROM {t} AS x WHERE length(name) = 99 RETURNING id",
                // These are there already, or not.
                "INSERT INTO {t} AS x (id, n) VALUES (2, 5), (7, 8) ON CONFLICT (id) DO UPDATE SET n = excluded.n, name ="
                        + " DEFAULT RETURNING id, name, n",
                "INSERT OR IGNORE INTO {t} AS x (id, name) VALUES (1, 'old'), (8, 'new') RETURNING *",
            })
    void theRowsAreThoseThatDuckdbGives(String sql) throws SQLException {
        List<String> expected = rows(sql.replace("{t}", "own"));
        assertThat(rows(sql.replace("{t}", "ms.dbo.t"))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
        assertThat(rows("SELECT count(*) FROM duckdb_tables() WHERE temporary")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            UPDATE ms.dbo.t SET n = 1 RETURNING nothing                            | nothing
            UPDATE ms.dbo.t SET n = 1 RETURNING CAST(name AS INTEGER)              | Could not convert string
            UPDATE ms.dbo.t SET name = upper(name) RETURNING CAST(name AS INTEGER) | Could not convert string
            UPDATE ms.dbo.t SET n = s.id FROM src s WHERE s.id = t.id RETURNING s.label | s
            DELETE FROM ms.dbo.t RETURNING CAST(name AS INTEGER)                   | Could not convert string
            DELETE FROM ms.dbo.t WHERE length(name) = 3 RETURNING 1 / (id - 'x')   | x
            INSERT OR REPLACE INTO ms.dbo.t VALUES (1, 'x', 1) RETURNING CAST(name AS INTEGER) | Could not convert string
            """)
    void whatFailsOfReturningLeavesEverythingAsItWas(String sql, String message) throws SQLException {
        assertThatThrownBy(() -> rows(sql)).isInstanceOf(SQLException.class).hasMessageContaining(message);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
        assertThat(rows("UPDATE ms.dbo.t SET n = 5 WHERE id = 1 RETURNING n")).containsExactly("5.00");
    }

    @Test
    void inATransactionRowsComeBackAndAreUndoneWithIt() throws SQLException {
        run("BEGIN");
        assertThat(rows("DELETE FROM ms.dbo.t WHERE id = 1 RETURNING name")).containsExactly("one");
        assertThat(rows("UPDATE ms.dbo.t SET name = upper(name) WHERE id = 2 RETURNING name"))
                .containsExactly("TWO");
        assertThat(rows("SELECT name FROM ms.dbo.t ORDER BY id")).containsExactly("TWO", "null");
        run("ROLLBACK");
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @Test
    void aPreparedOneTakesItsParametersEachTime() throws SQLException {
        try (PreparedStatement insert = duckdb().prepareStatement(
                                "INSERT INTO ms.dbo.t (id, n) VALUES (?, ?) RETURNING id, name, n + 1 AS more");
                PreparedStatement update =
                        duckdb().prepareStatement("UPDATE ms.dbo.t SET name = reverse(?) WHERE id = ? RETURNING name");
                PreparedStatement delete =
                        duckdb().prepareStatement("DELETE FROM ms.dbo.t WHERE id = $1 OR $1 < 0 RETURNING *")) {
            assertThat(insert.getMetaData().getColumnName(3)).isEqualTo("more");
            assertThat(update.getParameterMetaData().getParameterCount()).isEqualTo(2);
            assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("3");
            for (int id = 11; id < 14; id++) {
                insert.setInt(1, id);
                insert.setInt(2, id * 2);
                assertThat(answer(insert)).containsExactly(id + "|def|" + (id * 2 + 1) + ".00");
                update.setString(1, "abc" + id);
                update.setInt(2, id);
                assertThat(answer(update))
                        .containsExactly(new StringBuilder("abc" + id).reverse().toString());
            }
            delete.setInt(1, 12);
            assertThat(answer(delete)).containsExactly("12|21cba|24.00");
            assertThat(answer(delete)).isEmpty();
            delete.setInt(1, -1);
            assertThat(answer(delete)).hasSize(5);
        }
        assertThat(rows("FROM ms.dbo.t")).isEmpty();
    }

    private static List<String> answer(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return read(rows);
        }
    }

    @Test
    void whatAPreparedOneCannotDoIsRefused() throws SQLException {
        assertThatThrownBy(() -> duckdb().prepareStatement("DELETE FROM ms.dbo.t WHERE id = ? RETURNING id + ?"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("a parameter in the expressions of RETURNING");
        assertThatThrownBy(() -> duckdb().prepareStatement("DELETE FROM ms.dbo.t WHERE id = ? RETURNING nothing"))
                .hasMessageContaining("nothing");
        try (PreparedStatement delete = duckdb().prepareStatement("DELETE FROM ms.dbo.t WHERE id = ? RETURNING id")) {
            delete.setInt(1, 1);
            delete.addBatch();
            assertThatThrownBy(delete::executeBatch)
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("a batch of RETURNING");
        }
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    /** Which of them would be the table's nobody could say. */
    @ParameterizedTest
    @ValueSource(strings = {"DO UPDATE SET n = excluded.n", "DO NOTHING"})
    void newRowsWhoseKeysDifferByCollationOnlyAreAnError(String action) throws SQLException {
        onServer("CREATE TABLE dbo.k (a nvarchar(10) NULL UNIQUE, n int)", "INSERT INTO dbo.k VALUES (N'x', 1)");
        run("CALL mssql_clear_cache('ms')");
        assertThatThrownBy(() ->
                        run("INSERT INTO ms.dbo.k VALUES ('Abc', 2), ('y', 3), ('aBC', 4) ON CONFLICT (a) " + action))
                .hasMessageContaining("several new rows have the key [")
                .hasMessageMatching("(?is).*\\[abc\\].*")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("21000");
        assertThat(rows("FROM ms.dbo.k")).containsExactly("x|1");
        run("INSERT INTO ms.dbo.k VALUES ('X', 2), ('y', 3), ('y', 4), (NULL, 5) ON CONFLICT (a) " + action);
        assertThat(rows("SELECT a, n FROM ms.dbo.k WHERE a <> 'x' OR a IS NULL ORDER BY a"))
                .containsExactly("y|3", "null|5");
    }

    /** For DuckDB, too, a NULL is no key; the server takes one only, and says so. */
    @Test
    void newRowsWithoutAKeyAreNotTakenForOne() throws SQLException {
        onServer("CREATE TABLE dbo.k (a int NULL UNIQUE, n int)");
        run("CALL mssql_clear_cache('ms')");
        assertThatThrownBy(() -> run("INSERT INTO ms.dbo.k VALUES (NULL, 1), (NULL, 2) ON CONFLICT (a) DO NOTHING"))
                .hasMessageContaining("UNIQUE KEY");
        assertThat(rows("FROM ms.dbo.k")).isEmpty();
    }
}
