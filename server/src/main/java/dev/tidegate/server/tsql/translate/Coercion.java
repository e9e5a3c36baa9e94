package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.convert.CodePageText;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.convert.VariantConversion;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/** Writes conversions: H2's own CAST where it does what SQL Server does, else a call of the server's own conversion. Stateless. */
public final class Coercion {
    private Coercion() {}

    /** A conversion that T-SQL does without being asked, in expressions. Text is not cut. */
    public static String implicit(Operand operand, SqlType target) throws SqlServerException {
        if (operand.isNull()) {
            operand.suggest(target);
            return SqlText.cast("NULL", target);
        }
        SqlType from = operand.type();
        VariantConversion.checkImplicit(from, target);
        if (from.equals(target) || (from.isCharacter() && target.isCharacter() && !target.isPadded())) {
            return operand.sql();
        }
        if (from.isCharacter() && target.isCharacter()) {
            return "RPAD(" + operand.sql() + ", GREATEST(" + target.length() + ", CHAR_LENGTH(" + operand.sql() + ")))";
        }
        return convert(operand, target, "0", false);
    }

    /**
     * The conversion to a column's type on INSERT and UPDATE: text that is too long is left for H2 to refuse, binary likewise.
     */
    public static String assignment(Operand operand, SqlType target) throws SqlServerException {
        if (operand.isNull()) {
            operand.suggest(target);
            return "NULL";
        }
        SqlType from = operand.type();
        if (from.isCharacter() && target.isCharacter()) {
            if (operand.literal() instanceof String text && !target.isMax() && target.length() > 0) {
                return SqlText.string(fitLiteral(CodePageText.of(text, target), target));
            }
            String sql = inCodePage(operand, target);
            return target.isPadded()
                    ? "TIDEGATE.T_PAD_TEXT(" + sql + ", " + target.length() + ")"
                    : trimmed(sql, from, target);
        }
        if (from.kind().isBinary() && target.kind().isBinary()) {
            return target.isPadded()
                    ? "TIDEGATE.T_PAD_BINARY(" + operand.sql() + ", " + target.length() + ")"
                    : operand.sql();
        }
        return implicit(operand, target);
    }

    /** Trailing spaces beyond the length are dropped without an error; only if there is such a chance it is worth a call. */
    private static String trimmed(String sql, SqlType from, SqlType target) {
        boolean mayBeLonger = target.length() > 0 && (from.length() > target.length() || from.length() <= 0);
        return mayBeLonger ? "TIDEGATE.T_FIT_TEXT(" + sql + ", " + target.length() + ")" : sql;
    }

    /** Only text in UTF-16 may hold what the code page lacks. */
    private static String inCodePage(Operand operand, SqlType target) {
        boolean narrows = operand.type().kind().isNational() && !target.kind().isNational();
        return narrows ? "TIDEGATE.T_IN_CODE_PAGE(" + operand.sql() + ")" : operand.sql();
    }

    private static String fitLiteral(String text, SqlType target) {
        String fitted = Conversion.withoutSpacesBeyond(text, target.length());
        return fitted.length() > target.length() ? fitted : Conversion.fitText(fitted, target);
    }

    /**
     * CAST and CONVERT.
     *
     * @param style SQL of an int
     * @param tolerant NULL instead of an error
     */
    public static String convert(Operand operand, SqlType target, String style, boolean tolerant)
            throws SqlServerException {
        if (operand.isNull()) {
            operand.suggest(target);
            return SqlText.cast("NULL", target);
        }
        SqlType from = operand.type();
        if (target.kind() == TypeKind.SQL_VARIANT && from.kind() != TypeKind.SQL_VARIANT) {
            VariantConversion.checkExplicit(from);
        }
        if (operand.literal() != null && style.equals("0")) {
            try {
                return SqlText.cast(
                        SqlText.literal(Conversion.convert(operand.literal(), from, target, 0), target), target);
            } catch (SqlServerException e) {
                // the same error comes when the statement runs, unless the value is not needed
                return call(operand, target, style, tolerant);
            }
        }
        String cheap = cheap(operand.sql(), from, target, tolerant);
        return cheap != null ? cheap : call(operand, target, style, tolerant);
    }

    private static String cheap(String sql, SqlType from, SqlType to, boolean tolerant) {
        TypeKind source = from.kind();
        TypeKind target = to.kind();
        if (from.equals(to)) {
            return sql;
        }
        boolean narrows = source.isNational() && !target.isNational();
        if (source.isCharacter() && target.isCharacter() && !to.isPadded() && !narrows) {
            return SqlText.cast(sql, to);
        }
        if (source.isBinary() && target.isBinary() && !to.isPadded()) {
            return SqlText.cast(sql, to);
        }
        boolean sourceExact = source.isInteger() || source == TypeKind.BIT;
        if (target == TypeKind.BIT && source.isNumeric()) {
            return "(" + sql + " <> 0)";
        }
        if (sourceExact && target.isInteger() && source.ordinal() >= target.ordinal()
                || source == TypeKind.BIT && target.isInteger()) {
            return SqlText.cast(sql, to);
        }
        if (sourceExact && target.isApproximate()
                || source.isDecimal() && target == TypeKind.FLOAT
                || source == TypeKind.REAL && target == TypeKind.FLOAT
                || source.isMoney() && target.isApproximate()) {
            return SqlText.cast(sql, to);
        }
        if (tolerant) {
            return null;
        }
        boolean sourceFixed = sourceExact || source.isDecimal() || source.isMoney();
        if (sourceFixed && (target.isDecimal() || target == TypeKind.MONEY)) {
            return SqlText.cast(sql, to);
        }
        if (sourceExact && (target == TypeKind.INT || target == TypeKind.BIGINT)) {
            return SqlText.cast(sql, to);
        }
        if (source.isDecimal() && (target == TypeKind.INT || target == TypeKind.BIGINT)) {
            return SqlText.cast("TRUNCATE(" + sql + ", 0)", to);
        }
        boolean sourceStamp =
                source == TypeKind.DATETIME || source == TypeKind.DATETIME2 || source == TypeKind.SMALLDATETIME;
        return (sourceStamp && target == TypeKind.DATE) || (source == TypeKind.DATE && target == TypeKind.DATETIME2)
                ? SqlText.cast(sql, to)
                : null;
    }

    private static String call(Operand operand, SqlType to, String style, boolean tolerant) {
        String name = switch (to.kind()) {
            case BIT -> "TO_BIT";
            case TINYINT, SMALLINT, INT, BIGINT -> "TO_LONG";
            case DECIMAL, NUMERIC, MONEY, SMALLMONEY -> "TO_NUMERIC";
            case REAL, FLOAT -> "TO_DOUBLE";
            case DATE -> "TO_DATE";
            case TIME -> "TO_TIME";
            case DATETIME, SMALLDATETIME, DATETIME2 -> "TO_STAMP";
            case DATETIMEOFFSET -> "TO_OFFSET_STAMP";
            case BINARY, VARBINARY, IMAGE, ROWVERSION -> "TO_BINARY";
            case UNIQUEIDENTIFIER -> "TO_GUID";
            case CHAR, VARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT, XML, JSON -> "TO_TEXT";
            case SQL_VARIANT -> "TO_VARIANT";
            case VECTOR -> "TO_VECTOR";
        };
        return SqlText.cast(
                "TIDEGATE.T_" + name + "(" + operand.sql() + ", '" + operand.type() + "', '" + to + "', " + style + ", "
                        + (tolerant ? "TRUE" : "FALSE") + ")",
                to);
    }
}
