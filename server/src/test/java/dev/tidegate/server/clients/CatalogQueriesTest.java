package dev.tidegate.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions to the catalog of the kind that migration tools, object mappers and database browsers ask, in T-SQL. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CatalogQueriesTest {
    private MetadataFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = MetadataFixture.open("jdbc:sqlserver://127.0.0.1:%d;databaseName=demo;encrypt=false");
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "SELECT OBJECT_NAME(OBJECT_ID('dbo.customer')); customer",
                "SELECT OBJECT_NAME(OBJECT_ID(N'[demo].[sales].[orders]', N'U')); orders",
                "SELECT SCHEMA_NAME(schema_id) FROM sys.tables WHERE name = 'ORDERS'; sales",
                "SELECT CAST(SERVERPROPERTY('EngineEdition') AS int); 3",
                "SELECT SERVERPROPERTY('Collation'); SQL_Latin1_General_CP1_CI_AS",
                "SELECT DB_NAME(); demo",
                "SELECT name FROM sys.databases WHERE database_id = DB_ID(); demo",
                "SELECT name FROM master.dbo.sysdatabases WHERE name = 'tempdb'; tempdb",
                "SELECT name FROM master..sysdatabases WHERE name = 'demo'; demo",
                "SELECT COUNT(*) FROM sysobjects WHERE xtype = 'U'; 2",
                "SELECT COUNT(*) FROM demo.sys.objects WHERE type IN ('U', 'V'); 3",
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE'; 2",
                "SELECT DATA_TYPE FROM information_schema.columns WHERE table_name = 'customer' AND column_name ="
                        + " 'since'; datetime2",
                "SELECT COL_LENGTH('dbo.customer', 'name'); 100",
                "SELECT COLUMNPROPERTY(OBJECT_ID('dbo.customer'), 'id', 'IsIdentity'); 1",
                "SELECT definition FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID('dbo.customer');"
                        + " ((0))",
                "SELECT SUM(p.row_count) FROM sys.dm_db_partition_stats p WHERE p.object_id ="
                        + " OBJECT_ID('dbo.customer') AND p.index_id < 2; 0",
                "SELECT IS_SRVROLEMEMBER('sysadmin'); 1",
                "SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE'); 1",
                "SELECT default_schema_name FROM sys.database_principals WHERE name = CURRENT_USER; dbo",
                "SELECT SUSER_SNAME(); sa",
                "SELECT login_name FROM sys.dm_exec_sessions WHERE session_id = @@SPID; sa",
                "SELECT DATABASEPROPERTYEX('demo', 'Collation'); SQL_Latin1_General_CP1_CI_AS",
                "SELECT TYPE_NAME(user_type_id) FROM sys.columns WHERE object_id = OBJECT_ID('customer') AND name ="
                        + " 'code'; char",
                "SELECT 1 WHERE EXISTS (SELECT 1 FROM sys.schemas WHERE name = N'sales'); 1",
                "SELECT compatibility_level FROM sys.databases WHERE name = 'demo'; 160"
            })
    void answersWithOneValue(String sql, String expected) throws SQLException {
        assertThat(fixture.query(sql)).containsExactly(expected);
    }

    @Test
    void columnsJoinedWithTypesDefaultsAndComputedOnes() throws SQLException {
        assertThat(fixture.query("SELECT c.name, t.name AS type_name, c.max_length, c.is_nullable, ic.seed_value,"
                        + " dc.definition FROM sys.columns c INNER JOIN sys.types t ON t.user_type_id ="
                        + " c.user_type_id LEFT JOIN sys.identity_columns ic ON ic.object_id = c.object_id"
                        + " AND ic.column_id = c.column_id LEFT JOIN sys.default_constraints dc ON"
                        + " dc.object_id = c.default_object_id LEFT OUTER JOIN sys.extended_properties ep"
                        + " ON ep.major_id = c.object_id AND ep.minor_id = c.column_id WHERE c.object_id ="
                        + " OBJECT_ID(N'[dbo].[customer]') AND c.column_id < 5 ORDER BY c.column_id"))
                .containsExactly(
                        "id|int|4|0|1|null",
                        "code|char|3|0|null|null",
                        "name|nvarchar|100|1|null|null",
                        "balance|money|8|0|null|((0))");
    }

    @Test
    void foreignKeysTheWayMappersReadThem() throws SQLException {
        assertThat(fixture.query("SELECT SCHEMA_NAME(t.schema_id) AS s, t.name, f.name AS fk,"
                        + " COL_NAME(f.parent_object_id, fc.parent_column_id) AS c,"
                        + " OBJECT_NAME(f.referenced_object_id) AS r, f.delete_referential_action_desc"
                        + " FROM sys.foreign_keys AS f JOIN sys.tables AS t ON f.parent_object_id = t.object_id"
                        + " JOIN sys.foreign_key_columns AS fc ON fc.constraint_object_id = f.object_id"
                        + " ORDER BY s, t.name, fc.constraint_column_id"))
                .containsExactly("sales|orders|FK_orders_customer|customer|customer|CASCADE");
    }

    @Test
    void primaryKeysThroughInformationSchema() throws SQLException {
        assertThat(fixture.query("SELECT kcu.COLUMN_NAME FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS tc JOIN"
                        + " INFORMATION_SCHEMA.KEY_COLUMN_USAGE kcu ON kcu.CONSTRAINT_NAME ="
                        + " tc.CONSTRAINT_NAME AND kcu.TABLE_SCHEMA = tc.TABLE_SCHEMA WHERE"
                        + " tc.CONSTRAINT_TYPE = 'PRIMARY KEY' AND tc.TABLE_NAME = 'orders' ORDER BY"
                        + " kcu.ORDINAL_POSITION"))
                .containsExactly("customer", "line");
    }

    @Test
    void dropIfTheObjectIsThere() throws SQLException {
        fixture.run("IF OBJECT_ID('dbo.rich', 'V') IS NOT NULL DROP VIEW dbo.rich");
        assertThat(fixture.query("SELECT OBJECT_ID('dbo.rich')")).containsExactly("null");
    }

    @Test
    void theColumnsOfAViewAndItsText() throws SQLException {
        assertThat(fixture.query(
                        "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH FROM INFORMATION_SCHEMA.COLUMNS"
                                + " WHERE TABLE_NAME = 'rich' ORDER BY ORDINAL_POSITION"))
                .containsExactly("id|int|null", "name|nvarchar|50");
        assertThat(fixture.query("SELECT definition FROM sys.sql_modules WHERE object_id = OBJECT_ID('dbo.rich')"))
                .singleElement()
                .asString()
                .startsWith("CREATE VIEW dbo.rich");
    }

    @Test
    void temporaryTablesBelongToTheSession() throws SQLException {
        fixture.run("CREATE TABLE #t (i int)");
        assertThat(fixture.query("SELECT CASE WHEN OBJECT_ID('tempdb..#t') IS NULL THEN 0 ELSE 1 END"))
                .containsExactly("1");
        assertThat(fixture.query("SELECT COUNT(*) FROM sys.tables WHERE name LIKE '#t%'"))
                .containsExactly("0");
    }

    @Test
    void theFirstResultIsDescribedWithoutBeingRun() throws SQLException {
        assertThat(fixture
                        .query("EXEC sp_describe_first_result_set N'INSERT INTO sales.orders VALUES (1, 1, 1);"
                                + " SELECT id, name AS n FROM dbo.customer WHERE id = @id', N'@id int'")
                        .stream()
                        .map(row -> String.join("|", List.of(row.split("\\|")).subList(1, 8)))
                        .toList())
                .containsExactly("1|id|0|56|int|4|10", "2|n|1|231|nvarchar(50)|100|0");
        fixture.query("EXEC sp_describe_first_result_set N'SET FMTONLY OFF; DROP VIEW dbo.rich; SELECT 1 AS a', N''");
        assertThat(fixture.query("SELECT COUNT(*) FROM sales.orders")).containsExactly("0");
        assertThat(fixture.query("SELECT COUNT(*) FROM sys.views")).containsExactly("1");
    }
}
