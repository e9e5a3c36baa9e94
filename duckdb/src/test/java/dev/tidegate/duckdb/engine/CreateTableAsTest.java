package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTableAsTest extends OnAttachedServer {
    @BeforeEach
    void attached() throws SQLException {
        attach("ms", "");
    }

    @Test
    void aTableIsMadeAndFilled() throws SQLException {
        assertThat(update("CREATE TABLE ms.dbo.t AS SELECT range AS id, 'n' || range AS name FROM range(3000)"))
                .isEqualTo(3000);

        assertThat(rows("SELECT count(*), sum(id), min(name) FROM ms.t")).containsExactly("3000|4498500|n0");
        assertThat(rows("SELECT column_name, column_type FROM (DESCRIBE ms.dbo.t)"))
                .containsExactly("id|BIGINT", "name|VARCHAR");
        assertThat(typesOf("t")).containsExactly("bigint", "nvarchar(10)");
        assertThat(rows("SELECT table_name FROM duckdb_tables() WHERE temporary"))
                .isEmpty();
    }

    /** The types of docs/types.md, and the value that comes back. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "true | bit",
                "200::UTINYINT | tinyint",
                "(-100)::TINYINT | smallint",
                "(-30000)::SMALLINT | smallint",
                "60000::USMALLINT | int",
                "(-2147483648)::INTEGER | int",
                "4294967295::UINTEGER | bigint",
                "(-9223372036854775808)::BIGINT | bigint",
                "18446744073709551615::UBIGINT | decimal(20,0)",
                "99999999999999999999999999999999999999::HUGEINT | decimal(38,0)",
                "99999999999999999999999999999999999999::UHUGEINT | decimal(38,0)",
                "1.5::FLOAT | real",
                "0.1::DOUBLE | float",
                "12.34::DECIMAL(9,2) | decimal(9,2)",
                "(-1234567890123456789012345678.0123456789)::DECIMAL(38,10) | decimal(38,10)",
                "'Grüße 𝄞'::VARCHAR | nvarchar(20)",
                "''::VARCHAR | nvarchar(10)",
                "repeat('x', 4001) | nvarchar(max)",
                "'{\"a\": 1}'::JSON | nvarchar(10)",
                "'b'::ENUM('a', 'b') | nvarchar(10)",
                "'\\xAA\\x00'::BLOB | varbinary(10)",
                "repeat('x', 8001)::BLOB | varbinary(max)",
                "'123e4567-e89b-12d3-a456-426614174000'::UUID | uniqueidentifier",
                "DATE '0001-01-01' | date",
                "TIME '23:59:59.999999' | time(6)",
                "'12:34:56.1234567'::TIME_NS | time(7)",
                "TIMESTAMP '9999-12-31 23:59:59.999999' | datetime2(6)",
                "'2024-02-29 12:00:00'::TIMESTAMP_S | datetime2(0)",
                "'2024-02-29 12:00:00.123'::TIMESTAMP_MS | datetime2(3)",
                "'2024-02-29 12:00:00.1234567'::TIMESTAMP_NS | datetime2(7)",
                "TIMESTAMPTZ '2024-02-29 12:00:00.123456+00' | datetimeoffset(6)",
            })
    void everyTypeHasItsColumnAndKeepsItsValue(String value, String type) throws SQLException {
        run("SET TimeZone = 'UTC'");
        run("CREATE TABLE l AS SELECT 1 AS n, " + value + " AS v UNION ALL SELECT 2, NULL");

        assertThat(update("CREATE TABLE ms.dbo.t AS FROM l")).isEqualTo(2);

        assertThat(typesOf("t").get(1)).isEqualTo(type);
        assertThat(rows("SELECT v::VARCHAR FROM ms.dbo.t ORDER BY n"))
                .isEqualTo(rows("SELECT v::VARCHAR FROM l ORDER BY n"));
        assertThat(update("INSERT INTO ms.dbo.t FROM l")).isEqualTo(2);
        assertThat(rows("SELECT DISTINCT v::VARCHAR FROM ms.dbo.t WHERE v IS NOT NULL"))
                .isEqualTo(rows("SELECT v::VARCHAR FROM l WHERE n = 1"));
    }

    @Test
    void aTypeThatTheServerHasNotIsRefusedBeforeAnythingIsMade() throws SQLException {
        assertThatThrownBy(() -> run("CREATE TABLE ms.t AS SELECT [1, 2] AS l"))
                .hasMessageContaining("column \"l\" has type INTEGER[]");
        assertThat(tables()).isEmpty();
    }

    @Test
    void columnsCanBeNamedAndLeftEmpty() throws SQLException {
        assertThat(update("CREATE TABLE ms.t (a, \"B c\") AS VALUES (1, 2), (3, 4)"))
                .isEqualTo(2);
        assertThat(update("CREATE TABLE ms.u AS FROM ms.t WITH NO DATA")).isEqualTo(0);

        assertThat(rows("SELECT \"B C\" FROM ms.t ORDER BY a")).containsExactly("2", "4");
        assertThat(rows("FROM ms.u")).isEmpty();
        assertThat(typesOf("u")).containsExactly("int", "int");
    }

    @Test
    void anExistingTableIsRefusedKeptOrReplaced() throws SQLException {
        run("CREATE TABLE ms.t AS SELECT 1 AS a");

        assertThatThrownBy(() -> run("CREATE TABLE ms.t AS SELECT 2 AS a"))
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(2714));
        assertThat(update("CREATE TABLE IF NOT EXISTS ms.t AS SELECT 3 AS a")).isEqualTo(-1);
        assertThat(rows("FROM ms.t")).containsExactly("1");
        assertThat(update("CREATE OR REPLACE TABLE ms.t AS SELECT a + 3 AS a, 'x' AS b FROM ms.t"))
                .isEqualTo(1);
        assertThat(rows("FROM ms.t")).containsExactly("4|x");
        assertThat(update("CREATE OR REPLACE TABLE ms.v AS SELECT 5 AS a")).isEqualTo(1);
        assertThat(tables()).containsExactly("t", "v");
    }

    @Test
    void aViewIsNotReplacedByATable() throws SQLException {
        onServer("CREATE VIEW dbo.v AS SELECT 1 AS a");

        assertThatThrownBy(() -> run("CREATE OR REPLACE TABLE ms.v AS SELECT 2 AS a"))
                .hasMessageContaining("dbo.v is no table");
        assertThat(rows("FROM ms.v")).containsExactly("1");
    }

    @Test
    @Guarantee(value = "G29", surface = Surface.E)
    void aReplacementThatFailsLeavesTheOldTable() throws SQLException {
        run("CREATE TABLE ms.t AS SELECT 1 AS a");

        assertThatThrownBy(() -> run(
                        "CREATE OR REPLACE TABLE ms.t AS SELECT CASE WHEN range < 5000 THEN range ELSE 'x'::INTEGER END AS a"
                                + " FROM range(6000)"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run("CREATE OR REPLACE TABLE ms.t AS SELECT '24:00:00'::TIME AS a"))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> run("CREATE TABLE ms.u AS SELECT DATE 'infinity' AS a"))
                .hasMessageContaining("infinity");

        assertThat(rows("FROM ms.t")).containsExactly("1");
        assertThat(tables()).containsExactly("t");
    }

    @Test
    void theKindOfTableIsAnOption() throws SQLException {
        run("CREATE TABLE ms.h WITH (KIND heap, PRIMARY_KEY (ID)) AS SELECT 1 AS id, 2 AS x");
        run("CREATE TABLE ms.c WITH (KEY (x, id)) AS SELECT 1 AS id, 2 AS x");

        assertThatThrownBy(() -> run("INSERT INTO ms.h VALUES (1, 3)"))
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(2627));
        assertThat(rows("FROM mssql_query('ms', $$SELECT COUNT(*) AS n FROM sys.indexes WHERE object_id ="
                        + " OBJECT_ID('dbo.c') AND name = 'clustered'$$)"))
                .containsExactly("1");
        assertThatThrownBy(() -> run("CREATE TABLE ms.x WITH (KIND clustered) AS SELECT 1 AS a"))
                .hasMessageContaining("KIND clustered needs KEY (columns) or a primary key");
        assertThatThrownBy(() -> run("CREATE TABLE ms.x WITH (KIND tree) AS SELECT 1 AS a"))
                .hasMessageContaining("KIND takes heap, clustered or columnstore, not tree");
        assertThatThrownBy(() -> run("CREATE TABLE ms.x WITH (sorted) AS SELECT 1 AS a"))
                .hasMessageContaining("there is no option sorted");
        assertThatThrownBy(() -> run("CREATE TABLE ms.x WITH (PRIMARY_KEY (b)) AS SELECT 1 AS a"))
                .hasMessageContaining("there is no column \"b\"");
        assertThat(tables()).containsExactly("c", "h");
    }

    /** By whatever statement a table is made, and however the options are written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            (KIND clustered, PRIMARY_KEY (id))            | CLUSTERED key
            (kind = 'CLUSTERED', "primary_key" = ('id'))  | CLUSTERED key
            """)
    void itsOptionsAreTheSameForAllTables(String options, String indexes) throws SQLException {
        run("CREATE TABLE ms.a (id INTEGER, x INTEGER) WITH " + options);
        run("CREATE TABLE ms.b WITH " + options + " AS SELECT 1 AS id, 2 AS x");
        for (String table : List.of("a", "b")) {
            assertThat(rows(
                            "FROM mssql_query('ms', $$SELECT i.type_desc + CASE i.is_primary_key WHEN 1 THEN ' key' ELSE ''"
                                    + " END AS d FROM sys.indexes i WHERE i.object_id = OBJECT_ID('dbo." + table
                                    + "') ORDER BY i.is_primary_key, i.type$$)"))
                    .as(table)
                    .containsExactly(indexes.split(", "));
        }
        run("INSERT INTO ms.a VALUES (1, 2)");
    }

    /** The embedded server has no columnstore, and says so by its number. */
    @Test
    void aKindThatTheServerHasNotIsItsErrorAndNothingIsLeft() throws SQLException {
        server();
        assertThatThrownBy(() -> run("CREATE TABLE ms.x WITH (KIND columnstore) AS SELECT 1 AS a"))
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(40510));
        assertThat(tables()).isEmpty();
    }

    @Test
    @Guarantee(value = "G37", surface = Surface.E)
    void makingATableTakesFewConnectionsAndLookingItUpNone() throws SQLException {
        run("CREATE TABLE l AS SELECT range AS a, 'x' AS b FROM range(1000)");
        for (int i = 0; i < 20; i++) {
            long before = acquired();
            run("CREATE OR REPLACE TABLE ms.dbo.t AS SELECT a, b, " + i + " AS c" + i + " FROM l");
            rows("DESCRIBE ms.dbo.t");
            assertThat(acquired() - before).as("round %s", i).isLessThanOrEqualTo(3);

            long known = acquired();
            rows("DESCRIBE ms.dbo.t");
            rows("SELECT view_name FROM duckdb_views() WHERE database_name = 'ms'");
            rows("EXPLAIN SELECT c" + i + " FROM ms.dbo.t");
            assertThat(acquired() - known).as("round %s", i).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", REPLACE", ", CREATE_TABLE true"})
    void copyMakesATable(String options) throws SQLException {
        run("CREATE TABLE l AS SELECT range AS a, 'x' AS b FROM range(1000)");

        assertThat(update("COPY (SELECT a FROM l) TO 'mssql://ms/dbo/%C3%BC' (FORMAT mssql" + options + ")"))
                .isEqualTo(1000);

        assertThat(rows("SELECT sum(a) FROM ms.dbo.\"ü\"")).containsExactly("499500");
    }

    @Test
    void copyAppendsAndReplacesWhereToldTo() throws SQLException {
        run("CREATE TABLE l AS SELECT 'x' AS b, 1 AS a");
        run("COPY l TO 'mssql://ms/t'");

        assertThatThrownBy(() -> run("COPY l TO 'mssql://ms/t'"))
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(2714));
        assertThat(update("COPY l (a) TO 'mssql://ms/dbo/t' (APPEND)")).isEqualTo(1);
        assertThat(rows("FROM ms.t ORDER BY ALL")).containsExactly("x|1", "null|1");
        assertThat(update("COPY (SELECT 7 AS z) TO 'mssql://ms/dbo/t' (REPLACE)"))
                .isEqualTo(1);
        assertThat(rows("FROM ms.t")).containsExactly("7");
        assertThatThrownBy(() -> run("COPY l TO 'mssql://nowhere/t'")).hasMessageContaining("attached as nowhere");
        assertThatThrownBy(() -> run("COPY l TO 'mssql://ms'"))
                .hasMessageContaining("is not mssql://DATABASE/SCHEMA/TABLE");
        assertThatThrownBy(() -> run("COPY l TO 'mssql://ms/t' (APPEND, REPLACE)"))
                .hasMessageContaining("exclude");
        assertThatThrownBy(() -> run("COPY l TO 'mssql://ms/t' (APPEND maybe)")).hasMessageContaining("'maybe'");
    }

    private int update(String sql) throws SQLException {
        try (Statement statement = duckdb().createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private long acquired() throws SQLException {
        return Long.parseLong(
                rows("SELECT acquired FROM mssql_pool_stats('ms')").get(0));
    }

    private List<String> tables() throws SQLException {
        return rows("SELECT q.name FROM mssql_query('ms', $$SELECT name FROM sys.tables$$) q ORDER BY name");
    }

    /** As T-SQL declares them. */
    private List<String> typesOf(String table) throws SQLException {
        return rows("SELECT CASE WHEN t IN ('nvarchar', 'varbinary') THEN t || '(' || (CASE WHEN n = -1 THEN 'max' ELSE"
                + " n::VARCHAR END) || ')' WHEN t = 'decimal' THEN t || '(' || p || ',' || s || ')' WHEN t IN ('time',"
                + " 'datetime2', 'datetimeoffset') THEN t || '(' || f || ')' ELSE t END FROM mssql_query('ms', $$SELECT"
                + " DATA_TYPE AS t, CHARACTER_MAXIMUM_LENGTH AS n, NUMERIC_PRECISION AS p, NUMERIC_SCALE AS s,"
                + " DATETIME_PRECISION AS f, ORDINAL_POSITION AS o FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = '"
                + table + "'$$) ORDER BY o");
    }
}
