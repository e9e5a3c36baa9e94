package dev.tidegate.server.catalog.view;

import dev.tidegate.server.catalog.Catalog;
import dev.tidegate.server.catalog.SystemView;
import dev.tidegate.server.catalog.SystemView.RowSink;
import dev.tidegate.server.catalog.model.SchemaEntry;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** {@code sys.types} and its forerunner {@code sys.systypes}. */
public final class TypeViews {
    private TypeViews() {}

    public static List<SystemView> all() {
        return List.of(
                SystemView.sys(
                        "types",
                        "name sysname, system_type_id tinyint, user_type_id int, schema_id int, principal_id int null,"
                                + " max_length smallint, precision tinyint, scale tinyint, collation_name sysname null,"
                                + " is_nullable bit null, is_user_defined bit, is_assembly_type bit, default_object_id"
                                + " int, rule_object_id int, is_table_type bit",
                        TypeViews::types),
                SystemView.sys(
                        "systypes",
                        "name sysname, xtype tinyint, status tinyint, xusertype smallint null, length smallint, xprec"
                                + " tinyint, xscale tinyint, tdefault int, domain int, uid smallint null, reserved"
                                + " smallint null, collationid int null, usertype smallint null, variable bit null,"
                                + " allownulls bit null, type tinyint, printfmt varchar(255) null, prec smallint null,"
                                + " scale tinyint null, collation sysname null",
                        TypeViews::oldTypes),
                SystemView.empty(
                        "table_types",
                        "name sysname, system_type_id tinyint, user_type_id int, schema_id int, principal_id int null,"
                                + " max_length smallint, precision tinyint, scale tinyint, collation_name sysname null,"
                                + " is_nullable bit null, is_user_defined bit, is_assembly_type bit, default_object_id"
                                + " int, rule_object_id int, is_table_type bit, type_table_object_id int,"
                                + " is_memory_optimized bit null"),
                SystemView.empty(
                        "assembly_types",
                        "name sysname, system_type_id tinyint, user_type_id int, schema_id int, assembly_id int, "
                                + "assembly_class sysname null, assembly_qualified_name nvarchar(4000) null"));
    }

    /** All types by id; the one of the largest declaration stands for a type with a length. */
    private static List<SqlType> largest() {
        return Arrays.stream(TypeKind.values())
                .sorted(Comparator.comparingInt(TypeFacts::systemTypeId))
                .map(TypeViews::largest)
                .toList();
    }

    private static SqlType largest(TypeKind kind) {
        return switch (kind) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> SqlType.sized(kind, 8000);
            case NCHAR, NVARCHAR -> SqlType.sized(kind, 4000);
            case VECTOR -> SqlType.vector(1998);
            case DECIMAL -> SqlType.decimal(38, 38);
            case NUMERIC -> SqlType.numeric(38, 38);
            case TIME -> SqlType.time(7);
            case DATETIME2 -> SqlType.datetime2(7);
            case DATETIMEOFFSET -> SqlType.datetimeoffset(7);
            default -> SqlType.plain(kind);
        };
    }

    private static void types(Catalog catalog, RowSink out) {
        for (SqlType type : largest()) {
            int id = TypeFacts.systemTypeId(type.kind());
            type(out, type.kind().sqlName(), id, type, true);
        }
        type(out, "sysname", TypeFacts.SYSNAME_ID, SqlType.SYSNAME, false);
    }

    private static void type(RowSink out, String name, int userTypeId, SqlType type, boolean nullable) {
        out.add(
                name,
                TypeFacts.systemTypeId(type.kind()),
                userTypeId,
                SchemaEntry.SYS,
                null,
                TypeFacts.maxLength(type),
                TypeFacts.precision(type),
                TypeFacts.scale(type),
                TypeFacts.collation(type),
                nullable,
                false,
                false,
                0,
                0,
                false);
    }

    private static void oldTypes(Catalog catalog, RowSink out) {
        for (SqlType type : largest()) {
            oldType(out, type.kind().sqlName(), TypeFacts.systemTypeId(type.kind()), type, true);
        }
        oldType(out, "sysname", TypeFacts.SYSNAME_ID, SqlType.SYSNAME, false);
    }

    private static void oldType(RowSink out, String name, int userTypeId, SqlType type, boolean nullable) {
        int id = TypeFacts.systemTypeId(type.kind());
        boolean sized = type.isCharacter() || type.kind().isBinary();
        int precision = sized ? TypeFacts.characterLength(type) == null ? 0 : type.length() : TypeFacts.precision(type);
        out.add(
                name,
                id,
                0,
                userTypeId,
                TypeFacts.maxLength(type),
                TypeFacts.precision(type),
                TypeFacts.scale(type),
                0,
                0,
                SchemaEntry.SYS,
                0,
                null,
                OldTypeNumbers.userType(type.kind()),
                type.kind() == TypeKind.VARCHAR
                        || type.kind() == TypeKind.NVARCHAR
                        || type.kind() == TypeKind.VARBINARY,
                nullable,
                OldTypeNumbers.type(type.kind()),
                null,
                precision,
                TypeFacts.scale(type),
                TypeFacts.collation(type));
    }
}
