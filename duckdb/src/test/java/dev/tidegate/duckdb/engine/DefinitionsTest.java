package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.duckdb.EngineConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is defined through DuckDB is on the server as it was written, and seen at once. */
class DefinitionsTest extends OnAttachedServer {
    @BeforeEach
    void attach() throws SQLException {
        attach("ms", "");
    }

    private List<String> serverColumns(String table) throws SQLException {
        return rows("SELECT * FROM mssql_query('ms', $$SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH,"
                + " NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE TABLE_NAME = '" + table + "' ORDER BY ORDINAL_POSITION$$)");
    }

    private List<String> remote(String tsql) throws SQLException {
        return rows("SELECT * FROM mssql_query('ms', $$" + tsql + "$$)");
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK, false", "ROLLBACK, true", "COMMIT, false", "COMMIT, true"})
    void aSchemaOfATransactionIsThereOnceThatIsCommitted(String end, boolean withTable) throws SQLException {
        String known = "SELECT count(*) FROM duckdb_schemas() WHERE database_name = 'ms' AND schema_name = 'late'";
        run("BEGIN");
        run("CREATE SCHEMA ms.late");
        if (withTable) {
            run("CREATE TABLE ms.late.t AS SELECT 7 AS id");
            assertThat(rows("FROM ms.late.t")).containsExactly("7");
        }
        run("USE ms.late");
        try (EngineConnection other = duckdb().duplicate()) {
            assertThat(rows(other, known)).containsExactly("0");
            run("USE memory");
            run(end);

            String expected = end.equals("COMMIT") ? "1" : "0";
            assertThat(rows(known)).containsExactly(expected);
            assertThat(rows(other, known)).containsExactly(expected);
        }
        if (end.equals("COMMIT")) {
            run("USE ms.late");
            run("USE memory");
        } else {
            assertThatThrownBy(() -> run("USE ms.late")).isInstanceOf(SQLException.class);
            run("CREATE SCHEMA ms.late");
            run("USE ms.late");
            run("USE memory");
            run("DROP SCHEMA ms.late");
        }
    }

    @ParameterizedTest
    @CsvSource({"ROLLBACK, 1", "COMMIT, 0"})
    void aSchemaThatATransactionDropsIsThereUntilThatIsCommitted(String end, String left) throws SQLException {
        String known = "SELECT count(*) FROM duckdb_schemas() WHERE database_name = 'ms' AND schema_name = 'late'";
        run("CREATE SCHEMA ms.late");
        run("BEGIN");
        run("DROP SCHEMA ms.late");
        try (EngineConnection other = duckdb().duplicate()) {
            assertThat(rows(other, known)).containsExactly("1");
        }
        run(end);
        assertThat(rows(known)).containsExactly(left);
    }

    @Test
    void aSchemaThatIsDroppedIsGoneAtOnce() throws SQLException {
        String known = "SELECT count(*) FROM duckdb_schemas() WHERE database_name = 'ms' AND schema_name = 'late'";
        for (int i = 0; i < 2; i++) {
            run("CREATE SCHEMA ms.late");
            run("CREATE TABLE ms.late.t (id INTEGER)");
            assertThat(rows("FROM ms.late.t")).isEmpty();
            run("DROP TABLE ms.late.t");
            run("DROP SCHEMA ms.late");
            assertThat(rows(known)).containsExactly("0");
            assertThatThrownBy(() -> run("USE ms.late")).isInstanceOf(SQLException.class);
        }
        run("CREATE SCHEMA ms.late");
        run("CALL mssql_clear_cache('ms')");
        run("DROP SCHEMA ms.late");
        onServer("CREATE SCHEMA late", "CREATE TABLE late.t (id int)");
        run("CALL mssql_clear_cache('ms')");
        assertThat(rows("FROM ms.late.t")).as("made again by another").isEmpty();
        assertThat(rows(known)).containsExactly("1");
    }

    @Test
    void aTableIsMadeAndSeenAtOnce() throws SQLException {
        assertThat(rows("SELECT count(*) FROM duckdb_views() WHERE database_name = 'ms' AND view_name = 't'"))
                .containsExactly("0");
        run("CREATE TABLE ms.dbo.t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL DEFAULT 'it''s', note TEXT,"
                + " amount DECIMAL(12, 3), made TIMESTAMP DEFAULT current_timestamp, UNIQUE (name))");

        assertThat(serverColumns("t"))
                .containsExactly(
                        "id|int|null|10|0|null|NO",
                        "name|nvarchar|20|null|null|null|NO",
                        "note|nvarchar|-1|null|null|null|YES",
                        "amount|decimal|null|12|3|null|YES",
                        "made|datetime2|null|null|null|6|YES");
        assertThat(rows("DESCRIBE ms.dbo.t").toString())
                .contains("id|INTEGER", "name|VARCHAR", "amount|DECIMAL(12,3)", "made|TIMESTAMP");
        onServer("INSERT INTO dbo.t (id) VALUES (7)");
        assertThat(rows("SELECT id, name, note, made > now()::TIMESTAMP - INTERVAL 1 DAY FROM ms.dbo.t"))
                .containsExactly("7|it's|null|true");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t (id, name) VALUES (7, N'other')"))
                .hasMessageContaining("PRIMARY KEY");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t (id) VALUES (8)")).hasMessageContaining("UNIQUE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE TABLE ms.one (i int)                  | dbo.one
            CREATE TABLE MS.DBO.Two (i int)              | dbo.Two
            CREATE TABLE "ms"."dbo"."odd ] name" (i int) | dbo.odd ] name
            CREATE TABLE ms.main.three (i int)           | dbo.three
            USE ms; CREATE TABLE four (i int)            | dbo.four
            USE ms.dbo; CREATE TABLE five (i int)        | dbo.five
            CREATE SCHEMA ms.s; CREATE TABLE ms.s.six (i int) | s.six
            CREATE SCHEMA ms.s; USE ms.s; CREATE TABLE seven (i int) | s.seven
            """)
    void aNameMeansWhatItMeansToDuckdb(String sql, String made) throws SQLException {
        run(sql);
        run("USE memory");
        assertThat(remote("SELECT TABLE_SCHEMA + '.' + TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"))
                .containsExactly(made);
    }

    @Test
    void whatIsDuckdbsOwnStaysWithDuckdb() throws SQLException {
        run("CREATE TABLE mine (i int)");
        run("CREATE TEMP TABLE ms_temp (i int)");
        run("CREATE SCHEMA s; CREATE TABLE s.t (i int); ALTER TABLE s.t ADD COLUMN j int; DROP TABLE s.t");
        run("USE ms.dbo; CREATE TEMP TABLE hidden (i int); ALTER TABLE hidden ADD COLUMN j int; DROP TABLE hidden;"
                + " USE memory");
        run(
                "CREATE VIEW v AS SELECT 1; DROP VIEW v; CREATE SEQUENCE q; CREATE MACRO m() AS 1; CREATE TABLE c (i int); COMMENT ON TABLE c IS 'x'; DROP TABLE c");
        assertThat(remote("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES")).isEmpty();
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE NOT temporary"))
                .containsExactly("mine");
    }

    @Test
    void identityComputedColumnsAndChecksWork() throws SQLException {
        run("CREATE TABLE ms.dbo.t (id BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5) PRIMARY KEY,"
                + " a INTEGER CHECK (a > 0), b INTEGER, s VARCHAR(10) CHECK (s IN ('x', 'y')),"
                + " total INTEGER GENERATED ALWAYS AS (a + b), CONSTRAINT order_of CHECK (a < b OR b IS NULL))");
        onServer("INSERT INTO dbo.t (a, b, s) VALUES (1, 2, N'x'), (3, NULL, NULL)");
        assertThat(rows("SELECT id, a, b, total FROM ms.dbo.t ORDER BY id"))
                .containsExactly("10|1|2|3", "15|3|null|null");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t (a, b) VALUES (0, 5)"))
                .hasMessageContaining("CHECK");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t (a, b) VALUES (5, 4)"))
                .hasMessageContaining("order_of");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t (a, s) VALUES (5, N'z')"))
                .hasMessageContaining("CHECK");
    }

    @Test
    void aForeignKeyIsKept() throws SQLException {
        run("CREATE TABLE ms.dbo.parent (id INTEGER PRIMARY KEY)");
        run("CREATE TABLE ms.dbo.child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id))");
        run("CREATE TABLE ms.dbo.other (p INTEGER, FOREIGN KEY (p) REFERENCES ms.dbo.parent)");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.child VALUES (1, 1)"))
                .hasMessageContaining("FOREIGN KEY");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.other VALUES (1)")).hasMessageContaining("FOREIGN KEY");
        assertThatThrownBy(() -> run("DROP TABLE ms.dbo.parent")).hasMessageContaining("parent");
        run("DROP TABLE ms.dbo.child; DROP TABLE ms.dbo.other; DROP TABLE ms.dbo.parent");
    }

    @Test
    void orReplaceAndIfNotExistsAndIfExists() throws SQLException {
        run("CREATE TABLE ms.dbo.t (a INTEGER)");
        onServer("INSERT INTO dbo.t VALUES (1)");
        run("CREATE TABLE IF NOT EXISTS ms.dbo.t (b VARCHAR)");
        assertThat(rows("SELECT a FROM ms.dbo.t")).containsExactly("1");
        assertThatThrownBy(() -> run("CREATE TABLE ms.dbo.t (b VARCHAR)"))
                .hasMessageContaining("already an object named 't'");
        run("CREATE OR REPLACE TABLE ms.dbo.t (b VARCHAR(5), c DATE)");
        assertThat(rows("SELECT b, c FROM ms.dbo.t")).isEmpty();
        run("DROP TABLE ms.dbo.t");
        assertThatThrownBy(() -> rows("FROM ms.dbo.t")).hasMessageContaining("t");
        assertThatThrownBy(() -> run("DROP TABLE ms.dbo.t")).hasMessageContaining("t");
        run("DROP TABLE IF EXISTS ms.dbo.t; DROP VIEW IF EXISTS ms.dbo.v; DROP INDEX IF EXISTS ms.dbo.i;"
                + " DROP SCHEMA IF EXISTS ms.s; ALTER TABLE IF EXISTS ms.dbo.t ADD COLUMN x INTEGER");
    }

    @Test
    void alterTableDoesEachThing() throws SQLException {
        run("CREATE TABLE ms.dbo.t (id INTEGER PRIMARY KEY, a VARCHAR(10))");
        onServer("INSERT INTO dbo.t VALUES (1, N'one')");
        run("ALTER TABLE ms.dbo.t ADD COLUMN b INTEGER DEFAULT 5");
        assertThat(rows("SELECT * FROM ms.dbo.t")).containsExactly("1|one|5");
        run("ALTER TABLE ms.dbo.t ADD COLUMN IF NOT EXISTS b INTEGER");
        run("ALTER TABLE ms.dbo.t ALTER b SET DATA TYPE BIGINT");
        run("ALTER TABLE ms.dbo.t ALTER COLUMN b SET NOT NULL");
        assertThat(serverColumns("t").get(2)).isEqualTo("b|bigint|null|19|0|null|NO");
        assertThat(rows("SELECT typeof(b) FROM ms.dbo.t")).containsExactly("BIGINT");
        run("ALTER TABLE ms.dbo.t ALTER b DROP NOT NULL");
        run("ALTER TABLE ms.dbo.t ALTER b SET DEFAULT 7");
        onServer("INSERT INTO dbo.t (id) VALUES (2)");
        run("ALTER TABLE ms.dbo.t ALTER b DROP DEFAULT");
        onServer("INSERT INTO dbo.t (id) VALUES (3)");
        assertThat(rows("SELECT id, b FROM ms.dbo.t ORDER BY id")).containsExactly("1|5", "2|7", "3|null");
        run("ALTER TABLE ms.dbo.t RENAME b TO c");
        run("ALTER TABLE ms.dbo.t ALTER c SET DEFAULT 1");
        run("ALTER TABLE ms.dbo.t DROP COLUMN c");
        run("ALTER TABLE ms.dbo.t DROP COLUMN IF EXISTS c");
        run("ALTER TABLE ms.dbo.t ADD CONSTRAINT short CHECK (a <> 'long')");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t VALUES (4, N'long')"))
                .hasMessageContaining("short");
        run("ALTER TABLE ms.dbo.t DROP CONSTRAINT short");
        run("ALTER TABLE ms.dbo.t RENAME TO u");
        assertThat(rows("SELECT id, a FROM ms.dbo.u WHERE id = 1")).containsExactly("1|one");
        assertThatThrownBy(() -> rows("FROM ms.dbo.t")).hasMessageContaining("t");
    }

    @Test
    void indexesAreMadeAndDropped() throws SQLException {
        run("CREATE TABLE ms.dbo.t (a INTEGER, b VARCHAR(10))");
        run("CREATE UNIQUE INDEX by_a ON ms.dbo.t (a DESC, b)");
        run("CREATE UNIQUE INDEX IF NOT EXISTS by_a ON ms.dbo.t (b)");
        onServer("INSERT INTO dbo.t VALUES (1, N'x')");
        assertThatThrownBy(() -> onServer("INSERT INTO dbo.t VALUES (1, N'x')")).hasMessageContaining("by_a");
        run("DROP INDEX ms.dbo.by_a");
        onServer("INSERT INTO dbo.t VALUES (1, N'x')");
        assertThatThrownBy(() -> run("DROP INDEX ms.dbo.by_a")).hasMessage("index dbo.by_a is not there");
    }

    @Test
    void aViewIsKeptByTheServer() throws SQLException {
        run("CREATE TABLE ms.dbo.t (id INTEGER, name VARCHAR(10))");
        onServer("INSERT INTO dbo.t VALUES (1, N'one'), (2, N'two'), (3, NULL)");
        run("CREATE VIEW ms.dbo.v AS SELECT id, name AS called FROM ms.dbo.t WHERE id < 3 AND name <> 'it''s'");
        assertThat(rows("SELECT id, called FROM ms.dbo.v ORDER BY id")).containsExactly("1|one", "2|two");
        assertThat(remote("SELECT id, called FROM dbo.v ORDER BY id")).containsExactly("1|one", "2|two");
        run("CREATE VIEW IF NOT EXISTS ms.dbo.v AS SELECT 1 AS x FROM ms.dbo.t");
        run("CREATE OR REPLACE VIEW ms.dbo.v (n) AS SELECT count(*) FROM ms.dbo.t");
        assertThat(rows("SELECT n FROM ms.dbo.v")).containsExactly("3");
        run("ALTER VIEW ms.dbo.v RENAME TO w");
        assertThat(rows("SELECT n FROM ms.dbo.w")).containsExactly("3");
        run("DROP VIEW ms.dbo.w");
        assertThatThrownBy(() -> rows("FROM ms.dbo.w")).hasMessageContaining("w");
    }

    @Test
    void truncateEmptiesATable() throws SQLException {
        run("CREATE TABLE ms.dbo.t (id INTEGER)");
        onServer("INSERT INTO dbo.t VALUES (1), (2)");
        run("TRUNCATE ms.dbo.t");
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CREATE TABLE ms.dbo.t (a INTEGER[])                     | column "a": SQL Server has no type like INTEGER[]
            CREATE TABLE ms.dbo.t (a STRUCT(x INTEGER))             | column "a": SQL Server has no type like STRUCT(x INTEGER)
            CREATE TABLE ms.dbo.t (a NONSENSE)                      | column "a": NONSENSE is no type
            CREATE TABLE ms.dbo.t (a DECIMAL(50, 2))                | column "a": DECIMAL(50, 2) is no type
            CREATE TABLE ms.dbo.t (a INTEGER, A VARCHAR)            | table dbo.t would have two columns "A"
            CREATE TABLE ms.dbo.t (a INTEGER DEFAULT random())      | column "a": DEFAULT random() is neither
            CREATE TABLE ms.dbo.t (a INTEGER DEFAULT 'x')           | Could not convert string 'x' to INT32
            CREATE TABLE ms.dbo.t (a VARCHAR CHECK (regexp_matches(a, 'x'))) | CHECK (regexp_matches(a, 'x')) cannot be said in T-SQL: the function regexp_matches
            CREATE TABLE ms.dbo.t (a INTEGER, b INTEGER AS (a // 2)) | column "b": AS (a // 2) cannot be said in T-SQL
            CREATE TABLE ms.dbo.t (a INTEGER, b INTEGER AS (a + 1) STORED) | column "b": STORED columns are not made
            CREATE TABLE ms.dbo.t (a VARCHAR COLLATE NOCASE)        | column "a": NOCASE is no collation of SQL Server's
            CREATE TABLE ms.dbo.t (a INTEGER) WITH (kind = 'pile')  | KIND takes heap, clustered or columnstore, not pile
            CREATE TABLE ms.dbo.t (a INTEGER) WITH (kind = 'clustered') | KIND clustered needs KEY (columns) or a primary key
            CREATE TABLE ms.dbo.t (a INTEGER PRIMARY KEY) WITH (PRIMARY_KEY (a)) | has a PRIMARY KEY and the option PRIMARY_KEY
            CREATE TABLE ms.dbo.t (a INTEGER) WITH (KIND heap, KEY (a)) | KEY (columns) goes with KIND clustered
            CREATE TABLE ms.dbo.t (a INTEGER) WITH (KEY (b))        | there is no column "b" for the table's key
            CREATE TABLE ms.dbo.t (a INTEGER) WITH (fill = 3)       | there is no option fill
            CREATE TABLE ms.dbo.t (a INTEGER REFERENCES memory.main.p (a)) | a foreign key to memory.main.p, which is not in ms
            DROP TABLE ms.dbo.there CASCADE                         | CASCADE: SQL Server drops nothing along
            DROP SCHEMA ms.dbo CASCADE                              | CASCADE: SQL Server drops nothing along
            CREATE INDEX i ON ms.dbo.there (lower(a))               | CREATE INDEX i: only columns can be indexed
            CREATE INDEX i ON ms.dbo.there USING HNSW (a)           | CREATE INDEX i: SQL Server has no index of kind HNSW
            ALTER TABLE ms.dbo.there ALTER a TYPE VARCHAR USING a + 1 | ALTER TYPE … USING is not translated
            CREATE VIEW ms.dbo.v AS SELECT a FROM ms.dbo.there ORDER BY a | CREATE VIEW dbo.v: its query cannot be said in T-SQL (ORDER BY without LIMIT)
            CREATE VIEW ms.dbo.v AS SELECT list(a) FROM ms.dbo.there | CREATE VIEW dbo.v: its query cannot be said in T-SQL (the function list)
            CREATE VIEW ms.dbo.v AS SELECT 1 AS x FROM mine         | CREATE VIEW dbo.v: its query cannot be said in T-SQL (a table that is in no attached database)
            COMMENT ON TABLE ms.dbo.there IS 'words'                | COMMENT ON in ms is not translated; use mssql_execute
            COMMENT ON VIEW ms.dbo.there IS NULL                    | COMMENT ON in ms is not translated; use mssql_execute
            CREATE SEQUENCE ms.dbo.q                                | CREATE SEQUENCE in ms is not translated; use mssql_execute
            CREATE MACRO ms.dbo.m(x) AS x + 1                       | CREATE MACRO in ms is not translated; use mssql_execute
            CREATE OR REPLACE SCHEMA ms.s                           | CREATE OR REPLACE SCHEMA: SQL Server drops no schema
            CREATE TABLE ms.dbo.t (a INTEGER                        | CREATE: ')' was expected, not the end of the statement
            """)
    void whatCannotBeSaidIsRefusedBeforeAnythingRuns(String sql, String message) throws SQLException {
        onServer("CREATE TABLE dbo.there (a int)");
        run("CALL mssql_clear_cache('ms')");
        run("CREATE TABLE mine (i INTEGER)");
        assertThatThrownBy(() -> run(sql)).isInstanceOf(SQLException.class).hasMessageContaining(message);
        assertThat(remote("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES")).containsExactly("there");
        assertThat(serverColumns("there")).containsExactly("a|int|null|10|0|null|YES");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE ro.dbo.t (a INTEGER)",
                "DROP TABLE ro.dbo.there",
                "ALTER TABLE ro.dbo.there ADD COLUMN b INTEGER",
                "CREATE SCHEMA ro.s",
                "CREATE INDEX i ON ro.dbo.there (a)",
                "CREATE VIEW ro.dbo.v AS SELECT a FROM ro.dbo.there",
                "TRUNCATE ro.dbo.there",
            })
    void readOnlyIsHeeded(String sql) throws SQLException {
        onServer("CREATE TABLE dbo.there (a int)");
        attach("ro", ", READ_ONLY");
        assertThatThrownBy(() -> run(sql))
                .hasMessageContaining("ro is attached READ_ONLY")
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("25006");
        assertThat(remote("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES")).containsExactly("there");
    }

    @Test
    void aFailureHalfWayLeavesNothing() throws SQLException {
        onServer("CREATE TABLE dbo.t (a int)", "INSERT INTO dbo.t VALUES (1)");
        assertThatThrownBy(() -> run("CREATE OR REPLACE TABLE ms.dbo.t (b INTEGER REFERENCES nowhere (x))"))
                .hasMessageContaining("nowhere");
        assertThat(rows("SELECT a FROM ms.dbo.t")).containsExactly("1");
        assertThatThrownBy(() -> run("CREATE OR REPLACE TABLE ms.dbo.t (b INTEGER) WITH (kind = 'columnstore')"))
                .isInstanceOf(SQLException.class);
        assertThat(rows("SELECT a FROM ms.dbo.t")).containsExactly("1");
    }

    @Test
    void aDefinitionCanBePreparedAndHasNoCount() throws SQLException {
        try (PreparedStatement prepared = duckdb().prepareStatement("CREATE TABLE IF NOT EXISTS ms.dbo.t (a INTEGER)");
                Statement statement = duckdb().createStatement()) {
            assertThat(remote("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"))
                    .isEmpty();
            assertThat(prepared.execute()).isFalse();
            assertThat(prepared.execute()).isFalse();
            assertThat(statement.executeUpdate("DROP TABLE ms.dbo.t")).isNotPositive();
        }
        assertThatThrownBy(() -> duckdb().prepareStatement("CREATE SEQUENCE ms.dbo.q"))
                .isInstanceOf(SQLFeatureNotSupportedException.class);
    }

    @Test
    void onlyWhatWasTouchedIsLookedUpAnew() throws SQLException {
        onServer("CREATE TABLE dbo.a (i int)", "CREATE TABLE dbo.b (i int)");
        rows("FROM ms.dbo.a");
        rows("FROM ms.dbo.b");
        onServer("ALTER TABLE dbo.b ADD late int");
        run("ALTER TABLE ms.dbo.a ADD COLUMN j INTEGER");
        run("CREATE TABLE ms.dbo.c (i INTEGER)");
        run("DROP TABLE ms.dbo.c");
        assertThat(rows("SELECT column_name FROM (DESCRIBE ms.dbo.a)")).containsExactly("i", "j");
        assertThat(rows("SELECT column_name FROM (DESCRIBE ms.dbo.b)")).containsExactly("i");
    }

    /** It would go into or come from what stands for the database in memory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY FROM DATABASE memory TO ms",
                "COPY FROM DATABASE ms TO memory",
                "COPY FROM DATABASE memory TO \"MS\" (SCHEMA)",
                "EXPORT DATABASE ms TO 'never'",
                "USE ms; IMPORT DATABASE 'never'",
                "USE ms; EXPORT DATABASE 'never'",
            })
    void aWholeDatabaseIsNotCopied(String sql) throws SQLException {
        run("CREATE TABLE here AS SELECT 1 AS a");
        assertThatThrownBy(() -> run(sql))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessageContaining("a whole database cannot be copied from or into ms");
    }

    @Test
    void whatATextHasMadeBeforeItsErrorIsSeen() throws SQLException {
        onServer("CREATE TABLE dbo.known (a int)");
        rows("FROM ms.dbo.known");
        assertThatThrownBy(
                        () -> run("CALL mssql_execute('ms', 'CREATE TABLE dbo.half (a int); SELECT * FROM dbo.never')"))
                .isInstanceOf(SQLException.class);
        assertThat(rows("SELECT count(*) FROM ms.dbo.half")).containsExactly("0");
    }

    /** A transaction that has only read knows the table as it was. */
    @Test
    void aTransactionThatEndsDoesNotBringBackWhatAnotherHasChanged() throws SQLException {
        onServer("CREATE TABLE dbo.t (a int)");
        rows("FROM ms.dbo.t");
        try (EngineConnection other = duckdb().duplicate()) {
            run("BEGIN");
            rows("FROM ms.dbo.t");
            run(other, "ALTER TABLE ms.dbo.t ADD COLUMN extra INTEGER");
            run("COMMIT");
            assertThat(rows(other, "SELECT extra FROM ms.dbo.t")).isEmpty();
            assertThat(rows("SELECT extra FROM ms.dbo.t")).isEmpty();
        }
    }
}
