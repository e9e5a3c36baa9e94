package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** The types of expressions, by SQL Server's rules of precedence, precision, scale and length. */
public final class TypeRules {
    private TypeRules() {}

    /** The type of CASE, COALESCE, UNION, … over values of two types; null stands for a bare NULL. */
    public static SqlType common(SqlType a, SqlType b) {
        if (a == null || b == null || a.equals(b)) {
            return a == null ? b : a;
        }
        SqlType high = a.kind().ordinal() <= b.kind().ordinal() ? a : b;
        SqlType low = high == a ? b : a;
        TypeKind kind = high.kind();
        if (kind.isDecimal()) {
            return combined(kind, asDecimal(high), asDecimal(low));
        }
        return switch (kind) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY -> {
                TypeKind variable =
                        kind == TypeKind.BINARY && low.kind() != TypeKind.BINARY ? TypeKind.VARBINARY : kind;
                yield SqlType.sized(
                        variable, high.isMax() || low.isMax() ? SqlType.MAX : Math.max(high.length(), length(low)));
            }
            case TIME, DATETIME2, DATETIMEOFFSET -> new SqlType(kind, 0, 0, Math.max(high.scale(), low.scale()));
            default -> high;
        };
    }

    private static int length(SqlType type) {
        return type.kind().isCharacter() || type.kind().isBinary() ? type.length() : 0;
    }

    private static SqlType combined(TypeKind kind, SqlType a, SqlType b) {
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return limited(kind, whole + scale, scale);
    }

    /** An exact number's precision and scale as a decimal. */
    static SqlType asDecimal(SqlType type) {
        return switch (type.kind()) {
            case BIT -> SqlType.decimal(1, 0);
            case TINYINT -> SqlType.decimal(3, 0);
            case SMALLINT -> SqlType.decimal(5, 0);
            case INT -> SqlType.decimal(10, 0);
            case BIGINT -> SqlType.decimal(19, 0);
            case MONEY -> SqlType.decimal(19, 4);
            case SMALLMONEY -> SqlType.decimal(10, 4);
            case DECIMAL, NUMERIC -> type;
            default -> SqlType.decimal(38, 6);
        };
    }

    /** The result of {@code + - * / %} on numbers. */
    public static SqlType arithmetic(String operator, SqlType a, SqlType b) {
        SqlType high = a.kind().ordinal() <= b.kind().ordinal() ? a : b;
        if (high.kind() == TypeKind.BIT) {
            return SqlType.INT;
        }
        return high.kind().isDecimal() ? decimal(operator, high.kind(), asDecimal(a), asDecimal(b)) : high;
    }

    private static SqlType decimal(String operator, TypeKind kind, SqlType a, SqlType b) {
        int p1 = a.precision();
        int s1 = a.scale();
        int p2 = b.precision();
        int s2 = b.scale();
        return switch (operator) {
            case "*" -> limited(kind, p1 + p2 + 1, s1 + s2);
            case "/" -> {
                int scale = Math.max(6, s1 + p2 + 1);
                yield limited(kind, p1 - s1 + s2 + scale, scale);
            }
            case "%" -> limited(kind, Math.min(p1 - s1, p2 - s2) + Math.max(s1, s2), Math.max(s1, s2));
            default -> limited(kind, Math.max(s1, s2) + Math.max(p1 - s1, p2 - s2) + 1, Math.max(s1, s2));
        };
    }

    /** Beyond 38 digits the scale gives way, but not below 6. */
    private static SqlType limited(TypeKind kind, int precision, int scale) {
        if (precision <= 38) {
            return new SqlType(kind, 0, Math.max(1, precision), scale);
        }
        int whole = precision - scale;
        int kept = whole < 32 ? Math.min(scale, 38 - whole) : Math.min(scale, 6);
        return new SqlType(kind, 0, 38, kept);
    }

    /** The result of {@code +} on text or on binary. */
    public static SqlType concatenation(SqlType a, SqlType b) {
        if (a.kind().isBinary() && b.kind().isBinary()) {
            return SqlType.sized(
                    TypeKind.VARBINARY, a.isMax() || b.isMax() ? SqlType.MAX : Math.min(8000, a.length() + b.length()));
        }
        boolean national = a.kind().isNational() || b.kind().isNational();
        boolean max = a.isMax() || b.isMax() || isLong(a) || isLong(b);
        int most = national ? 4000 : 8000;
        boolean padded = a.isPadded() && b.isPadded();
        TypeKind kind =
                national ? (padded ? TypeKind.NCHAR : TypeKind.NVARCHAR) : padded ? TypeKind.CHAR : TypeKind.VARCHAR;
        return max
                ? SqlType.sized(national ? TypeKind.NVARCHAR : TypeKind.VARCHAR, SqlType.MAX)
                : new SqlType(kind, Math.min(most, a.length() + b.length()), 0, 0);
    }

    private static boolean isLong(SqlType type) {
        return type.kind() == TypeKind.TEXT || type.kind() == TypeKind.NTEXT;
    }

    /** The result of SUM. */
    public static SqlType sum(SqlType type) throws SqlServerException {
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INT -> SqlType.INT;
            case BIGINT -> SqlType.BIGINT;
            case DECIMAL, NUMERIC -> new SqlType(type.kind(), 0, 38, type.scale());
            case MONEY, SMALLMONEY -> SqlType.MONEY;
            case FLOAT, REAL -> SqlType.FLOAT;
            default -> throw notForOperator(type, "sum");
        };
    }

    /** The result of AVG. */
    public static SqlType average(SqlType type) throws SqlServerException {
        return switch (type.kind()) {
            case DECIMAL, NUMERIC -> new SqlType(type.kind(), 0, 38, Math.max(type.scale(), 6));
            case TINYINT, SMALLINT, INT, BIGINT, MONEY, SMALLMONEY, FLOAT, REAL -> sum(type);
            default -> throw notForOperator(type, "avg");
        };
    }

    static SqlServerException notForOperator(SqlType type, String operator) {
        return KnownError.OPERAND_TYPE.exception(type.kind().sqlName(), operator);
    }
}
