package dev.tidegate.duckdb.push.translate;

import java.util.Optional;

/** The operators that compare two values, as both dialects write them. */
public enum Comparison {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sql;

    Comparison(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** True where this is false, NULL aside. */
    Comparison negated() {
        return switch (this) {
            case EQUAL -> NOT_EQUAL;
            case NOT_EQUAL -> EQUAL;
            case LESS -> GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> GREATER;
            case GREATER -> LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> LESS;
        };
    }

    /** The same with both sides exchanged. */
    Comparison turned() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }

    static Optional<Comparison> ofNode(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "COMPARE_EQUAL" -> EQUAL;
                    case "COMPARE_NOTEQUAL" -> NOT_EQUAL;
                    case "COMPARE_LESSTHAN" -> LESS;
                    case "COMPARE_LESSTHANOREQUALTO" -> LESS_OR_EQUAL;
                    case "COMPARE_GREATERTHAN" -> GREATER;
                    case "COMPARE_GREATERTHANOREQUALTO" -> GREATER_OR_EQUAL;
                    default -> null;
                });
    }
}
