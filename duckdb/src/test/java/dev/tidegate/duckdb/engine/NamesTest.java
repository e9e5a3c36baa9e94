package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of attached tables are DuckDB's to resolve. */
class NamesTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE SCHEMA sales",
                "CREATE TABLE dbo.orders (id int NOT NULL, name nvarchar(20))",
                "CREATE TABLE sales.orders (id int, total decimal(10, 2))",
                "CREATE TABLE dbo.[Mixed Case] ([a b] int)",
                "INSERT INTO dbo.orders VALUES (1, N'one'), (2, N'two'), (3, NULL)",
                "INSERT INTO sales.orders VALUES (7, 1.50)",
                "INSERT INTO dbo.[Mixed Case] VALUES (42)",
                "CREATE VIEW dbo.names AS SELECT name FROM dbo.orders WHERE name IS NOT NULL");
        attach("ms", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM ms.dbo.orders",
                "SELECT count(*) FROM ms.orders",
                "SELECT count(*) FROM MS.DBO.ORDERS",
                "SELECT count(*) FROM \"ms\".\"dbo\".\"Orders\"",
                "FROM ms.dbo.orders SELECT count(id)",
                "SELECT count(*) FROM ms /* here */ . dbo -- and\n . orders o",
                "WITH x AS (SELECT * FROM ms.dbo.orders) SELECT count(*) FROM x",
                "SELECT count(*) FROM (SELECT id FROM ms.dbo.orders UNION ALL SELECT id FROM ms.dbo.orders WHERE false)",
                "SELECT (SELECT count(*) FROM ms.dbo.orders)",
                "SELECT 1; SELECT count(*) FROM ms.dbo.orders;",
            })
    void aTableIsFoundByEachOfItsNames(String sql) throws SQLException {
        assertThat(rows(sql)).containsExactly("3");
    }

    @Test
    void schemasAndOddNamesAreKeptApart() throws SQLException {
        assertThat(rows("FROM ms.sales.orders")).containsExactly("7|1.50");
        assertThat(rows("SELECT \"a b\" FROM ms.dbo.\"Mixed Case\"")).containsExactly("42");
        assertThat(rows("SELECT name FROM ms.dbo.names ORDER BY name")).containsExactly("one", "two");
        assertThat(rows("SELECT o.name FROM ms.dbo.orders o JOIN ms.sales.orders s ON o.id + 6 = s.id"))
                .containsExactly("one");
    }

    @Test
    void whatShadowsATableIsNotTheTable() throws SQLException {
        assertThat(rows("WITH orders AS (SELECT 1 AS id) SELECT count(*) FROM orders"))
                .containsExactly("1");
        run("CREATE TABLE orders AS SELECT 9 AS id");
        assertThat(rows("SELECT id FROM orders")).containsExactly("9");
        assertThat(rows("SELECT ms.id FROM (SELECT 5 AS id) AS ms")).containsExactly("5");
        assertThat(rows("SELECT 'ms.dbo.orders'")).containsExactly("ms.dbo.orders");
    }

    @Test
    void useMakesItTheDefault() throws SQLException {
        run("USE ms.sales");
        assertThat(rows("SELECT id FROM orders")).containsExactly("7");
        run("USE ms.dbo");
        assertThat(rows("SELECT count(*) FROM orders")).containsExactly("3");
        run("USE memory");
        assertThatThrownBy(() -> rows("FROM orders")).hasMessageContaining("orders");
        duckdb().setSchema("main");
    }

    @Test
    void theCatalogsListAttachedTables() throws SQLException {
        String all = "SELECT table_schema || '.' || table_name FROM information_schema.tables"
                + " WHERE table_catalog = 'ms' AND table_schema <> 'main' ORDER BY 1";
        assertThat(rows(all)).containsExactly("dbo.Mixed Case", "dbo.names", "dbo.orders", "sales.orders");
        assertThat(rows("SHOW ALL TABLES").toString())
                .contains("ms|sales|orders|[id, total]|[INTEGER, 'DECIMAL(10,2)']");
        assertThat(rows("DESCRIBE ms.dbo.orders").get(1)).startsWith("name|VARCHAR");
        assertThat(rows("SELECT count(*) FROM duckdb_views() WHERE database_name = 'ms' AND schema_name = 'sales'"))
                .containsExactly("1");
    }

    @Test
    void metadataListAttachedTables() throws SQLException {
        try (ResultSet tables = duckdb().getMetaData().getTables("ms", "sales", "%", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_NAME")).isEqualTo("orders");
            assertThat(tables.next()).isFalse();
        }
        assertThat(duckdb().getMetaData().getConnection()).isSameAs(duckdb());
    }

    @Test
    void aTableThatComesLaterIsFoundOnceTheCacheIsCleared() throws SQLException {
        assertThat(rows("SELECT count(*) FROM ms.dbo.orders")).containsExactly("3");
        onServer("CREATE TABLE dbo.late (id int)", "ALTER TABLE dbo.orders ADD more int", "DROP TABLE sales.orders");
        assertThatThrownBy(() -> rows("FROM ms.dbo.late")).hasMessageContaining("late");
        run("CALL mssql_clear_cache('ms')");
        assertThat(rows("SELECT count(*) FROM ms.dbo.late")).containsExactly("0");
        assertThat(rows("SELECT id, more FROM ms.dbo.orders WHERE id = 1")).containsExactly("1|null");
        assertThatThrownBy(() -> rows("FROM ms.sales.orders")).hasMessageContaining("orders");
    }

    @Test
    void viewsAndWritesOfDuckdbUseAttachedTables() throws SQLException {
        run("CREATE VIEW mine AS SELECT id FROM ms.dbo.orders WHERE id > 1");
        assertThat(rows("SELECT count(*) FROM mine")).containsExactly("2");
        run("CREATE TABLE copy AS FROM ms.dbo.orders");
        run("INSERT INTO copy SELECT id + 10, name FROM ms.dbo.orders");
        run("DELETE FROM copy WHERE id IN (SELECT id FROM ms.dbo.orders WHERE name = 'two')");
        assertThat(rows("SELECT id FROM copy ORDER BY id")).containsExactly("1", "3", "11", "12", "13");
    }

    @Test
    void aViewOfTheFileIsGoodAgainAfterTheNextAttach() throws SQLException {
        run("CREATE VIEW mine AS SELECT id FROM ms.dbo.orders WHERE id > 1");
        run("DETACH ms");
        attach("ms", "");
        assertThat(rows("SELECT count(*) FROM mine")).containsExactly("2");
    }

    @Test
    void whatIsFirstMentionedInATransactionIsFound() throws SQLException {
        run("BEGIN");
        run("CREATE TABLE mine AS SELECT 1 AS id");
        assertThat(rows("SELECT count(*) FROM ms.dbo.orders")).containsExactly("3");
        run("INSERT INTO mine SELECT id FROM ms.dbo.orders");
        run("COMMIT");
        assertThat(rows("SELECT count(*) FROM mine")).containsExactly("4");
    }

    @Test
    void otherConnectionsToTheSameDuckdbSeeTheSame() throws SQLException {
        try (Connection second = duckdb().duplicate();
                Connection plain = duckdb().unwrap(DuckDBConnection.class).duplicate()) {
            assertThat(rows(second, "SELECT count(*) FROM ms.dbo.orders")).containsExactly("3");
            assertThat(rows(plain, "SELECT count(*) FROM ms.dbo.orders")).containsExactly("3");
        }
        try (Connection elsewhere = DriverManager.getConnection(EngineDriver.PREFIX)) {
            assertThatThrownBy(() -> rows(elsewhere, "FROM ms.dbo.orders")).hasMessageContaining("orders");
        }
    }

    @Test
    void filtersHideSchemasAndTables() throws SQLException {
        attach("few", ", SCHEMA_FILTER '^sales$'");
        assertThat(rows("SELECT id FROM few.sales.orders")).containsExactly("7");
        assertThatThrownBy(() -> rows("FROM few.dbo.orders")).hasMessageContaining("orders");
        attach("fewer", ", TABLE_FILTER '^ord'");
        assertThat(rows("SELECT DISTINCT table_name FROM information_schema.tables WHERE table_catalog = 'fewer'"))
                .containsExactly("orders");
    }
}
