package dev.tidegate.server.catalog.function;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.ConstraintEntry;
import dev.tidegate.server.catalog.model.IndexEntry;
import dev.tidegate.server.catalog.model.SchemaEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.type.SqlType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions that describe objects and their columns. H2 calls them with the connection of the statement; each gives NULL for what
 * does not exist, as SQL Server does.
 */
public final class ObjectFunctions {
    private ObjectFunctions() {}

    /** OBJECT_ID(name). */
    public static Integer objectId(Connection connection, String name) throws SQLException {
        return objectId(connection, name, null);
    }

    /** OBJECT_ID(name, type): NULL as well if the object is of another kind. */
    public static Integer objectId(Connection connection, String name, String type) throws SQLException {
        if (name == null) {
            return null;
        }
        return NamedObject.byName(Catalog.of(connection), name)
                .filter(object ->
                        type == null || type.isBlank() || object.type().equalsIgnoreCase(type.strip()))
                .map(NamedObject::id)
                .orElse(null);
    }

    /** OBJECT_NAME(id). */
    public static String objectName(Connection connection, Integer id) throws SQLException {
        return byId(connection, id).map(NamedObject::name).orElse(null);
    }

    /** OBJECT_NAME(id, database id). */
    public static String objectName(Connection connection, Integer id, Integer database) throws SQLException {
        return isCurrent(connection, database) ? objectName(connection, id) : null;
    }

    /** OBJECT_SCHEMA_NAME(id). */
    public static String objectSchemaName(Connection connection, Integer id) throws SQLException {
        return byId(connection, id).map(NamedObject::schema).orElse(null);
    }

    /** OBJECT_SCHEMA_NAME(id, database id). */
    public static String objectSchemaName(Connection connection, Integer id, Integer database) throws SQLException {
        return isCurrent(connection, database) ? objectSchemaName(connection, id) : null;
    }

    /** OBJECT_DEFINITION(id): the text of a view, check or default. */
    public static String objectDefinition(Connection connection, Integer id) throws SQLException {
        Catalog catalog = Catalog.of(connection);
        for (TableEntry table : catalog.snapshot().tables()) {
            if (id != null && table.objectId() == id) {
                return table.definition();
            }
            for (ConstraintEntry.Check check : catalog.snapshot().constraints(table, ConstraintEntry.Check.class)) {
                if (id != null && check.objectId() == id) {
                    return check.text();
                }
            }
            for (ColumnEntry column : table.columns()) {
                if (id != null
                        && column.defaultValue() != null
                        && column.defaultValue().objectId() == id) {
                    return column.defaultValue().text();
                }
            }
        }
        return null;
    }

    /** SCHEMA_NAME(): that of the user, which is dbo. */
    public static String schemaName(Connection connection) {
        return "dbo";
    }

    /** SCHEMA_NAME(id). */
    public static String schemaName(Connection connection, Integer id) throws SQLException {
        return Catalog.of(connection).snapshot().schemas().stream()
                .filter(schema -> id != null && schema.id() == id)
                .map(SchemaEntry::name)
                .findFirst()
                .orElse(null);
    }

    /** SCHEMA_ID(). */
    public static Integer schemaId(Connection connection) {
        return SchemaEntry.DBO;
    }

    /** SCHEMA_ID(name). */
    public static Integer schemaId(Connection connection, String name) throws SQLException {
        return name == null
                ? null
                : Catalog.of(connection)
                        .snapshot()
                        .schema(name)
                        .map(SchemaEntry::id)
                        .orElse(null);
    }

    /** COL_LENGTH(table, column): bytes, -1 for (max). */
    public static Integer colLength(Connection connection, String table, String column) throws SQLException {
        return column(connection, table, column)
                .map(found -> TypeFacts.maxLength(found.type()))
                .orElse(null);
    }

    /** COL_NAME(table id, column id). */
    public static String colName(Connection connection, Integer table, Integer column) throws SQLException {
        return byId(connection, table)
                .map(NamedObject::table)
                .filter(found -> column != null
                        && column > 0
                        && column <= found.columns().size())
                .map(found -> found.columns().get(column - 1).name())
                .orElse(null);
    }

    /** COLUMNPROPERTY(table id, column, property). */
    public static Integer columnProperty(Connection connection, Integer table, String name, String property)
            throws SQLException {
        ColumnEntry column = byId(connection, table)
                .map(NamedObject::table)
                .map(found -> found.column(name))
                .orElse(null);
        return column == null || property == null ? null : columnProperty(column, property);
    }

