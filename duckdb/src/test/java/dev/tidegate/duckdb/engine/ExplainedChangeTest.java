package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EXPLAIN of whatever changes an attached table, which DuckDB itself takes for a view. */
class ExplainedChangeTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20))",
                "INSERT INTO dbo.t VALUES (1, N'one'), (2, N'two')");
        attach("ms", "");
    }

    private static final String SENT = "mssql|DuckDB finds the rows, which are then sent";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO ms.dbo.t VALUES (3, 'three')",
                "INSERT INTO ms.dbo.t VALUES (3, 'three') RETURNING id",
                "INSERT INTO ms.dbo.t SELECT id + 10, name FROM ms.dbo.t RETURNING id",
                "INSERT INTO ms.dbo.t VALUES (1, 'three') ON CONFLICT (id) DO NOTHING",
                "INSERT OR REPLACE INTO ms.dbo.t VALUES (1, 'three') RETURNING *",
                "COPY (SELECT 1 AS i) TO 'mssql://ms/dbo/made' (FORMAT mssql)",
                "COPY ms.dbo.t FROM 'missing.csv'",
            })
    void rowsThatAreSentAreSaidToBe(String statement) throws SQLException {
        assertThat(rows("EXPLAIN " + statement)).containsExactly(SENT);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).containsExactly("1|one", "2|two");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM ms.dbo.t WHERE id = 1 RETURNING name          | mssql ms, DELETE
            (FORMAT json) DELETE FROM ms.dbo.t WHERE id = 1           | mssql ms, DELETE
            UPDATE ms.dbo.t SET name = 'x' WHERE id = 1 RETURNING *   | mssql ms, UPDATE
            UPDATE ms.dbo.t SET name = md5(name) RETURNING *          | mssql, DuckDB finds the rows: the function md5
            """)
    void whatTheServerRunsIsShown(String statement, String start) throws SQLException {
        assertThat(rows("EXPLAIN " + statement)).singleElement().asString().startsWith(start.replace(", ", "|"));
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).containsExactly("1|one", "2|two");
    }

    @Test
    void tablesOfTheTransactionAreExplainedToo() throws SQLException {
        run("BEGIN");
        run("CREATE TABLE ms.dbo.made (id INTEGER PRIMARY KEY)");
        assertThat(rows("EXPLAIN DELETE FROM ms.dbo.made WHERE id = 3"))
                .singleElement()
                .asString()
                .startsWith("mssql ms|DELETE");
        assertThat(rows("EXPLAIN INSERT INTO ms.dbo.made VALUES (1)")).containsExactly(SENT);
        assertThat(rows("EXPLAIN INSERT INTO ms.dbo.made SELECT id FROM ms.dbo.t"))
                .singleElement()
                .asString()
                .startsWith("mssql");
        run("COMMIT");
        assertThat(rows("FROM ms.dbo.made")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN ANALYZE INSERT INTO ms.dbo.t VALUES (3, 'three')",
                "EXPLAIN (ANALYZE) DELETE FROM ms.dbo.t RETURNING id",
                "EXPLAIN ANALYZE CREATE TABLE ms.dbo.made AS SELECT 1 AS i",
            })
    void nothingIsChangedToBeMeasured(String statement) throws SQLException {
        assertThatThrownBy(() -> run(statement))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("EXPLAIN ANALYZE")
                .hasMessageContaining("EXPLAIN shows what would be sent");
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).containsExactly("1|one", "2|two");
        assertThat(rows("FROM mssql_tables() WHERE table_name = 'made'")).isEmpty();
    }
}
