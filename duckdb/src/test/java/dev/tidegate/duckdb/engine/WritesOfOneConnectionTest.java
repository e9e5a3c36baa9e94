package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements of every kind that write to an attached database and read it at the same time, on a pool of one connection: within a
 * transaction that connection has all of its writes, and its queries see them.
 */
class WritesOfOneConnectionTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, name nvarchar(20), n int)",
                "INSERT INTO dbo.t VALUES (1, N'one', 10), (2, N'two', 20), (3, NULL, NULL)",
                "CREATE TABLE dbo.late (id int NOT NULL PRIMARY KEY, name nvarchar(20))",
                "INSERT INTO dbo.late VALUES (1, N'late one'), (9, N'late nine')");
        attach("ms", ", MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 5000");
        run("CREATE TABLE here AS SELECT 2 AS id, 'local' AS name");
    }

    private void assertClean() throws SQLException {
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
        assertThat(rows("SELECT database_name FROM duckdb_databases() WHERE database_name LIKE '%transaction%'"))
                .isEmpty();
    }

    private List<String> onServer(String column, String table) throws SQLException {
        return onServerRows("SELECT " + column + " FROM " + table + " ORDER BY 1");
    }

    /** DuckDB shows a transaction what a database was when it first looked: all of these tables have come into sight since. */
    @Test
    @Guarantee(value = "G36", surface = Surface.E)
    void changesSeeTablesThatTheTransactionHasMadeOrNotMentionedBefore() throws SQLException {
        run("BEGIN");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("3");
        run("CREATE TABLE ms.dbo.made (id INTEGER PRIMARY KEY, name VARCHAR(20))");
        run("INSERT INTO ms.dbo.made VALUES (1, 'made one'), (2, 'made two')");

        assertThat(count("UPDATE ms.dbo.t AS x SET name = reverse(late.name) FROM ms.dbo.late WHERE late.id = x.id"))
                .isOne();
        assertThat(count("UPDATE ms.dbo.t AS x SET n = length(m.name) FROM ms.dbo.made m WHERE m.id = x.id AND"
                        + "  m.id > 1"))
                .isOne();
        assertThat(count("UPDATE ms.dbo.made SET name = upper(name) WHERE ms.dbo.made.id = 1 AND length(name) > 1"))
                .isOne();
        assertThat(count("UPDATE ms.made SET name = name || '!' WHERE id IN (SELECT id FROM ms.dbo.t)"))
                .isEqualTo(2);
        assertThat(count("DELETE FROM ms.dbo.late WHERE lower(name) = 'late nine' AND id NOT IN (FROM (SELECT id FROM"
                        + " ms.dbo.made))"))
                .isOne();
        assertThat(count("INSERT INTO ms.dbo.made SELECT id + 1, name FROM ms.dbo.late UNION ALL SELECT id + 1, name"
                        + " FROM ms.dbo.made ON CONFLICT DO NOTHING"))
                .isOne();
        assertThat(count("INSERT OR REPLACE INTO ms.dbo.late BY NAME SELECT id, upper(name) AS name FROM ms.dbo.made"
                        + " WHERE id = 1"))
                .isOne();
        assertThat(count("UPDATE ms.dbo.late SET name = q.s FROM mssql_query('ms', $$SELECT N'asked' AS s$$) q"))
                .isOne();
        run("CREATE VIEW ms.dbo.both AS SELECT m.id, t.n FROM ms.dbo.made m JOIN ms.dbo.t ON m.id = t.id");
        assertThat(rows("SELECT id, n FROM ms.dbo.both ORDER BY id")).containsExactly("1|10", "2|8", "3|null");
        run("COMMIT");

        assertThat(onServer("name", "dbo.made")).containsExactly("MADE ONE!", "made two!", "made two!");
        assertThat(onServer("name", "dbo.late")).containsExactly("asked");
        assertThat(rows("SELECT * FROM ms.dbo.t ORDER BY id"))
                .containsExactly("1|eno etal|10", "2|two|8", "3|null|null");
        assertThat(rows("SELECT n FROM ms.dbo.both WHERE id = 2")).containsExactly("8");
        assertClean();
    }

    @Test
    @Guarantee(value = "G36", surface = Surface.E)
    void aTransactionMayComeToManyTables() throws SQLException {
        List<String> tables =
                IntStream.range(0, 20).mapToObj(i -> "ms.dbo.many" + i).toList();
        for (int i = 0; i < tables.size(); i++) {
            onServer("CREATE TABLE dbo.many" + i + " (n int NOT NULL PRIMARY KEY); INSERT INTO dbo.many" + i
                    + " VALUES (" + i + ")");
        }
        run("CALL mssql_clear_cache('ms')");
        run("BEGIN");
        for (int i = 0; i < tables.size(); i++) {
            assertThat(rows("FROM " + tables.get(i))).containsExactly(Integer.toString(i));
        }
        run("COMMIT");
        assertClean();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Guarantee(value = "G36", surface = Surface.E)
    void whatIsWrittenToMayBeRead(boolean inTransaction, @TempDir Path files) throws SQLException {
        run(inTransaction ? "BEGIN" : "SELECT 1");
        assertThat(count("INSERT INTO ms.dbo.t SELECT id + 10, name, n FROM ms.dbo.t"))
                .isEqualTo(3);
        assertThat(count("INSERT INTO ms.dbo.t (id, name) SELECT t.id + 100, l.name FROM ms.dbo.t JOIN ms.dbo.late l"
                        + " ON l.id = t.id"))
                .isOne();
        assertThat(count("INSERT INTO ms.dbo.late SELECT id + 1000, name FROM ms.dbo.t WHERE id = 2 UNION ALL SELECT"
                        + " id + 2000, name FROM ms.dbo.late WHERE id = 9"))
                .isEqualTo(2);
        assertThat(count("CREATE TABLE ms.dbo.copy AS SELECT t.*, h.name AS other FROM ms.dbo.t LEFT JOIN here h USING"
                        + " (id)"))
                .isEqualTo(7);
        assertThat(count("COPY (SELECT id, name FROM ms.dbo.copy) TO 'mssql://ms/dbo/copied'"))
                .isEqualTo(7);
        assertThat(count("COPY ms.dbo.copied TO 'mssql://ms/dbo/copied' (APPEND)"))
                .isEqualTo(7);
        String file = files.resolve("late.csv").toString().replace("'", "''");
        assertThat(count("COPY (SELECT id, name[:8] AS name FROM ms.dbo.late) TO '" + file + "'"))
                .isEqualTo(4);
        assertThat(count("COPY ms.dbo.copied FROM '" + file + "'")).isEqualTo(4);
        assertThat(count("UPDATE ms.dbo.t SET n = l.id, name = upper(l.name) FROM ms.dbo.late l WHERE l.id = t.id"))
                .isOne();
        assertThat(count("UPDATE ms.dbo.t SET n = n + 1 WHERE id IN (SELECT id FROM ms.dbo.late)"))
                .isOne();
        assertThat(count("DELETE FROM ms.dbo.t USING here h, ms.dbo.copy c WHERE h.id = t.id AND c.id = t.id"))
                .isOne();
        assertThat(count("INSERT INTO ms.dbo.t (id, name) SELECT id, name FROM ms.dbo.late ON CONFLICT (id) DO UPDATE"
                        + " SET name = excluded.name"))
                .isEqualTo(4);
        run("ALTER TABLE ms.dbo.t ADD COLUMN extra INTEGER DEFAULT 5");
        run("CREATE INDEX by_name ON ms.dbo.t (name)");
        assertThat(rows("SELECT DISTINCT extra FROM ms.dbo.t")).containsExactly("5");
        run("DROP TABLE ms.dbo.copy");
        assertThat(rows("SELECT column_name FROM (DESCRIBE ms.dbo.copied)")).containsExactly("id", "name");
        assertThat(rows("SELECT table_name FROM mssql_tables('ms') ORDER BY 1")).containsExactly("copied", "late", "t");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t a JOIN ms.dbo.late b USING (id) JOIN here h ON h.id <> a.id"))
                .containsExactly("4");
        run(inTransaction ? "COMMIT" : "SELECT 1");

        assertThat(rows("SELECT id, name, n FROM ms.dbo.t ORDER BY id"))
                .containsExactly(
                        "1|late one|2",
                        "3|null|null",
                        "9|late nine|null",
                        "11|one|10",
                        "12|two|20",
                        "13|null|null",
                        "101|late one|null",
                        "1002|two|null",
                        "2009|late nine|null");
        assertThat(rows("SELECT count(*) FROM ms.dbo.copied")).containsExactly("18");
        assertClean();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE ms.dbo.made (a INTEGER)",
                "CREATE TABLE ms.dbo.made AS FROM here",
                "CREATE OR REPLACE TABLE ms.dbo.t (other DATE)",
                "CREATE OR REPLACE TABLE ms.dbo.t AS FROM here",
                "CREATE VIEW ms.dbo.made AS SELECT id FROM ms.dbo.late",
                "CREATE SCHEMA ms.made",
                "CREATE SCHEMA ms.made; CREATE TABLE ms.made.t (a INTEGER)",
                "ALTER TABLE ms.dbo.t ADD COLUMN made INTEGER",
                "ALTER TABLE ms.dbo.t DROP COLUMN name",
                "ALTER TABLE ms.dbo.t RENAME n TO made",
                "ALTER TABLE ms.dbo.t RENAME TO made",
                "ALTER TABLE ms.dbo.t ALTER n TYPE BIGINT",
                "CREATE UNIQUE INDEX made ON ms.dbo.t (n)",
                "DROP TABLE ms.dbo.t",
                "DROP TABLE ms.dbo.late; CREATE TABLE ms.dbo.late (made INTEGER)",
                "TRUNCATE ms.dbo.t",
            })
    @Guarantee(value = "G29", surface = Surface.E)
    void aDefinitionThatIsRolledBackIsNeitherOnTheServerNorKnown(String definition) throws SQLException {
        List<String> before = known();
        List<String> objects = objects();
        for (String end : List.of("ROLLBACK", "SELECT made FROM nowhere")) {
            run("BEGIN");
            run("INSERT INTO ms.dbo.late VALUES (77, 'before')");
            run(definition);
            if (end.equals("ROLLBACK")) {
                known("ms.dbo.late");
            } else {
                assertThatThrownBy(() -> run(end)).isInstanceOf(SQLException.class);
            }
            run("ROLLBACK");

            assertThat(objects()).isEqualTo(objects);
            assertThat(known()).isEqualTo(before);
        }
        assertClean();
        run("CREATE TABLE ms.dbo.made (made INTEGER); INSERT INTO ms.dbo.made VALUES (5)");
        assertThat(rows("FROM ms.dbo.made")).containsExactly("5");
    }

    /** What DuckDB is told of the tables, and their rows. */
    private List<String> known() throws SQLException {
        List<String> known =
                new ArrayList<>(rows("SELECT schema_name || '.' || table_name FROM mssql_tables('ms') ORDER BY 1"));
        for (String table : List.of("ms.dbo.late", "ms.dbo.t")) {
            known.addAll(known(table));
        }
        return known;
    }

    private List<String> known(String table) throws SQLException {
        List<String> known = new ArrayList<>(rows("SELECT column_name, column_type FROM (DESCRIBE " + table + ")"));
        known.addAll(rows("FROM " + table + " ORDER BY 1"));
        return known;
    }

    private List<String> objects() throws SQLException {
        List<String> objects =
                new ArrayList<>(onServerRows("SELECT name FROM sys.objects WHERE type IN ('U', 'V') ORDER BY name"));
        objects.addAll(onServerRows("SELECT name FROM sys.schemas ORDER BY name"));
        objects.addAll(
                onServerRows(
                        "SELECT name FROM sys.indexes WHERE name IS NOT NULL AND object_id IN (SELECT object_id FROM sys.tables) ORDER BY name"));
        return objects;
    }
}
