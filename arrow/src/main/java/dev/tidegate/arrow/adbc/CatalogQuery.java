package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.adbc.CatalogTree.Catalog;
import dev.tidegate.arrow.adbc.CatalogTree.Column;
import dev.tidegate.arrow.adbc.CatalogTree.Constraint;
import dev.tidegate.arrow.adbc.CatalogTree.Schema;
import dev.tidegate.arrow.adbc.CatalogTree.Table;
import dev.tidegate.arrow.adbc.CatalogTree.Usage;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.TableName;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcConnection.GetObjectsDepth;
import org.apache.arrow.vector.FieldVector;

/** Asks INFORMATION_SCHEMA of each database that the login may enter. */
final class CatalogQuery {
    /** The types of tables, as ADBC calls them. */
    static final String TABLE = "TABLE";

    static final String VIEW = "VIEW";

    private static final String ANYTHING = "%";

    private final SqlServerConnection connection;
    private final boolean withSchemas;
    private final boolean withTables;
    private final boolean whole;
    private final String schemaPattern;
    private final String tablePattern;
    private final List<String> tableTypes;
    private final String columnPattern;

    /** @param tableTypes null for all */
    CatalogQuery(
            SqlServerConnection connection,
            GetObjectsDepth depth,
            String schemaPattern,
            String tablePattern,
            String[] tableTypes,
            String columnPattern) {
        this.connection = connection;
        this.withSchemas = depth != GetObjectsDepth.CATALOGS;
        this.withTables = withSchemas && depth != GetObjectsDepth.DB_SCHEMAS;
        this.whole = depth == GetObjectsDepth.ALL;
        this.schemaPattern = pattern(schemaPattern);
        this.tablePattern = pattern(tablePattern);
        this.tableTypes = tableTypes == null ? null : List.of(tableTypes);
        this.columnPattern = pattern(columnPattern);
    }

    /** ADBC knows % and _ only; a bracket is a wildcard of T-SQL besides. */
    private static String pattern(String pattern) {
        return pattern == null ? ANYTHING : pattern.replace("[", "[[]");
    }

    List<Catalog> run(String catalogPattern) throws SQLException {
        List<Catalog> catalogs = new ArrayList<>();
        for (Object[] row : rows(
                "SELECT name FROM sys.databases WHERE name LIKE @p1 AND HAS_DBACCESS(name) = 1 ORDER BY name",
                pattern(catalogPattern))) {
            String name = text(row[0]);
            catalogs.add(new Catalog(name, withSchemas ? schemas(name) : null));
        }
        return catalogs;
    }

    private Map<String, Schema> schemas(String catalog) throws SQLException {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        String from = TableName.quote(catalog) + ".INFORMATION_SCHEMA.";
        for (Object[] row : rows(
                "SELECT SCHEMA_NAME FROM " + from + "SCHEMATA WHERE SCHEMA_NAME LIKE @p1 ORDER BY SCHEMA_NAME",
                schemaPattern)) {
            schemas.put(text(row[0]), Schema.of(text(row[0]), withTables));
        }
        if (withTables) {
            addTables(from, schemas);
        }
        if (whole) {
            addColumns(from, schemas);
            addConstraints(from, schemas);
            addUsages(from, schemas);
        }
        return schemas;
    }

    private void addTables(String from, Map<String, Schema> schemas) throws SQLException {
        for (Object[] row : rows(
                "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM " + from
                        + "TABLES WHERE TABLE_SCHEMA LIKE @p1 AND TABLE_NAME LIKE @p2 ORDER BY TABLE_SCHEMA, TABLE_NAME",
                schemaPattern,
                tablePattern)) {
            Schema schema = schemas.get(text(row[0]));
            String type = tableType(text(row[2]));
            if (schema != null && (tableTypes == null || tableTypes.contains(type))) {
                schema.tables().put(text(row[1]), Table.of(text(row[1]), type, whole));
            }
        }
    }

    /** What ADBC calls tables, which are BASE TABLE in the catalog. */
    private static String tableType(String inCatalog) {
        return inCatalog.equals("BASE TABLE") ? TABLE : inCatalog;
    }

