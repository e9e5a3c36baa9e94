package dev.tidegate.server.catalog.view;

import dev.tidegate.server.tsql.type.TypeKind;

/** The type numbers of the first versions, as {@code sys.systypes} and {@code sys.syscolumns} still show them. */
final class OldTypeNumbers {
    private OldTypeNumbers() {}

    /** Storage type. */
    static int type(TypeKind kind) {
        return switch (kind) {
            case IMAGE -> 34;
            case TEXT, NTEXT -> 35;
            case UNIQUEIDENTIFIER, VARBINARY -> 37;
            case VARCHAR, NVARCHAR, SQL_VARIANT -> 39;
            case BINARY, ROWVERSION -> 45;
            case CHAR, NCHAR -> 47;
            case TINYINT -> 48;
            case BIT -> 50;
            case SMALLINT -> 52;
            case INT -> 56;
            case SMALLDATETIME -> 58;
            case REAL -> 59;
            case MONEY -> 60;
            case DATETIME -> 61;
            case FLOAT -> 62;
            case BIGINT -> 63;
            case DECIMAL -> 106;
            case NUMERIC -> 108;
            case SMALLMONEY -> 122;
            case DATE, TIME, DATETIME2, DATETIMEOFFSET, XML, JSON, VECTOR -> 0;
        };
    }

    /** {@code usertype}; 0 for the types that came later. */
    static int userType(TypeKind kind) {
        return switch (kind) {
            case CHAR, NCHAR -> 1;
            case VARCHAR, NVARCHAR -> 2;
            case BINARY -> 3;
            case VARBINARY -> 4;
            case TINYINT -> 5;
            case SMALLINT -> 6;
            case INT -> 7;
            case FLOAT -> 8;
            case NUMERIC -> 10;
            case MONEY -> 11;
            case DATETIME -> 12;
            case BIT -> 16;
            case TEXT, NTEXT -> 19;
            case IMAGE -> 20;
            case SMALLMONEY -> 21;
            case SMALLDATETIME -> 22;
            case REAL -> 23;
            case DECIMAL -> 24;
            case ROWVERSION -> 80;
            default -> 0;
        };
    }
}
