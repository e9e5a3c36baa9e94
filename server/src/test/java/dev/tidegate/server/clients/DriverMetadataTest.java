package dev.tidegate.server.clients;

import static dev.tidegate.server.clients.MetadataFixture.names;
import static dev.tidegate.server.clients.MetadataFixture.pick;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What independent drivers tell of a schema that they did not make. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DriverMetadataTest {
    private static final String MICROSOFT = "jdbc:sqlserver://127.0.0.1:%d;databaseName=demo;encrypt=false";
    private static final String JTDS = "jdbc:jtds:sqlserver://127.0.0.1:%d/demo;ssl=off";

    private MetadataFixture fixture;
    private DatabaseMetaData metadata;

    private void open(String url) throws Exception {
        fixture = MetadataFixture.open(url);
        metadata = fixture.connection().getMetaData();
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {MICROSOFT, JTDS})
    void catalogsSchemasAndKindsOfTables(String url) throws Exception {
        open(url);
        assertThat(pick(metadata.getCatalogs(), "TABLE_CAT")).containsExactly("demo", "master", "tempdb");
        assertThat(pick(metadata.getSchemas(), "TABLE_SCHEM")).contains("dbo", "sales", "sys", "INFORMATION_SCHEMA");
        assertThat(pick(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW", "SYSTEM TABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {MICROSOFT, JTDS})
    void tablesAndViews(String url) throws Exception {
        open(url);
        assertThat(pick(
                        metadata.getTables("demo", null, "%", new String[] {"TABLE"}),
                        "TABLE_CAT",
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "TABLE_TYPE"))
                .containsExactly("demo|dbo|customer|TABLE", "demo|sales|orders|TABLE");
        assertThat(pick(metadata.getTables(null, "dbo", "r%", new String[] {"VIEW"}), "TABLE_NAME"))
                .containsExactly("rich");
    }

    @ParameterizedTest
    @ValueSource(strings = {MICROSOFT, JTDS})
    void columns(String url) throws Exception {
        open(url);
        // jTDS reads the digits as a number and so shows 0 where there are none; it asks in the old way, which has no
        // scale of datetime2.
        boolean jtds = url.equals(JTDS);
        String none = jtds ? "0" : "null";
        assertThat(pick(
                        metadata.getColumns("demo", "dbo", "customer", "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "NULLABLE",
                        "ORDINAL_POSITION"))
                .containsExactly(
                        "id|int identity|10|0|0|1",
                        "code|char|3|" + none + "|0|2",
                        "name|nvarchar|50|" + none + "|1|3",
                        "balance|money|19|4|0|4",
                        "since|datetime2|23|" + (jtds ? "0" : "3") + "|1|5",
                        "note|varchar|2147483647|" + none + "|1|6",
                        "rate|decimal|12|4|1|7",
                        "born|date|10|" + none + "|1|8",
                        "tag|uniqueidentifier|36|" + none + "|1|9",
                        "flag|bit|1|" + none + "|1|10",
                        "doc|varbinary|16|" + none + "|1|11");
    }

    @ParameterizedTest
    @ValueSource(strings = {MICROSOFT, JTDS})
    void keysAndIndexes(String url) throws Exception {
        open(url);
        assertThat(pick(metadata.getPrimaryKeys("demo", "sales", "orders"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                .containsExactlyInAnyOrder("customer|1|PK_orders", "line|2|PK_orders");
        String[] columns = {
            "PKTABLE_NAME", "PKCOLUMN_NAME", "FKTABLE_SCHEM", "FKTABLE_NAME", "FKCOLUMN_NAME", "DELETE_RULE"
        };
        String expected = "customer|id|sales|orders|customer|" + DatabaseMetaData.importedKeyCascade;
        assertThat(pick(metadata.getImportedKeys("demo", "sales", "orders"), columns))
                .containsExactly(expected);
        assertThat(pick(metadata.getExportedKeys("demo", "dbo", "customer"), columns))
                .containsExactly(expected);
        assertThat(pick(metadata.getCrossReference("demo", "dbo", "customer", "demo", "sales", "orders"), columns))
                .containsExactly(expected);
        assertThat(pick(
                        metadata.getIndexInfo("demo", "sales", "orders", false, true),
                        "INDEX_NAME",
                        "NON_UNIQUE",
                        "COLUMN_NAME",
                        "ASC_OR_DESC"))
                .contains("PK_orders|0|customer|A", "PK_orders|0|line|A", "ix_amount|1|amount|D", "ix_amount|1|line|A");
        assertThat(pick(
                        metadata.getBestRowIdentifier(
                                "demo", "dbo", "customer", DatabaseMetaData.bestRowSession, false),
                        "COLUMN_NAME"))
                .containsExactly("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {MICROSOFT, JTDS})
    void typesProceduresAndPrivileges(String url) throws Exception {
        open(url);
        assertThat(pick(metadata.getTypeInfo(), "TYPE_NAME"))
                .contains("int", "nvarchar", "datetime2", "uniqueidentifier");
        assertThat(pick(metadata.getProcedures("demo", null, "%"), "PROCEDURE_NAME"))
                .isEmpty();
        assertThat(pick(metadata.getProcedureColumns("demo", null, "%", "%"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(pick(metadata.getTablePrivileges("demo", "dbo", "customer"), "PRIVILEGE"))
                .contains("SELECT", "UPDATE");
        assertThat(names(pick(
                        metadata.getColumnPrivileges("demo", "dbo", "customer", "id"), "COLUMN_NAME", "PRIVILEGE")))
                .contains("id");
        assertThat(metadata.getUserName()).isEqualTo("sa");
    }

    @Test
    void parametersOfAStatementThatHasNotRun() throws Exception {
        open(MICROSOFT);
        try (PreparedStatement insert = fixture.connection()
                .prepareStatement("INSERT INTO dbo.customer (code, name, balance, since) VALUES (?, ?, ?, ?)")) {
            ParameterMetaData parameters = insert.getParameterMetaData();
            assertThat(parameters.getParameterCount()).isEqualTo(4);
            assertThat(parameters.getParameterTypeName(1)).isEqualTo("char");
            assertThat(parameters.getPrecision(1)).isEqualTo(3);
            assertThat(parameters.getParameterTypeName(2)).isEqualTo("nvarchar");
            assertThat(parameters.getPrecision(2)).isEqualTo(50);
            assertThat(parameters.getParameterType(3)).isEqualTo(Types.DECIMAL);
            assertThat(parameters.getParameterTypeName(4)).isEqualTo("datetime2");
            assertThat(parameters.getScale(4)).isEqualTo(3);
        }
        try (PreparedStatement query = fixture.connection()
                .prepareStatement("SELECT name FROM dbo.customer WHERE rate BETWEEN ? AND 5 AND id IN (1, ?)")) {
            ParameterMetaData parameters = query.getParameterMetaData();
            assertThat(parameters.getParameterType(1)).isEqualTo(Types.DECIMAL);
            assertThat(parameters.getPrecision(1)).isEqualTo(12);
            assertThat(parameters.getScale(1)).isEqualTo(4);
            assertThat(parameters.getParameterType(2)).isEqualTo(Types.INTEGER);
        }
    }

    @Test
    void whatMicrosoftsDriverTellsOfTheServer() throws Exception {
        open(MICROSOFT);
        assertThat(metadata.getDatabaseProductName()).isEqualTo("Microsoft SQL Server");
        assertThat(metadata.getDatabaseMajorVersion()).isEqualTo(16);
        assertThat(metadata.getMaxConnections()).isEqualTo(32_767);
        assertThat(pick(metadata.getColumns("demo", "dbo", "customer", "id"), "IS_AUTOINCREMENT", "IS_GENERATEDCOLUMN"))
                .containsExactly("YES|NO");
        assertThat(pick(metadata.getFunctions("demo", null, "%"), "FUNCTION_NAME"))
                .isEmpty();
    }
}
