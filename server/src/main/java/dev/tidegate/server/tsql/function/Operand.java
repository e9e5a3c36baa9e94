package dev.tidegate.server.tsql.function;

import dev.tidegate.server.tsql.type.SqlType;

/**
 * An expression that was translated.
 *
 * @param sql for H2, complete in itself (never needs parentheses around it)
 * @param type by SQL Server's rules; null for a bare NULL, which has none
 * @param nullable false only if it certainly is never NULL
 * @param literal the value, if the expression is a literal, else null
 */
public record Operand(String sql, SqlType type, boolean nullable, Object literal) {
    public static Operand of(String sql, SqlType type) {
        return new Operand(sql, type, true, null);
    }

    public boolean isNull() {
        return type == null;
    }

    /** The operand's own type if it is text, else the given one. */
    public SqlType textTypeOr(SqlType otherwise) {
        return type != null && type.isCharacter() ? type : otherwise;
    }
}