    private static Integer columnProperty(ColumnEntry column, String property) {
        SqlType type = column.type();
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "allowsnull" -> bit(column.nullable());
            case "columnid" -> column.id();
            case "isidentity" -> bit(column.identity() != null);
            case "isidnotforrepl",
                    "isrowguidcol",
                    "issparse",
                    "iscolumnset",
                    "ishidden",
                    "isindexable",
                    "isxmlindexable",
                    "isfulltextindexed",
                    "generatedalwaystype" -> 0;
            case "iscomputed" -> bit(column.computedText() != null);
            case "isdeterministic", "isprecise" -> column.computedText() == null ? null : Integer.valueOf(1);
            case "precision" ->
                TypeFacts.characterLength(type) != null ? TypeFacts.characterLength(type) : TypeFacts.precision(type);
            case "scale" -> TypeFacts.scale(type);
            case "charmaxlen" -> TypeFacts.characterLength(type);
            case "usesansitrim" -> type.isCharacter() || type.kind().isBinary() ? 1 : null;
            default -> null;
        };
    }

    /** OBJECTPROPERTY(id, property) and OBJECTPROPERTYEX. */
    public static Integer objectProperty(Connection connection, Integer id, String property) throws SQLException {
        NamedObject object = byId(connection, id).orElse(null);
        if (object == null || property == null) {
            return null;
        }
        Catalog catalog = Catalog.of(connection);
        return ObjectProperties.of(catalog, object, property.toLowerCase(Locale.ROOT));
    }

    /** INDEXPROPERTY(table id, index name, property). */
    public static Integer indexProperty(Connection connection, Integer table, String name, String property)
            throws SQLException {
        IndexEntry index = index(
                connection, table, found -> found.name() != null && found.name().equalsIgnoreCase(name));
        if (index == null || property == null) {
            return null;
        }
        return switch (property.toLowerCase(Locale.ROOT)) {
            case "isunique" -> bit(index.unique());
            case "isclustered" -> bit(index.id() == 1);
            case "indexid" -> index.id();
            case "indexdepth" -> 1;
            case "indexfillfactor",
                    "isdisabled",
                    "isfulltextkey",
                    "ishypothetical",
                    "ispadindex",
                    "isstatistics",
                    "isautostatistics" -> 0;
            default -> null;
        };
    }

    /** INDEX_COL(table, index id, key number). */
    public static String indexCol(Connection connection, String table, Integer indexId, Integer key)
            throws SQLException {
        if (table == null || indexId == null || key == null) {
            return null;
        }
        IndexEntry index = index(connection, objectId(connection, table), found -> found.id() == indexId);
        return index == null || key < 1 || key > index.parts().size()
                ? null
                : index.parts().get(key - 1).column().name();
    }

    /** IDENT_SEED(table). */
    public static Long identSeed(Connection connection, String table) throws SQLException {
        return identity(connection, table).map(ColumnEntry.Identity::seed).orElse(null);
    }

    /** IDENT_INCR(table). */
    public static Long identIncr(Connection connection, String table) throws SQLException {
        return identity(connection, table).map(ColumnEntry.Identity::increment).orElse(null);
    }

    /** IDENT_CURRENT(table): the last value, or the seed while there was none. */
    public static Long identCurrent(Connection connection, String table) throws SQLException {
        return identity(connection, table)
                .map(identity -> identity.last() == null ? Long.valueOf(identity.seed()) : identity.last())
                .orElse(null);
    }

    private static Optional<ColumnEntry.Identity> identity(Connection connection, String table) throws SQLException {
        return table(connection, table)
                .flatMap(found -> found.columns().stream()
                        .map(ColumnEntry::identity)
                        .filter(identity -> identity != null)
                        .findFirst());
    }

    private static Optional<TableEntry> table(Connection connection, String name) throws SQLException {
        return name == null
                ? Optional.empty()
                : NamedObject.byName(Catalog.of(connection), name).map(NamedObject::table);
    }

    private static Optional<ColumnEntry> column(Connection connection, String table, String column)
            throws SQLException {
        return column == null ? Optional.empty() : table(connection, table).map(found -> found.column(column));
    }

    private interface Wanted {
        boolean test(IndexEntry index);
    }

    private static IndexEntry index(Connection connection, Integer tableId, Wanted wanted) throws SQLException {
        if (tableId == null) {
            return null;
        }
        Catalog catalog = Catalog.of(connection);
        return catalog.snapshot()
                .table(tableId)
                .flatMap(table -> catalog.snapshot().indexes(table).stream()
                        .filter(wanted::test)
                        .findFirst())
                .orElse(null);
    }

    private static Optional<NamedObject> byId(Connection connection, Integer id) throws SQLException {
        return id == null ? Optional.empty() : NamedObject.byId(Catalog.of(connection), id);
    }

    private static boolean isCurrent(Connection connection, Integer database) throws SQLException {
        return database != null && database == Catalog.of(connection).facts().databaseId();
    }

    static int bit(boolean value) {
        return value ? 1 : 0;
    }
}
