package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.ColumnEntry;
import dev.tidegate.server.catalog.model.SequenceEntry;
import dev.tidegate.server.catalog.model.TableEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.List;

/** INFORMATION_SCHEMA's views of schemas, tables, columns and routines. */
public final class InformationSchemaObjects {
    private static final String TYPE = "DATA_TYPE nvarchar(128) null, CHARACTER_MAXIMUM_LENGTH int null, "
            + "CHARACTER_OCTET_LENGTH int null, NUMERIC_PRECISION tinyint null, NUMERIC_PRECISION_RADIX smallint null, "
            + "NUMERIC_SCALE int null, DATETIME_PRECISION smallint null";

    private static final String TEXT_TYPE = "CHARACTER_SET_CATALOG sysname null, CHARACTER_SET_SCHEMA sysname null, "
            + "CHARACTER_SET_NAME sysname null, COLLATION_CATALOG sysname null, COLLATION_SCHEMA sysname null, "
            + "COLLATION_NAME sysname null";

    private InformationSchemaObjects() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.information(
                        "SCHEMATA",
                        "CATALOG_NAME nvarchar(128) null, SCHEMA_NAME nvarchar(128), SCHEMA_OWNER nvarchar(128) null,"
                            + " DEFAULT_CHARACTER_SET_CATALOG varchar(6) null, DEFAULT_CHARACTER_SET_SCHEMA varchar(3)"
                            + " null, DEFAULT_CHARACTER_SET_NAME sysname null",
                        (catalog, out) -> catalog.snapshot()
                                .schemas()
                                .forEach(schema -> out.add(
                                        catalog.facts().database(),
                                        schema.name(),
                                        schema.id() <= 4 ? schema.name() : "dbo",
                                        null,
                                        null,
                                        "iso_1"))),
                SystemView.information(
                        "TABLES",
                        "TABLE_CATALOG nvarchar(128) null, TABLE_SCHEMA sysname null, TABLE_NAME sysname, "
                                + "TABLE_TYPE varchar(10) null",
                        (catalog, out) -> catalog.snapshot()
                                .tables()
                                .forEach(table -> out.add(
                                        catalog.facts().database(),
                                        table.schema().name(),
                                        table.name(),
                                        table.isView() ? "VIEW" : "BASE TABLE"))),
                SystemView.information(
                        "VIEWS",
                        "TABLE_CATALOG nvarchar(128) null, TABLE_SCHEMA nvarchar(128) null, TABLE_NAME nvarchar(128),"
                                + " VIEW_DEFINITION nvarchar(4000) null, CHECK_OPTION varchar(7) null, IS_UPDATABLE"
                                + " varchar(2)",
                        InformationSchemaObjects::views),
                SystemView.information(
                        "COLUMNS",
                        "TABLE_CATALOG nvarchar(128) null, TABLE_SCHEMA nvarchar(128) null, TABLE_NAME sysname,"
                                + " COLUMN_NAME sysname null, ORDINAL_POSITION int null, COLUMN_DEFAULT nvarchar(4000)"
                                + " null, IS_NULLABLE varchar(3) null, " + TYPE + ", " + TEXT_TYPE
                                + ", DOMAIN_CATALOG sysname null, DOMAIN_SCHEMA sysname null, DOMAIN_NAME sysname null",
                        InformationSchemaObjects::columns),
                SystemView.information(
                        "SEQUENCES",
                        "SEQUENCE_CATALOG nvarchar(128) null, SEQUENCE_SCHEMA sysname null, SEQUENCE_NAME sysname,"
                            + " DATA_TYPE nvarchar(128) null, NUMERIC_PRECISION tinyint, NUMERIC_PRECISION_RADIX"
                            + " smallint null, NUMERIC_SCALE int null, START_VALUE bigint, MINIMUM_VALUE bigint null,"
                            + " MAXIMUM_VALUE bigint null, INCREMENT bigint, CYCLE_OPTION bit null, DECLARED_DATA_TYPE"
                            + " int null, DECLARED_NUMERIC_PRECISION int null, DECLARED_NUMERIC_SCALE int null",
                        InformationSchemaObjects::sequences),
                SystemView.information("ROUTINES", routines(), (catalog, out) -> {}),
                SystemView.information("PARAMETERS", parameters(), (catalog, out) -> {}),
                SystemView.information(
                        "DOMAINS",
                        "DOMAIN_CATALOG nvarchar(128) null, DOMAIN_SCHEMA nvarchar(128) null, DOMAIN_NAME sysname,"
                            + " DATA_TYPE sysname null, CHARACTER_MAXIMUM_LENGTH int null, CHARACTER_OCTET_LENGTH int"
                            + " null, COLLATION_CATALOG varchar(6) null, COLLATION_SCHEMA varchar(3) null,"
                            + " COLLATION_NAME sysname null, DOMAIN_DEFAULT nvarchar(4000) null",
                        (catalog, out) -> {}),
                SystemView.information(
                        "TABLE_PRIVILEGES",
                        "GRANTOR nvarchar(128) null, GRANTEE nvarchar(128) null, TABLE_CATALOG nvarchar(128) null, "
                                + "TABLE_SCHEMA sysname null, TABLE_NAME sysname, PRIVILEGE_TYPE varchar(10) null, "
                                + "IS_GRANTABLE varchar(3) null",
                        (catalog, out) -> {}));
    }

    private static String routines() {
        return "SPECIFIC_CATALOG nvarchar(128) null, SPECIFIC_SCHEMA nvarchar(128) null, SPECIFIC_NAME sysname, "
                + "ROUTINE_CATALOG nvarchar(128) null, ROUTINE_SCHEMA nvarchar(128) null, ROUTINE_NAME sysname, "
                + "ROUTINE_TYPE nvarchar(20) null, " + TYPE + ", ROUTINE_BODY nvarchar(30) null, ROUTINE_DEFINITION"
                + " nvarchar(4000) null, IS_DETERMINISTIC nvarchar(10)"
                + " null, SQL_DATA_ACCESS nvarchar(30) null, CREATED"
                + " datetime, LAST_ALTERED datetime";
    }

    private static String parameters() {
        return "SPECIFIC_CATALOG nvarchar(128) null, SPECIFIC_SCHEMA nvarchar(128) null, SPECIFIC_NAME sysname, "
                + "ORDINAL_POSITION int, PARAMETER_MODE nvarchar(10) null, IS_RESULT nvarchar(10) null, "
                + "AS_LOCATOR nvarchar(10) null, PARAMETER_NAME sysname null, " + TYPE;
    }

    private static void views(Catalog catalog, RowSink out) {
        for (TableEntry table : catalog.snapshot().tables()) {
            if (table.isView()) {
                String text = table.definition();
                // The column is no longer than this; SQL Server shows NULL for a longer text.
                out.add(
                        catalog.facts().database(),
                        table.schema().name(),
                        table.name(),
                        text == null || text.length() > 4000 ? null : text,
                        "NONE",
                        "NO");
            }
        }
    }

    private static void columns(Catalog catalog, RowSink out) {
        String database = catalog.facts().database();
        for (TableEntry table : catalog.snapshot().tables()) {
            for (ColumnEntry column : table.columns()) {
                SqlType type = column.type();
                TypeKind kind = type.kind();
                boolean text = type.isCharacter();
                out.add(
                        database,
                        table.schema().name(),
                        table.name(),
                        column.name(),
                        column.id(),
                        column.defaultValue() == null
                                ? null
                                : column.defaultValue().text(),
                        column.nullable() ? "YES" : "NO",
                        kind.sqlName(),
                        TypeFacts.characterLength(type),
                        TypeFacts.octetLength(type),
                        isNumber(kind) ? TypeFacts.precision(type) : null,
                        isNumber(kind) ? kind.isApproximate() ? 2 : 10 : null,
                        isNumber(kind) && !kind.isApproximate() ? TypeFacts.scale(type) : null,
                        kind.isTemporal() ? kind == TypeKind.DATE ? 0 : TypeFacts.scale(type) : null,
                        null,
                        null,
                        text ? kind.isNational() ? "UNICODE" : "iso_1" : null,
                        null,
                        null,
                        TypeFacts.collation(type),
                        null,
                        null,
                        null);
            }
        }
    }

    private static boolean isNumber(TypeKind kind) {
        return kind.isNumeric() && kind != TypeKind.BIT;
    }

    private static void sequences(Catalog catalog, RowSink out) {
        for (SequenceEntry sequence : catalog.snapshot().sequences()) {
            out.add(
                    catalog.facts().database(),
                    sequence.schema().name(),
                    sequence.name(),
                    sequence.type().kind().sqlName(),
                    TypeFacts.precision(sequence.type()),
                    10,
                    0,
                    sequence.start(),
                    sequence.minimum(),
                    sequence.maximum(),
                    sequence.increment(),
                    sequence.cycles(),
                    null,
                    null,
                    null);
        }
    }
}
