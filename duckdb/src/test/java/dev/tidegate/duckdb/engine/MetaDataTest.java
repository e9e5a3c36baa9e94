package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools that know only JDBC see of attached tables. */
class MetaDataTest extends OnAttachedServer {
    @BeforeEach
    void fill() throws SQLException {
        onServer(
                "CREATE TABLE dbo.keyed (a int NOT NULL, b nvarchar(10) NOT NULL, c decimal(10, 2), CONSTRAINT pk_keyed"
                        + " PRIMARY KEY (b, a))",
                "CREATE TABLE dbo.unkeyed (a int NOT NULL, CONSTRAINT only_once UNIQUE (a))");
        attach("ms", "");
        run("CREATE TABLE own (a INTEGER PRIMARY KEY)");
    }

    @Test
    void primaryKeysAreTheServers() throws SQLException {
        DatabaseMetaData metaData = duckdb().getMetaData();
        String key = "ms|dbo|keyed|a|2|pk_keyed, ms|dbo|keyed|b|1|pk_keyed";
        assertThat(keys(metaData.getPrimaryKeys("ms", "dbo", "keyed"))).isEqualTo(key);
        assertThat(keys(metaData.getPrimaryKeys("MS", null, "KEYED"))).isEqualTo(key);
        assertThat(keys(metaData.getPrimaryKeys("ms", "other", "keyed"))).isEmpty();
        assertThat(keys(metaData.getPrimaryKeys("ms", "dbo", "unkeyed"))).isEmpty();
        assertThat(keys(metaData.getPrimaryKeys("ms", "dbo", "missing"))).isEmpty();
    }

    @Test
    void primaryKeysOfDuckdbsOwnTablesAreDuckdbs() throws SQLException {
        DatabaseMetaData metaData = duckdb().getMetaData();
        assertThat(keys(metaData.getPrimaryKeys("memory", "main", "own"))).isEqualTo("memory|main|own|a|1|null");
        assertThat(keys(metaData.getPrimaryKeys(null, null, "own"))).isEqualTo("memory|main|own|a|1|null");
    }

    @Test
    void columnsHaveTheirTypes() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet found = duckdb().getMetaData().getColumns("ms", "dbo", "keyed", "%")) {
            while (found.next()) {
                columns.add(found.getString("COLUMN_NAME") + " " + found.getString("TYPE_NAME"));
            }
        }
        assertThat(columns).containsExactly("a INTEGER", "b VARCHAR", "c DECIMAL(10,2)");
    }

    /** As DuckDB's driver has it for its own, by whose names tools find what they may write to. */
    @Test
    void tablesAreTablesAndViewsAreViews() throws SQLException {
        onServer("CREATE VIEW dbo.seen AS SELECT a FROM dbo.keyed");
        run("CREATE VIEW mine AS FROM ms.seen");
        assertThat(tables(null))
                .contains("ms|dbo|keyed|TABLE", "ms|dbo|seen|VIEW", "memory|main|own|TABLE", "memory|main|mine|VIEW");
        assertThat(tables("TABLE"))
                .containsExactly("memory|main|own|TABLE", "ms|dbo|keyed|TABLE", "ms|dbo|unkeyed|TABLE");
        assertThat(tables("VIEW")).containsExactly("memory|main|mine|VIEW", "ms|dbo|seen|VIEW", "ms|main|seen|VIEW");
        assertThat(tables("LOCAL TEMPORARY")).isEmpty();
        run("BEGIN");
        run("CREATE TABLE ms.dbo.made (a INTEGER)");
        run("COMMIT");
        assertThat(tables("TABLE")).contains("ms|dbo|made|TABLE");
        run("FROM ms.keyed");
        assertThat(tables("TABLE")).as("by its short name").contains("ms|main|keyed|TABLE");
        try (ResultSet one = duckdb().getMetaData().getTables("ms", "dbo", "k%", new String[] {"TABLE"})) {
            assertThat(one.next()).isTrue();
            assertThat(one.getString("TABLE_NAME")).isEqualTo("keyed");
            assertThat(one.getString("REMARKS")).isNull();
            assertThat(one.getMetaData().getColumnCount()).isEqualTo(10);
            assertThat(one.next()).isFalse();
        }
    }

    private List<String> tables(String type) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found =
                duckdb().getMetaData().getTables(null, null, null, type == null ? null : new String[] {type})) {
            while (found.next()) {
                names.add(found.getString(1) + "|" + found.getString(2) + "|" + found.getString(3) + "|"
                        + found.getString(4));
            }
        }
        return names;
    }

    private static String keys(ResultSet result) throws SQLException {
        try (result) {
            List<String> keys = new ArrayList<>();
            while (result.next()) {
                keys.add(String.join(
                        "|",
                        result.getString("TABLE_CAT"),
                        result.getString("TABLE_SCHEM"),
                        result.getString("TABLE_NAME"),
                        result.getString("COLUMN_NAME"),
                        Short.toString(result.getShort("KEY_SEQ")),
                        result.getString("PK_NAME")));
            }
            return String.join(", ", keys);
        }
    }
}
