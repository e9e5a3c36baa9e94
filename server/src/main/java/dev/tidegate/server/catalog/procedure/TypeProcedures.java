package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.procedure.ProcedureArguments;
import dev.tidegate.server.procedure.ProcedureContext;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** sp_datatype_info: the types that a column can have. */
final class TypeProcedures {
    private static final int SEARCHABLE = 3;
    private static final int NOT_IN_LIKE = 2;
    private static final int NOT_SEARCHABLE = 0;

    private TypeProcedures() {}

    static int dataTypes(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        return dataTypes(arguments, sink, false);
    }

    static int dataTypes100(ProcedureContext context, ProcedureArguments arguments, ResponseSink sink) {
        return dataTypes(arguments, sink, true);
    }

    private static int dataTypes(ProcedureArguments arguments, ResponseSink sink, boolean modern) {
        CatalogResult result = new CatalogResult("TYPE_NAME sysname, DATA_TYPE smallint, PRECISION int null, "
                + "LITERAL_PREFIX varchar(32) null, LITERAL_SUFFIX varchar(32) null, CREATE_PARAMS varchar(32) null, "
                + "NULLABLE smallint, CASE_SENSITIVE smallint, SEARCHABLE smallint, UNSIGNED_ATTRIBUTE smallint null, "
                + "MONEY smallint, AUTO_INCREMENT smallint null, LOCAL_TYPE_NAME sysname, MINIMUM_SCALE smallint null, "
                + "MAXIMUM_SCALE smallint null, SQL_DATA_TYPE smallint, SQL_DATETIME_SUB smallint null, "
                + "NUM_PREC_RADIX int null, INTERVAL_PRECISION smallint null, USERTYPE smallint");
        int wanted = arguments.number("@data_type", 0, 0);
        int odbcVersion = arguments.number("@ODBCVer", 1, 2);
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.JSON && kind != TypeKind.VECTOR) {
                add(result, kind, kind.sqlName(), wanted, modern, odbcVersion, false);
            }
            boolean identity = kind.isInteger() || kind.isDecimal();
            if (identity) {
                String name = kind.sqlName() + (kind.isDecimal() ? "() identity" : " identity");
                add(result, kind, name, wanted, modern, odbcVersion, true);
            }
        }
        add(result, TypeKind.NVARCHAR, "sysname", wanted, modern, odbcVersion, false);
        result.sortBy(1, 11, 0).sendTo(sink);
        return 0;
    }

    private static void add(
            CatalogResult result,
            TypeKind kind,
            String name,
            int wanted,
            boolean modern,
            int odbcVersion,
            boolean identity) {
        boolean sysname = name.equals("sysname");
        SqlType type = sysname ? SqlType.SYSNAME : largest(kind);
        OdbcType odbc = OdbcType.of(type, modern, odbcVersion);
        if (wanted != 0 && wanted != odbc.dataType()) {
            return;
        }
        boolean number = kind.isNumeric() && kind != TypeKind.BIT;
        boolean exact = kind.isInteger() || kind.isDecimal() || kind.isMoney();
        result.add(
                name,
                odbc.dataType(),
                odbc.precision(),
                prefix(kind),
                suffix(kind),
                sysname ? null : parameters(kind),
                identity || sysname || kind == TypeKind.ROWVERSION ? 0 : 1,
                0,
                searchable(kind),
                number ? kind == TypeKind.TINYINT ? 1 : 0 : null,
                kind.isMoney() ? 1 : 0,
                number ? identity ? 1 : 0 : null,
                name,
                exact ? Integer.valueOf(smallestScale(type, identity)) : fraction(kind, 0),
                exact ? Integer.valueOf(largestScale(type, identity)) : fraction(kind, 7),
                odbc.sqlDataType(),
                odbc.dateTimeSub(),
                number ? odbc.radix() : null,
                null,
                0);
    }

    private static int smallestScale(SqlType type, boolean identity) {
        return type.kind().isDecimal() || identity ? 0 : TypeFacts.scale(type);
    }

    private static int largestScale(SqlType type, boolean identity) {
        return identity ? 0 : type.kind().isDecimal() ? 38 : TypeFacts.scale(type);
    }

    private static SqlType largest(TypeKind kind) {
        return switch (kind) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> SqlType.sized(kind, 8000);
            case NCHAR, NVARCHAR -> SqlType.sized(kind, 4000);
            case DECIMAL -> SqlType.decimal(38, 0);
            case NUMERIC -> SqlType.numeric(38, 0);
            case TIME -> SqlType.time(7);
            case DATETIME2 -> SqlType.datetime2(7);
            case DATETIMEOFFSET -> SqlType.datetimeoffset(7);
            default -> SqlType.plain(kind);
        };
    }

    private static Integer fraction(TypeKind kind, int digits) {
        return switch (kind) {
            case TIME, DATETIME2, DATETIMEOFFSET -> digits;
            case DATETIME -> 3;
            case SMALLDATETIME -> 0;
            default -> null;
        };
    }

    private static String prefix(TypeKind kind) {
        return switch (kind) {
            case NCHAR, NVARCHAR, NTEXT, XML -> "N'";
            case CHAR, VARCHAR, TEXT, UNIQUEIDENTIFIER -> "'";
            case BINARY, VARBINARY, IMAGE, ROWVERSION -> "0x";
            case MONEY, SMALLMONEY -> "$";
            default -> kind.isTemporal() ? "'" : null;
        };
    }

    private static String suffix(TypeKind kind) {
        return kind.isCharacter() || kind.isTemporal() || kind == TypeKind.UNIQUEIDENTIFIER || kind == TypeKind.XML
                ? "'"
                : null;
    }

    private static String parameters(TypeKind kind) {
        return switch (kind) {
            case CHAR, NCHAR, BINARY -> "length";
            case VARCHAR, NVARCHAR, VARBINARY -> "max length";
            case DECIMAL, NUMERIC -> "precision,scale";
            case TIME, DATETIME2, DATETIMEOFFSET -> "scale";
            default -> null;
        };
    }

    private static int searchable(TypeKind kind) {
        return switch (kind) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, DATETIME, SMALLDATETIME, DATE, TIME, DATETIME2, DATETIMEOFFSET ->
                SEARCHABLE;
            case TEXT, NTEXT -> 1;
            case IMAGE, XML -> NOT_SEARCHABLE;
            default -> NOT_IN_LIKE;
        };
    }
}