    private void addColumns(String from, Map<String, Schema> schemas) throws SQLException {
        for (Object[] row : rows(
                "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH,"
                        + " NUMERIC_PRECISION, NUMERIC_SCALE, CHARACTER_OCTET_LENGTH, IS_NULLABLE, COLUMN_DEFAULT FROM "
                        + from + "COLUMNS WHERE TABLE_SCHEMA LIKE @p1 AND TABLE_NAME LIKE @p2 AND COLUMN_NAME LIKE @p3"
                        + " ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION",
                schemaPattern,
                tablePattern,
                columnPattern)) {
            Table table = table(schemas, row);
            if (table != null) {
                table.columns()
                        .add(new Column(
                                text(row[2]),
                                number(row[3]),
                                text(row[4]),
                                row[5] == null ? number(row[6]) : number(row[5]),
                                number(row[7]),
                                number(row[8]),
                                "YES".equals(text(row[9])),
                                text(row[10])));
            }
        }
    }

    private void addConstraints(String from, Map<String, Schema> schemas) throws SQLException {
        for (Object[] row : rows(
                "SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.CONSTRAINT_NAME, c.CONSTRAINT_TYPE, k.COLUMN_NAME FROM " + from
                        + "TABLE_CONSTRAINTS c LEFT JOIN " + from
                        + "KEY_COLUMN_USAGE k ON k.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA AND k.CONSTRAINT_NAME ="
                        + " c.CONSTRAINT_NAME WHERE c.TABLE_SCHEMA LIKE @p1 AND c.TABLE_NAME LIKE @p2"
                        + " ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.CONSTRAINT_NAME, k.ORDINAL_POSITION",
                schemaPattern,
                tablePattern)) {
            Table table = table(schemas, row);
            if (table != null) {
                Constraint constraint = table.constraints()
                        .computeIfAbsent(
                                text(row[2]),
                                name -> new Constraint(name, text(row[3]), new ArrayList<>(), new ArrayList<>()));
                if (row[4] != null) {
                    constraint.columns().add(text(row[4]));
                }
            }
        }
    }

    private void addUsages(String from, Map<String, Schema> schemas) throws SQLException {
        for (Object[] row : rows(
                "SELECT f.TABLE_SCHEMA, f.TABLE_NAME, f.CONSTRAINT_NAME, p.TABLE_CATALOG, p.TABLE_SCHEMA, p.TABLE_NAME,"
                        + " p.COLUMN_NAME FROM " + from + "REFERENTIAL_CONSTRAINTS r JOIN " + from
                        + "TABLE_CONSTRAINTS f ON f.CONSTRAINT_SCHEMA = r.CONSTRAINT_SCHEMA AND f.CONSTRAINT_NAME ="
                        + " r.CONSTRAINT_NAME JOIN " + from
                        + "KEY_COLUMN_USAGE p ON p.CONSTRAINT_SCHEMA = r.UNIQUE_CONSTRAINT_SCHEMA AND p.CONSTRAINT_NAME ="
                        + " r.UNIQUE_CONSTRAINT_NAME WHERE f.TABLE_SCHEMA LIKE @p1 AND f.TABLE_NAME LIKE @p2"
                        + " ORDER BY f.TABLE_SCHEMA, f.TABLE_NAME, f.CONSTRAINT_NAME, p.ORDINAL_POSITION",
                schemaPattern,
                tablePattern)) {
            Table table = table(schemas, row);
            if (table != null && table.constraints().containsKey(text(row[2]))) {
                table.constraints()
                        .get(text(row[2]))
                        .usages()
                        .add(new Usage(text(row[3]), text(row[4]), text(row[5]), text(row[6])));
            }
        }
    }

    /** Of a row that begins with schema and table; null for one that was not asked for. */
    private static Table table(Map<String, Schema> schemas, Object[] row) {
        Schema schema = schemas.get(text(row[0]));
        return schema == null ? null : schema.tables().get(text(row[1]));
    }

    private List<Object[]> rows(String sql, String... patterns) throws SQLException {
        List<Parameter> parameters = new ArrayList<>();
        for (String pattern : patterns) {
            parameters.add(Parameter.in(TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT), pattern));
        }
        List<Object[]> rows = new ArrayList<>();
        try (QueryReader reader = TidegateArrow.query(connection.client(), sql, parameters, connection.allocator())) {
            while (reader.loadNextBatch()) {
                List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    int at = row;
                    rows.add(
                            vectors.stream().map(vector -> vector.getObject(at)).toArray());
                }
            }
        } catch (IOException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getMessage(), "HY000", e);
        }
        return rows;
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Integer number(Object value) {
        return value instanceof Number number
                ? (Integer) (value instanceof Byte ? number.intValue() & 0xFF : number.intValue())
                : null;
    }
}
