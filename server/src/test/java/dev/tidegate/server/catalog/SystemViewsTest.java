package dev.tidegate.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SystemViewsTest {
    private CatalogFixture fixture;

    static Iterable<SystemView> all() {
        return SystemViews.all();
    }

    @BeforeEach
    void open() throws SQLException {
        fixture = new CatalogFixture().withTables();
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyViewCanBeRead(SystemView view) throws SQLException {
        fixture.rows("SELECT * FROM \"" + view.schema() + "\".\"" + view.name() + "\"");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aLookUpByIdFindsWhatAScanFinds(SystemView view) throws SQLException {
        if (view.columns().stream().noneMatch(column -> column.name().equals("object_id"))) {
            return;
        }
        String rows = "SELECT * FROM \"" + view.schema() + "\".\"" + view.name() + "\" WHERE object_id";
        for (String id : fixture.rows("SELECT object_id FROM sys.all_objects WHERE object_id > -110 UNION ALL SELECT 7")) {
            assertThat(fixture.rows(rows + " = " + id))
                    .as(id)
                    .containsExactlyInAnyOrderElementsOf(fixture.rows(rows + " + 0 = " + id));
        }
        assertThat(fixture.rows(rows + " = NULL")).isEmpty();
    }

    @Test
    void tablesAndTheirSchemas() throws SQLException {
        assertThat(fixture.rows("SELECT s.name, t.name, t.type, t.type_desc FROM sys.tables t"
                        + " JOIN sys.schemas s ON s.schema_id = t.schema_id ORDER BY t.name"))
                .containsExactly("dbo|customer|U|USER_TABLE", "sales|order|U|USER_TABLE");
        assertThat(fixture.rows("SELECT name FROM sys.views")).containsExactly("rich");
        assertThat(fixture.rows("SELECT name, type FROM sys.objects ORDER BY type, name"))
                .containsExactly(
                        "CK_balance|C",
                        "DF_balance|D",
                        "FK_order_customer|F",
                        "PK_customer|PK",
                        "PK_order|PK",
                        "ticket|SO",
                        "customer|U",
                        "order|U",
                        "UQ_customer_code|UQ",
                        "rich|V");
    }

    @Test
    void objectIdsArePositiveDifferentAndStable() throws SQLException {
        var ids = fixture.rows("SELECT object_id FROM sys.objects ORDER BY object_id");
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> Integer.parseInt(id) > 0);
        fixture.run("CREATE TABLE dbo.later (i INT)");
        assertThat(fixture.rows("SELECT object_id FROM sys.objects WHERE name <> 'later' ORDER BY object_id"))
                .isEqualTo(ids);
    }

    @Test
    void namesCompareWithoutRegardToCase() throws SQLException {
        assertThat(fixture.rows("SELECT name FROM sys.TABLES WHERE NAME = 'CUSTOMER'"))
                .containsExactly("customer");
    }

    @Test
    void columnsAsDeclared() throws SQLException {
        assertThat(fixture.rows("SELECT c.name, column_id, t.name, c.max_length, c.precision, c.scale,"
                        + " c.collation_name, c.is_nullable, is_identity FROM sys.columns c JOIN sys.types"
                        + " t ON t.user_type_id = c.user_type_id JOIN sys.tables o ON o.object_id ="
                        + " c.object_id WHERE o.name = 'customer' ORDER BY column_id"))
                .containsExactly(
                        "id|1|int|4|10|0|null|FALSE|TRUE",
                        "code|2|char|3|0|0|SQL_Latin1_General_CP1_CI_AS|FALSE|FALSE",
                        "name|3|nvarchar|100|0|0|SQL_Latin1_General_CP1_CI_AS|TRUE|FALSE",
                        "balance|4|money|8|19|4|null|FALSE|FALSE",
                        "note|5|varchar|-1|0|0|SQL_Latin1_General_CP1_CI_AS|TRUE|FALSE",
                        "since|6|datetime2|7|23|3|null|TRUE|FALSE");
        assertThat(fixture.rows("SELECT name, is_identity FROM sys.identity_columns"))
                .containsExactly("id|TRUE");
    }

    @Test
    void indexesWithTheirColumnsAndRowCounts() throws SQLException {
        assertThat(fixture.rows("SELECT t.name, i.name, i.index_id, i.type_desc, i.is_unique, i.is_primary_key,"
                        + " i.is_unique_constraint FROM sys.indexes i JOIN sys.tables t ON t.object_id = i.object_id"
                        + " ORDER BY t.name, i.index_id"))
                .containsExactly(
                        "customer|PK_customer|1|CLUSTERED|TRUE|TRUE|FALSE",
                        "customer|UQ_customer_code|2|NONCLUSTERED|TRUE|FALSE|TRUE",
                        "order|PK_order|1|CLUSTERED|TRUE|TRUE|FALSE",
                        "order|ix_amount|2|NONCLUSTERED|FALSE|FALSE|FALSE");
        assertThat(fixture.rows("SELECT i.name, ic.key_ordinal, c.name, ic.is_descending_key FROM sys.index_columns ic"
                        + " JOIN sys.indexes i ON i.object_id = ic.object_id AND i.index_id = ic.index_id"
                        + " JOIN sys.columns c ON c.object_id = ic.object_id AND c.column_id = ic.column_id"
                        + " WHERE i.name IN ('ix_amount', 'PK_order') ORDER BY i.name, ic.key_ordinal"))
                .containsExactly(
                        "ix_amount|1|amount|TRUE",
                        "ix_amount|2|line|FALSE",
                        "PK_order|1|customer|FALSE",
                        "PK_order|2|line|FALSE");
        assertThat(fixture.rows(
                        "SELECT SUM(p.rows) FROM sys.partitions p JOIN sys.tables t ON t.object_id = p.object_id"
                                + " WHERE t.name = 'customer' AND p.index_id IN (0, 1)"))
                .containsExactly("2");
    }

    @Test
    void aTableWithoutPrimaryKeyIsAHeap() throws SQLException {
        fixture.run("CREATE TABLE dbo.heap (i INT)");
        assertThat(fixture.rows("SELECT i.name, i.index_id, i.type_desc FROM sys.indexes i JOIN sys.tables t"
                        + " ON t.object_id = i.object_id WHERE t.name = 'heap'"))
                .containsExactly("null|0|HEAP");
    }

    @Test
    void foreignKeysWithColumnsAndActions() throws SQLException {
        assertThat(fixture.rows("SELECT f.name, p.name, pc.name, r.name, rc.name, f.delete_referential_action_desc,"
                        + " f.update_referential_action FROM sys.foreign_keys f JOIN"
                        + " sys.foreign_key_columns fc ON fc.constraint_object_id = f.object_id JOIN"
                        + " sys.tables p ON p.object_id = f.parent_object_id JOIN sys.tables r ON"
                        + " r.object_id = f.referenced_object_id JOIN sys.columns pc ON pc.object_id ="
                        + " p.object_id AND pc.column_id = fc.parent_column_id JOIN sys.columns rc ON"
                        + " rc.object_id = r.object_id AND rc.column_id = fc.referenced_column_id"))
                .containsExactly("FK_order_customer|order|customer|customer|id|CASCADE|0");
    }

    @Test
    void checksAndDefaultsWithTheirTexts() throws SQLException {
        assertThat(fixture.rows("SELECT name, parent_column_id, definition FROM sys.default_constraints"))
                .containsExactly("DF_balance|4|((0))");
        assertThat(fixture.rows("SELECT name, parent_column_id FROM sys.check_constraints"))
                .containsExactly("CK_balance|4");
    }

    @Test
    void databasesAndSessionsAsTheServerTold() throws SQLException {
        assertThat(fixture.rows("SELECT name, database_id, state_desc FROM sys.databases"))
                .containsExactly("demo|1|ONLINE", "master|2|ONLINE", "tempdb|3|ONLINE");
        assertThat(fixture.rows("SELECT session_id, login_name, host_name, program_name FROM sys.dm_exec_sessions"))
                .containsExactly("57|sa|host1|app1");
        assertThat(fixture.rows("SELECT text FROM sys.messages WHERE message_id = 8134"))
                .containsExactly("Divide by zero error encountered.");
    }

    @Test
    void informationSchemaInSqlServersShape() throws SQLException {
        String schema = CatalogInstaller.INFORMATION_SCHEMA;
        assertThat(fixture.rows("SELECT TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM " + schema
                        + ".TABLES ORDER BY TABLE_NAME"))
                .containsExactly("demo|dbo|customer|BASE TABLE", "demo|sales|order|BASE TABLE", "demo|dbo|rich|VIEW");
        assertThat(fixture.rows("SELECT COLUMN_NAME, COLUMN_DEFAULT, IS_NULLABLE, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH,"
                        + " CHARACTER_OCTET_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, DATETIME_PRECISION FROM " + schema
                        + ".COLUMNS WHERE TABLE_NAME = 'customer' ORDER BY ORDINAL_POSITION"))
                .containsExactly(
                        "id|null|NO|int|null|null|10|0|null",
                        "code|null|NO|char|3|3|null|null|null",
                        "name|null|YES|nvarchar|50|100|null|null|null",
                        "balance|((0))|NO|money|null|null|19|4|null",
                        "note|null|YES|varchar|-1|-1|null|null|null",
                        "since|null|YES|datetime2|null|null|null|null|3");
        assertThat(fixture.rows("SELECT CONSTRAINT_NAME, TABLE_NAME, CONSTRAINT_TYPE FROM " + schema
                        + ".TABLE_CONSTRAINTS ORDER BY CONSTRAINT_NAME"))
                .containsExactly(
                        "CK_balance|customer|CHECK",
                        "FK_order_customer|order|FOREIGN KEY",
                        "PK_customer|customer|PRIMARY KEY",
                        "PK_order|order|PRIMARY KEY",
                        "UQ_customer_code|customer|UNIQUE");
        assertThat(fixture.rows("SELECT COLUMN_NAME, ORDINAL_POSITION FROM " + schema
                        + ".KEY_COLUMN_USAGE WHERE CONSTRAINT_NAME = 'PK_order' ORDER BY ORDINAL_POSITION"))
                .containsExactly("customer|1", "line|2");
        assertThat(fixture.rows("SELECT UNIQUE_CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE FROM " + schema
                        + ".REFERENTIAL_CONSTRAINTS"))
                .containsExactly("PK_customer|NO ACTION|CASCADE");
    }

    @Test
    void namesOfTSqlLeadToTheViews() {
        assertThat(SystemViews.resolve("sys", "TABLES")).isPresent();
        assertThat(SystemViews.resolve("information_schema", "columns")).isPresent();
        assertThat(SystemViews.resolve("dbo", "sysdatabases")).isPresent();
        assertThat(SystemViews.resolve("", "sysobjects")).isPresent();
        assertThat(SystemViews.resolve("dbo", "tables")).isEmpty();
    }

    @Test
    void theCatalogCannotBeWrittenTo() {
        assertThatThrownBy(() -> fixture.run("DELETE FROM sys.tables")).isInstanceOf(SQLException.class);
    }

    @Test
    void dropAndCreateAgainIsSeenAtOnce() throws SQLException {
        fixture.run("CREATE TABLE dbo.one (i INT)", "DROP TABLE dbo.one");
        assertThat(fixture.rows("SELECT name FROM sys.tables WHERE name = 'one'"))
                .isEmpty();
    }
}
