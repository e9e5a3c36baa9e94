package dev.tidegate.server.tsql.function;

import dev.tidegate.server.tsql.type.SqlType;

/**
 * An expression that was translated.
 *
 * @param sql for H2, complete in itself (never needs parentheses around it)
 * @param type by SQL Server's rules; null for a bare NULL, which has none
 * @param nullable false only if it certainly is never NULL
 * @param literal the value, if the expression is a literal, or an {@link UndeclaredParameter}; else null
 */
public record Operand(String sql, SqlType type, boolean nullable, Object literal) {
    public static Operand of(String sql, SqlType type) {
        return new Operand(sql, type, true, null);
    }

    public static Operand undeclared(UndeclaredParameter parameter) {
        return new Operand("NULL", null, true, parameter);
    }

    public boolean isNull() {
        return type == null;
    }

    /** Tells an undeclared parameter the type that its place wants; nothing for every other operand. */
    public void suggest(SqlType wanted) {
        if (wanted != null && literal instanceof UndeclaredParameter parameter) {
            parameter.suggest(wanted);
        }
    }

    /** The operand's own type if it is text, else the given one. */
    public SqlType textTypeOr(SqlType otherwise) {
        return type != null && type.isCharacter() ? type : otherwise;
    }
}
