package dev.tidegate.server.catalog.model;

import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import dev.tidegate.tds.type.TypeInfo;

/** What the catalog says of a type: its numbers, and its size in SQL Server's own units. */
public final class TypeFacts {
    /** {@code user_type_id} of the alias type sysname. */
    public static final int SYSNAME_ID = 256;

    /** Collation of every character column; the wire form is {@code Collation.DEFAULT}. */
    public static final String COLLATION = "SQL_Latin1_General_CP1_CI_AS";

    private TypeFacts() {}

    /** {@code system_type_id} in {@code sys.types}. */
    public static int systemTypeId(TypeKind kind) {
        return switch (kind) {
            case IMAGE -> 34;
            case TEXT -> 35;
            case UNIQUEIDENTIFIER -> 36;
            case DATE -> 40;
            case TIME -> 41;
            case DATETIME2 -> 42;
            case DATETIMEOFFSET -> 43;
            case TINYINT -> 48;
            case SMALLINT -> 52;
            case INT -> 56;
            case SMALLDATETIME -> 58;
            case REAL -> 59;
            case MONEY -> 60;
            case DATETIME -> 61;
            case FLOAT -> 62;
            case SQL_VARIANT -> 98;
            case NTEXT -> 99;
            case BIT -> 104;
            case DECIMAL -> 106;
            case NUMERIC -> 108;
            case SMALLMONEY -> 122;
            case BIGINT -> 127;
            case VARBINARY -> 165;
            case VARCHAR -> 167;
            case BINARY -> 173;
            case CHAR -> 175;
            case ROWVERSION -> 189;
            case NVARCHAR -> 231;
            case NCHAR -> 239;
            case XML -> 241;
            case JSON -> 244;
            case VECTOR -> 255;
        };
    }

    /** {@code max_length}: bytes of a value at most, -1 for (max), xml and json, 16 for the pointer of text, ntext and image. */
    public static int maxLength(SqlType type) {
        return switch (type.kind()) {
            case BIT, TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, REAL, SMALLMONEY, SMALLDATETIME -> 4;
            case BIGINT, FLOAT, MONEY, DATETIME, ROWVERSION -> 8;
            case DATE -> 3;
            case TIME -> TypeInfo.timeLength(type.scale());
            case DATETIME2 -> TypeInfo.timeLength(type.scale()) + 3;
            case DATETIMEOFFSET -> TypeInfo.timeLength(type.scale()) + 5;
            case DECIMAL, NUMERIC -> TypeInfo.decimalLength(type.precision());
            case UNIQUEIDENTIFIER, TEXT, NTEXT, IMAGE -> 16;
            case CHAR, VARCHAR, BINARY, VARBINARY -> type.length();
            case NCHAR, NVARCHAR -> type.isMax() ? -1 : type.length() * 2;
            case XML, JSON -> -1;
            case VECTOR -> type.toTypeInfo().maxLength();
            case SQL_VARIANT -> 8016;
        };
    }

    /** {@code precision}: digits of numbers, characters of dates and times, bits of float; 0 for other types. */
    public static int precision(SqlType type) {
        return switch (type.kind()) {
            case BIT -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            case REAL -> 24;
            case FLOAT -> 53;
            case MONEY -> 19;
            case SMALLMONEY -> 10;
            case DECIMAL, NUMERIC -> type.precision();
            case DATE -> 10;
            case SMALLDATETIME -> 16;
            case DATETIME -> 23;
            case TIME -> withFraction(8, type.scale());
            case DATETIME2 -> withFraction(19, type.scale());
            case DATETIMEOFFSET -> withFraction(26, type.scale());
            default -> 0;
        };
    }

    private static int withFraction(int characters, int scale) {
        return scale == 0 ? characters : characters + 1 + scale;
    }

    /** {@code scale}: digits after the point, or of the seconds. */
    public static int scale(SqlType type) {
        return switch (type.kind()) {
            case MONEY, SMALLMONEY -> 4;
            case DATETIME -> 3;
            default -> type.scale();
        };
    }

    /** {@code collation_name}; null for types without one. */
    public static String collation(SqlType type) {
        return type.isCharacter() ? COLLATION : null;
    }

    /** {@code CHARACTER_MAXIMUM_LENGTH}: characters or bytes, -1 for (max), null for other types. */
    public static Integer characterLength(SqlType type) {
        return switch (type.kind()) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY -> type.length();
            case TEXT, IMAGE -> Integer.MAX_VALUE;
            case NTEXT -> Integer.MAX_VALUE / 2;
            case XML -> -1;
            default -> null;
        };
    }

    /** {@code CHARACTER_OCTET_LENGTH}: the same in bytes. */
    public static Integer octetLength(SqlType type) {
        return switch (type.kind()) {
            case NCHAR, NVARCHAR -> type.isMax() ? -1 : type.length() * 2;
            case NTEXT -> Integer.MAX_VALUE - 1;
            default -> characterLength(type);
        };
    }
}
