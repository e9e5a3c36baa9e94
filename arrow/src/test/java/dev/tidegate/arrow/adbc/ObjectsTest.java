package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcConnection.GetObjectsDepth;
import org.apache.arrow.adbc.core.StandardSchemas;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What getObjects tells, at each depth and under each filter. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
class ObjectsTest extends OnAdbcConnection {
    @BeforeEach
    void makeTables() throws Exception {
        run("CREATE TABLE dbo.groups (id INT NOT NULL CONSTRAINT pk_groups PRIMARY KEY, name NVARCHAR(20) NULL)");
        run("CREATE TABLE dbo.items (a INT NOT NULL, b INT NOT NULL, price DECIMAL(9,2) NULL,"
                + " CONSTRAINT pk_items PRIMARY KEY (a, b),"
                + " CONSTRAINT fk_items FOREIGN KEY (b) REFERENCES dbo.groups (id))");
        run("CREATE VIEW dbo.cheap AS SELECT a FROM dbo.items WHERE price < 1");
    }

    /** The catalogs, each as a name and a list of schemas. */
    private List<Map.Entry<String, List<?>>> objects(
            GetObjectsDepth depth, String catalog, String schema, String table, String[] types, String column)
            throws Exception {
        List<Map.Entry<String, List<?>>> catalogs = new ArrayList<>();
        try (ArrowReader reader = connection().getObjects(depth, catalog, schema, table, types, column)) {
            assertThat(reader.getVectorSchemaRoot().getSchema()).isEqualTo(StandardSchemas.GET_OBJECTS_SCHEMA);
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    catalogs.add(new java.util.AbstractMap.SimpleEntry<>(
                            reader.getVectorSchemaRoot()
                                    .getVector(0)
                                    .getObject(row)
                                    .toString(),
                            (List<?>) reader.getVectorSchemaRoot().getVector(1).getObject(row)));
                }
            }
        }
        return catalogs;
    }

    private static Object of(Object struct, String name) {
        Object value = ((Map<?, ?>) struct).get(name);
        return value instanceof org.apache.arrow.vector.util.Text text ? text.toString() : value;
    }

    private static List<?> all(List<?> structs, String name) {
        return structs.stream().map(struct -> of(struct, name)).toList();
    }

    @Test
    void eachDepthTellsWhatItIsAskedForAndNoMore() throws Exception {
        var catalogs = objects(GetObjectsDepth.CATALOGS, null, null, null, null, null);
        assertThat(catalogs).extracting(Map.Entry::getKey).contains("demo", "master");
        assertThat(catalogs)
                .allSatisfy(catalog -> assertThat(catalog.getValue()).isNull());

        var schemas = objects(GetObjectsDepth.DB_SCHEMAS, "demo", "d_o", null, null, null);
        assertThat(schemas).hasSize(1);
        assertThat(all(schemas.get(0).getValue(), "db_schema_name")).isEqualTo(List.of("dbo"));
        assertThat(of(schemas.get(0).getValue().get(0), "db_schema_tables")).isNull();

        var tables = objects(GetObjectsDepth.TABLES, "demo", "dbo", null, null, null);
        List<?> found = (List<?>) of(tables.get(0).getValue().get(0), "db_schema_tables");
        assertThat(all(found, "table_name")).isEqualTo(List.of("cheap", "groups", "items"));
        assertThat(all(found, "table_type")).isEqualTo(List.of("VIEW", "TABLE", "TABLE"));
        assertThat(of(found.get(0), "table_columns")).isNull();
        assertThat(of(found.get(0), "table_constraints")).isNull();
    }

    @Test
    void columnsAndConstraintsAreToldWhole() throws Exception {
        var whole = objects(GetObjectsDepth.ALL, "demo", "dbo", "item%", null, null);
        List<?> tables = (List<?>) of(whole.get(0).getValue().get(0), "db_schema_tables");
        assertThat(all(tables, "table_name")).isEqualTo(List.of("items"));
        List<?> columns = (List<?>) of(tables.get(0), "table_columns");
        assertThat(all(columns, "column_name")).isEqualTo(List.of("a", "b", "price"));
        assertThat(all(columns, "ordinal_position")).isEqualTo(List.of(1, 2, 3));
        assertThat(all(columns, "xdbc_type_name")).isEqualTo(List.of("int", "int", "decimal"));
        assertThat(all(columns, "xdbc_is_nullable")).isEqualTo(List.of("NO", "NO", "YES"));
        assertThat(of(columns.get(2), "xdbc_column_size")).isEqualTo(9);
        assertThat(of(columns.get(2), "xdbc_decimal_digits")).isEqualTo((short) 2);
        List<?> constraints = (List<?>) of(tables.get(0), "table_constraints");
        assertThat(all(constraints, "constraint_name")).isEqualTo(List.of("fk_items", "pk_items"));
        assertThat(all(constraints, "constraint_type")).isEqualTo(List.of("FOREIGN KEY", "PRIMARY KEY"));
        assertThat(of(constraints.get(1), "constraint_column_names")).hasToString("[\"a\",\"b\"]");
        List<?> usages = (List<?>) of(constraints.get(0), "constraint_column_usage");
        assertThat(all(usages, "fk_table")).isEqualTo(List.of("groups"));
        assertThat(all(usages, "fk_column_name")).isEqualTo(List.of("id"));
        assertThat((List<?>) of(constraints.get(1), "constraint_column_usage")).isEmpty();
    }

    @Test
    void filtersLeaveOutWhatDoesNotMatch() throws Exception {
        assertThat(objects(GetObjectsDepth.ALL, "nowhere", null, null, null, null))
                .isEmpty();
        assertThat(objects(GetObjectsDepth.ALL, "[d]emo", null, null, null, null))
                .as("a bracket is no wildcard")
                .isEmpty();
        var views = objects(GetObjectsDepth.TABLES, "demo", "dbo", null, new String[] {"VIEW"}, null);
        assertThat(all((List<?>) of(views.get(0).getValue().get(0), "db_schema_tables"), "table_name"))
                .isEqualTo(List.of("cheap"));
        var columns = objects(GetObjectsDepth.ALL, "demo", "dbo", "items", null, "pr%");
        List<?> tables = (List<?>) of(columns.get(0).getValue().get(0), "db_schema_tables");
        assertThat(all((List<?>) of(tables.get(0), "table_columns"), "column_name"))
                .isEqualTo(List.of("price"));
    }
}
