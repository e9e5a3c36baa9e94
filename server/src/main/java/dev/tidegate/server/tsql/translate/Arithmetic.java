package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** Translates {@code + - * / % & | ^}. */
public final class Arithmetic {
    private Arithmetic() {}

    /** @throws SqlServerException 8117 or 402 if the operator does not take these types */
    public static Operand binary(String operator, Operand left, Operand right) throws SqlServerException {
        if (left.isNull() && right.isNull()) {
            return new Operand(SqlText.cast("NULL", SqlType.INT), SqlType.INT, true, null);
        }
        SqlType a = left.isNull() ? right.type() : left.type();
        SqlType b = right.isNull() ? left.type() : right.type();
        left.suggest(a);
        right.suggest(b);
        boolean nullable = left.nullable() || right.nullable();
        if (operator.equals("+") && isText(a) && isText(b)) {
            SqlType type = TypeRules.concatenation(a, b);
            return new Operand("(" + text(left) + " || " + text(right) + ")", type, nullable, null);
        }
        if (operator.equals("+") && a.kind().isBinary() && b.kind().isBinary()) {
            return new Operand(
                    "(" + left.sql() + " || " + right.sql() + ")", TypeRules.concatenation(a, b), nullable, null);
        }
        if ("&|^".contains(operator)) {
            return bitwise(operator, left, right, a, b);
        }
        if (a.kind().isTemporal() || b.kind().isTemporal()) {
            return dates(operator, left, right, a, b);
        }
        SqlType numericA = isText(a) ? b : a;
        SqlType numericB = isText(b) ? a : b;
        if (!numericA.kind().isNumeric() || !numericB.kind().isNumeric()) {
            throw incompatible(operator, a, b);
        }
        SqlType type =
                TypeRules.arithmetic(operator, constant(left, numericA, numericB), constant(right, numericB, numericA));
        if (operator.equals("/") && type.kind().isDecimal()) {
            // the quotient is cut, not rounded; H2 computes with as many digits as the dividend has
            String dividend = SqlText.cast(operand(left, numericA, type), SqlType.decimal(76, 38));
            String quotient =
                    "TRUNCATE(" + dividend + " / " + operand(right, numericB, type) + ", " + type.scale() + ")";
            return new Operand(SqlText.cast(quotient, type), type, nullable, null);
        }
        String sql = operand(left, numericA, type) + " " + operator + " " + operand(right, numericB, type);
        boolean fixed = type.kind().isDecimal() || type.kind().isMoney();
        return new Operand(fixed ? SqlText.cast(sql, type) : "(" + sql + ")", type, nullable, null);
    }

    /** A whole constant beside a decimal number has as many digits as are written, not those of its type. */
    private static SqlType constant(Operand operand, SqlType own, SqlType other) {
        return operand.literal() instanceof Integer number && other.kind().isDecimal()
                ? SqlType.numeric(String.valueOf(Math.abs((long) number)).length(), 0)
                : own;
    }

    private static boolean isText(SqlType type) {
        return type.kind().isCharacter();
    }

    private static String text(Operand operand) {
        return operand.isNull() ? SqlText.cast("NULL", SqlType.varchar(1)) : operand.sql();
    }

    /** An operand in the H2 type that the result is computed in. */
    private static String operand(Operand operand, SqlType own, SqlType result) throws SqlServerException {
        if (operand.isNull()) {
            return SqlText.cast("NULL", result);
        }
        if (operand.type().kind().isCharacter()) {
            return Coercion.implicit(operand, own);
        }
        if (result.kind().isDecimal() || result.kind().isMoney()) {
            return operand.type().kind() == TypeKind.BIT ? SqlText.cast(operand.sql(), SqlType.INT) : operand.sql();
        }
        boolean same = SqlText.type(operand.type()).equals(SqlText.type(result));
        return same ? operand.sql() : SqlText.cast(operand.sql(), result);
    }

    private static Operand bitwise(String operator, Operand left, Operand right, SqlType a, SqlType b)
            throws SqlServerException {
        SqlType type = TypeRules.common(a, b);
        if (!type.kind().isInteger() && type.kind() != TypeKind.BIT) {
            throw incompatible(operator, a, b);
        }
        SqlType in = type.kind() == TypeKind.BIT ? SqlType.INT : type;
        String function = operator.equals("&") ? "BITAND" : operator.equals("|") ? "BITOR" : "BITXOR";
        String sql = function + "(" + Coercion.implicit(left, in) + ", " + Coercion.implicit(right, in) + ")";
        boolean nullable = left.nullable() || right.nullable();
        return new Operand(type.kind() == TypeKind.BIT ? "(" + sql + " <> 0)" : sql, type, nullable, null);
    }

    /** datetime and smalldatetime count in days; the newer types do not. */
    private static Operand dates(String operator, Operand left, Operand right, SqlType a, SqlType b)
            throws SqlServerException {
        boolean legacy = (isLegacy(a) || !a.kind().isTemporal())
                && (isLegacy(b) || !b.kind().isTemporal());
        if (!legacy || (!operator.equals("+") && !operator.equals("-"))) {
            throw incompatible(operator, a, b);
        }
        SqlType days = SqlType.decimal(38, 12);
        String l = Coercion.convert(left, days, "0", false);
        String r = Coercion.convert(right, days, "0", false);
        Operand sum = Operand.of("(" + l + " " + operator + " " + r + ")", days);
        SqlType type = isLegacy(a) ? a : b;
        return new Operand(Coercion.convert(sum, type, "0", false), type, left.nullable() || right.nullable(), null);
    }

    private static boolean isLegacy(SqlType type) {
        return type.kind() == TypeKind.DATETIME || type.kind() == TypeKind.SMALLDATETIME;
    }

    private static SqlServerException incompatible(String operator, SqlType a, SqlType b) {
        String name = switch (operator) {
            case "+" -> "add";
            case "-" -> "subtract";
            case "*" -> "multiply";
            case "/" -> "divide";
            case "%" -> "modulo";
            default -> "'" + operator + "'";
        };
        if (a.kind() == b.kind()) {
            return TypeRules.notForOperator(a, name);
        }
        return KnownError.INCOMPATIBLE_OPERANDS.exception(a.kind().sqlName(), b.kind().sqlName(), name);
    }
}
