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

/** MERGE INTO an attached table does what DuckDB's own does to a copy. */
class MergeTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20) DEFAULT N'def', n int)",
                "INSERT INTO dbo.t VALUES (1, N'one', 10), (2, N'two', 20), (3, NULL, 30), (4, N'four', NULL)",
                "CREATE TABLE dbo.s (id int NOT NULL, label nvarchar(20), m int)",
                "INSERT INTO dbo.s VALUES (1, N'first', 11), (3, N'third', NULL), (8, N'eighth', 88), (9, NULL, 99)",
                "CREATE TABLE dbo.heap (id int, name nvarchar(20))",
                "INSERT INTO dbo.heap VALUES (1, N'h')");
        attach("ms", "");
        run("CREATE TABLE own (id INTEGER PRIMARY KEY, name VARCHAR DEFAULT 'def', n INTEGER)");
        run("INSERT INTO own FROM ms.dbo.t");
        run("CREATE TABLE src AS FROM ms.dbo.s");
    }

    /** What the server can do alone, as there it is, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WHEN MATCHED THEN UPDATE SET n = s.m",
                "WHEN MATCHED THEN UPDATE SET n = n + 1, name = s.label WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.m)",
                "WHEN MATCHED AND s.m IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET n = 7",
                "WHEN MATCHED AND s.m > 0 THEN UPDATE SET n = m WHEN MATCHED THEN DELETE",
                "WHEN NOT MATCHED BY TARGET AND m < 90 THEN INSERT VALUES (s.id, s.label, s.m)",
                "WHEN NOT MATCHED THEN INSERT (n, id) VALUES (m, s.id)",
                "WHEN NOT MATCHED BY SOURCE THEN DELETE",
                "WHEN NOT MATCHED BY SOURCE AND n IS NULL THEN UPDATE SET n = -1 WHEN MATCHED THEN DELETE WHEN NOT MATCHED"
                        + " THEN INSERT",
                "WHEN MATCHED THEN UPDATE WHEN NOT MATCHED THEN INSERT *",
                "WHEN NOT MATCHED BY SOURCE AND t.id = 2 THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET name ="
                        + " 'rest', n = 0",
                "WHEN MATCHED AND s.id = 77 THEN DELETE",
                "WHEN MATCHED THEN UPDATE SET name = DEFAULT, n = s.m",
                "WHEN NOT MATCHED THEN INSERT VALUES (s.id, DEFAULT, s.m)",
                // Only DuckDB can say these.
                "WHEN MATCHED THEN UPDATE SET name = upper(s.label) || t.name WHEN NOT MATCHED THEN INSERT (id, name)"
                        + " VALUES (s.id * 10, reverse(label))",
                "WHEN MATCHED AND s.m IS NULL THEN DO NOTHING WHEN MATCHED THEN DELETE",
                "WHEN MATCHED AND t.id = 1 THEN UPDATE SET n = 1 WHEN MATCHED THEN UPDATE SET name = 'x', n = DEFAULT",
                "WHEN NOT MATCHED AND s.id = 8 THEN INSERT (id) VALUES (80) WHEN NOT MATCHED THEN INSERT (id, n) VALUES"
                        + " (s.id, length(coalesce(label, 'none')))",
                "WHEN NOT MATCHED BY SOURCE AND length(name) = 3 THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET"
                        + " name = CASE WHEN n IS NULL THEN 'null' ELSE 'not' END",
                "WHEN MATCHED THEN UPDATE SET id = t.id + 100, n = strlen(s.label)",
                "WHEN MATCHED AND CASE WHEN s.m IS NULL THEN false ELSE true END THEN DELETE",
                "WHEN NOT MATCHED THEN INSERT BY NAME",
                "WHEN MATCHED AND false THEN ERROR 'never' WHEN MATCHED THEN UPDATE BY NAME",
                "WHEN MATCHED THEN UPDATE SET (name, n) = (lower(s.label), s.m / 2)",
                "WHEN MATCHED AND s.id IN (SELECT max(id) FROM src) THEN DELETE WHEN NOT MATCHED BY SOURCE THEN DELETE WHEN"
                        + " NOT MATCHED THEN INSERT (id) VALUES (id + 1000)",
            })
    void theTableIsThenWhatDuckdbsWouldBe(String clauses) throws SQLException {
        boolean byName = clauses.contains("BY NAME");
        for (String source : List.of("src", "ms.dbo.s")) {
            String from = byName ? "(SELECT label AS name, id FROM " + source + ")" : source;
            long local =
                    count("MERGE INTO own AS t USING " + (byName ? from : "src") + " AS s ON s.id = t.id " + clauses);
            long remote = count("MERGE INTO ms.dbo.t USING " + from + " s ON s.id = t.id " + clauses);
            assertThat(remote).as("count with " + source).isEqualTo(local);
            assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
            again();
        }
        assertThat(rows("SELECT count(*) FROM duckdb_tables() WHERE temporary")).containsExactly("0");
    }

    private void again() throws SQLException {
        run("DELETE FROM own");
        onServer(
                "DELETE FROM dbo.t",
                "INSERT INTO dbo.t VALUES (1, N'one', 10), (2, N'two', 20), (3, NULL, 30), (4, N'four', NULL)");
        run("INSERT INTO own FROM ms.dbo.t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MERGE INTO {t} USING (SELECT 2 AS id, 5 AS m) AS s USING (id) WHEN MATCHED THEN UPDATE SET n = m",
                "MERGE INTO {t} USING (VALUES (2, 'v'), (7, 'w')) AS v(k, name) ON v.k = {t}.id WHEN MATCHED THEN DELETE WHEN"
                        + " NOT MATCHED THEN INSERT (id, name) VALUES (k, v.name)",
                "WITH w AS (SELECT 3 AS id), v AS (FROM w) MERGE INTO {t} x USING v USING (id) WHEN MATCHED THEN UPDATE SET"
                        + " name = (SELECT 'w' || id FROM w)",
                "MERGE INTO {t} AS x USING range(3, 6) r(i) ON r.i = x.id WHEN MATCHED THEN UPDATE SET n = i WHEN NOT MATCHED"
                        + " THEN INSERT (id) VALUES (i)",
                "MERGE INTO {t} AS x USING src ON src.id > x.id + 7 WHEN NOT MATCHED BY SOURCE THEN DELETE",
                "MERGE INTO {t} AS x USING src y ON false WHEN NOT MATCHED BY SOURCE AND x.id < 3 THEN UPDATE SET n = n * 2",
                "MERGE INTO {t} AS x USING {t} AS y ON x.id = y.id - 1 WHEN MATCHED THEN UPDATE SET name = y.name",
                "MERGE INTO {t} AS x USING (SELECT NULL::INTEGER AS id) y ON y.id = x.id WHEN MATCHED THEN DELETE WHEN NOT"
                        + " MATCHED THEN INSERT (id, n) VALUES (50, y.id)",
            })
    void sourcesOfAllFormsAreTaken(String sql) throws SQLException {
        String remote = sql.replace("{t}.", "t.").replace("{t}", "ms.dbo.t");
        long expected = count(sql.replace("{t}", "own"));
        assertThat(count(remote)).isEqualTo(expected);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @Test
    void returningGivesEachChangedRowAndWhatWasDoneToIt() throws SQLException {
        String merge =
                "MERGE INTO %s AS t USING src AS s ON s.id = t.id WHEN MATCHED AND s.m IS NULL THEN DELETE WHEN MATCHED"
                        + " THEN UPDATE SET n = s.m WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.m) RETURNING";
        for (String expressions :
                List.of("merge_action, *", "*", "t.n + 1 AS more, lower(merge_action) AS done", "id, name || '!'")) {
            assertThat(rows(String.format(merge, "ms.dbo.t") + " " + expressions))
                    .as(expressions)
                    .containsExactlyInAnyOrderElementsOf(rows(String.format(merge, "own") + " " + expressions));
            assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
            again();
        }
    }

    @Test
    void parametersAreTaken() throws SQLException {
        try (PreparedStatement merge = duckdb().prepareStatement(
                        "MERGE INTO ms.dbo.t USING (SELECT ? AS id, ? AS n) AS s"
                                + " USING (id) WHEN MATCHED AND t.n = ? THEN DELETE WHEN MATCHED THEN UPDATE SET n = s.n WHEN NOT MATCHED"
                                + " THEN INSERT (id, n) VALUES (s.id, s.n)")) {
            int[][] entries = {{1, 5, 10}, {2, 6, 10}, {77, 7, 10}};
            for (int[] entry : entries) {
                for (int i = 0; i < entry.length; i++) {
                    merge.setInt(i + 1, entry[i]);
                }
                assertThat(merge.executeUpdate()).isOne();
            }
            assertThat(rows("SELECT id, n FROM ms.dbo.t WHERE id IN (1, 2, 77) ORDER BY id"))
                    .containsExactly("2|6", "77|7");
            for (int[] entry : new int[][] {{2, 60, 0}, {3, 61, 0}}) {
                for (int i = 0; i < entry.length; i++) {
                    merge.setInt(i + 1, entry[i]);
                }
                merge.addBatch();
            }
            assertThat(merge.executeBatch()).containsExactly(1, 1);
        }
        assertThat(rows("SELECT n FROM ms.dbo.t WHERE id IN (2, 3) ORDER BY id"))
                .containsExactly("60", "61");
    }

    @Test
    void inATransactionItIsUndoneWithIt() throws SQLException {
        run("BEGIN");
        assertThat(
                        count(
                                "MERGE INTO ms.dbo.t USING src s ON s.id = t.id WHEN MATCHED THEN UPDATE SET name = upper(label)"))
                .isEqualTo(2);
        assertThat(
                        count(
                                "MERGE INTO ms.dbo.t USING ms.dbo.s ON s.id = t.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)"))
                .isEqualTo(2);
        assertThat(rows("SELECT id, name FROM ms.dbo.t ORDER BY id"))
                .containsExactly("1|FIRST", "2|two", "3|THIRD", "4|four", "8|def", "9|def");
        run("ROLLBACK");
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }

    @Test
    void anIdentityIsNumberedByTheServerUnlessItIsGiven() throws SQLException {
        onServer(
                "CREATE TABLE dbo.i (id int IDENTITY(5, 5) PRIMARY KEY, v nvarchar(10), w AS (v + N'!'))",
                "INSERT INTO dbo.i (v) VALUES (N'a')");
        run("CALL mssql_clear_cache('ms')");
        assertThat(rows("MERGE INTO ms.dbo.i USING (VALUES ('a'), ('b')) s(v) ON i.v = s.v WHEN NOT MATCHED THEN INSERT"
                        + " RETURNING *"))
                .containsExactly("10|b|b!");
        assertThat(count(
                        "MERGE INTO ms.dbo.i USING (VALUES (12, 'c')) s(id, v) USING (id) WHEN NOT MATCHED THEN INSERT BY"
                                + " NAME"))
                .isOne();
        assertThat(rows("FROM ms.dbo.i ORDER BY id")).containsExactly("5|a|a!", "10|b|b!", "12|c|c!");
    }

    @Test
    void withoutAKeyOnlyTheServerCanMerge() throws SQLException {
        assertThat(count("MERGE INTO ms.dbo.heap USING ms.dbo.s ON s.id = heap.id WHEN MATCHED THEN UPDATE SET name ="
                        + " s.label WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)"))
                .isEqualTo(4);
        assertThatThrownBy(() -> run("MERGE INTO ms.dbo.heap USING src s ON s.id = heap.id WHEN MATCHED THEN DELETE"))
                .hasMessageContaining("table dbo.heap has no primary key");
        assertThat(rows("FROM ms.dbo.heap ORDER BY id")).containsExactly("1|first", "3|null", "8|null", "9|null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            USING src s ON s.id > t.id WHEN MATCHED THEN UPDATE SET n = s.m                  | several rows of the source match the row of dbo.t with the key [
            USING src s ON s.id > t.id WHEN MATCHED THEN DELETE                              | several rows of the source match
            USING ms.dbo.s ON s.id > t.id WHEN MATCHED THEN DELETE                           | MERGE statement attempted to UPDATE or DELETE the same row more than once
            USING src s ON s.id = t.id WHEN MATCHED THEN ERROR 'no ' \\|\\| t.id             | WHEN MATCHED THEN ERROR: no
            USING src s ON s.id = t.id WHEN MATCHED AND t.id = 1 THEN ERROR                  | WHEN MATCHED AND t.id = 1 THEN ERROR
            USING src s ON s.id = t.id WHEN NOT MATCHED THEN INSERT (id, nothing) VALUES (1, 2) | nothing
            USING src s ON s.id = t.id WHEN NOT MATCHED THEN INSERT (id) VALUES (1, 2)       | has 1 columns in the list but 2 values
            USING src s ON s.id = t.id WHEN NOT MATCHED THEN INSERT DEFAULT VALUES           | an INSERT of nothing but defaults
            USING src s ON s.id = t.id WHEN MATCHED THEN UPDATE SET n = 1, N = 2             | is set twice
            USING src s ON s.id = t.id WHEN MATCHED THEN UPDATE SET nothing = 2              | nothing
            USING (SELECT 1 AS id) s ON s.id = t.id WHEN MATCHED THEN UPDATE                 | UPDATE needs 3 values for dbo.t, and the source has 1
            USING src s ON s.id = t.id WHEN NOT MATCHED THEN DELETE                          | has no row of the table to update or delete
            USING src s ON s.id = t.id WHEN NOT MATCHED THEN INSERT (id) VALUES (t.id)       | t
            USING src s JOIN src q ON s.id = q.id ON s.id = t.id WHEN MATCHED THEN DELETE    | put a join into one
            USING src s ON s.id = t.id                                                       | WHEN was expected
            USING src s ON s.id = t.id WHEN MATCHED DELETE                                   | THEN was expected
            USING src s ON s.id = t.id WHEN MATCHED THEN DROP                                | UPDATE, DELETE, INSERT, DO NOTHING or ERROR was expected
            USING nowhere s ON s.id = t.id WHEN MATCHED THEN DELETE                          | nowhere
            USING src s ON s.id = t.id WHEN MATCHED THEN UPDATE SET n = 'x'                  | Could not convert
            USING src s ON s.id = t.id WHEN NOT MATCHED THEN INSERT (id) VALUES (2)          | PRIMARY KEY
            USING src s ON s.id = t.id WHEN MATCHED THEN UPDATE SET name = repeat('x', 30)   | name
            USING src s ON s.id = t.id WHEN MATCHED THEN DELETE RETURNING s.id               | s
            """)
    void whatFailsOrIsRefusedLeavesEverythingAsItWas(String rest, String message) throws SQLException {
        assertThatThrownBy(() -> run("MERGE INTO ms.dbo.t " + rest.replace("\\|", "|")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(message);
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
        assertThat(
                        count(
                                "MERGE INTO ms.dbo.t USING src s ON s.id = t.id WHEN MATCHED THEN UPDATE SET name = upper(label)"))
                .isEqualTo(2);
        assertThat(rows("SELECT count(*) FROM duckdb_tables() WHERE temporary")).containsExactly("0");
    }

    @Test
    void readOnlyIsHeeded() throws SQLException {
        attach("ro", ", READ_ONLY");
        for (String source : List.of("src", "ro.dbo.s")) {
            assertThatThrownBy(() ->
                            run("MERGE INTO ro.dbo.t USING " + source + " s ON s.id = t.id WHEN MATCHED THEN DELETE"))
                    .hasMessageContaining("ro is attached READ_ONLY");
        }
        assertThat(rows("FROM ms.dbo.t ORDER BY id")).isEqualTo(rows("FROM own ORDER BY id"));
    }
}
