package dev.tidegate.duckdb.push.query;

/**
 * The session's defaults of ORDER BY.
 *
 * @param descending whether rows are sorted downwards unless told
 * @param placement where NULLs stand unless told
 */
public record NullOrder(boolean descending, Placement placement) {
    /** DuckDB's setting default_null_order. */
    public enum Placement {
        FIRST,
        LAST,
        FIRST_ON_ASC_LAST_ON_DESC,
        LAST_ON_ASC_FIRST_ON_DESC
    }

    boolean nullsFirst(boolean downwards) {
        return switch (placement) {
            case FIRST -> true;
            case LAST -> false;
            case FIRST_ON_ASC_LAST_ON_DESC -> !downwards;
            case LAST_ON_ASC_FIRST_ON_DESC -> downwards;
        };
    }
}
