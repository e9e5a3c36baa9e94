package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.TypeInfo;

/** Precision, scale, widths and T-SQL declarations of a {@link TypeInfo}, as JDBC's metadata wants them. */
public final class TypeFacts {
    private TypeFacts() {}

    /** Digits of a number, characters of a text, bytes of a binary value, characters of a date or time. */
    public static int precision(TypeInfo type) {
        return switch (SqlKind.of(type)) {
            case BIT -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            case REAL -> 7;
            case FLOAT -> 15;
            case DECIMAL, NUMERIC -> type.precision();
            case MONEY -> 19;
            case SMALLMONEY -> 10;
            case DATE -> 10;
            case TIME -> 8 + fraction(type.scale());
            case SMALLDATETIME -> 16;
            case DATETIME -> 23;
            case DATETIME2 -> 19 + fraction(type.scale());
            case DATETIMEOFFSET -> 26 + fraction(type.scale());
            case UNIQUEIDENTIFIER -> 36;
            case CHAR, VARCHAR, BINARY, VARBINARY, UDT -> type.isPlp() ? Integer.MAX_VALUE : type.maxLength();
            case NCHAR, NVARCHAR -> type.isPlp() ? Integer.MAX_VALUE / 2 : type.maxLength() / 2;
            case TEXT, IMAGE -> Integer.MAX_VALUE;
            case NTEXT, XML, JSON -> Integer.MAX_VALUE / 2;
            case VECTOR -> (type.maxLength() - 8) / 4;
            case SQL_VARIANT -> 8000;
            case NULL -> 0;
        };
    }

    /** Digits after the point, of a number or of the seconds. */
    public static int scale(TypeInfo type) {
        return switch (SqlKind.of(type)) {
            case DECIMAL, NUMERIC, TIME, DATETIME2, DATETIMEOFFSET -> type.scale();
            case MONEY, SMALLMONEY -> 4;
            case DATETIME -> 3;
            default -> 0;
        };
    }

    /** Most characters that the value takes as text. */
    public static int displaySize(TypeInfo type) {
        return switch (SqlKind.of(type)) {
            case SMALLINT -> 6;
            case INT -> 11;
            case BIGINT -> 20;
            case REAL -> 14;
            case FLOAT -> 24;
            case DECIMAL, NUMERIC -> type.precision() + 2;
            case MONEY -> 21;
            case SMALLMONEY -> 12;
            case BINARY, VARBINARY, UDT -> type.isPlp() ? Integer.MAX_VALUE : type.maxLength() * 2;
            case VECTOR -> Math.max(0, (type.maxLength() - 8) / 4) * 16;
            default -> precision(type);
        };
    }

    /** True for numbers that can be negative. */
    public static boolean signed(TypeInfo type) {
        SqlKind kind = SqlKind.of(type);
        return kind.isNumeric() && kind != SqlKind.TINYINT;
    }

    /** The type as a parameter list or a DDL statement declares it, for instance {@code nvarchar(4000)} or {@code decimal(38,2)}. */
    public static String declaration(TypeInfo type) {
        SqlKind kind = SqlKind.of(type);
        return switch (kind) {
            case DECIMAL, NUMERIC -> kind.sqlName() + "(" + type.precision() + "," + type.scale() + ")";
            case TIME, DATETIME2, DATETIMEOFFSET -> kind.sqlName() + "(" + type.scale() + ")";
            case CHAR, VARCHAR, BINARY, VARBINARY, NCHAR, NVARCHAR ->
                kind.sqlName() + "(" + (type.isPlp() ? "max" : Integer.toString(precision(type))) + ")";
            case VECTOR -> kind.sqlName() + "(" + precision(type) + ")";
            default -> kind.sqlName();
        };
    }

    private static int fraction(int scale) {
        return scale == 0 ? 0 : scale + 1;
    }
}
