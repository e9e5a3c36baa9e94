package dev.tidegate.duckdb.push.translate;

/** How much a translation may differ from what DuckDB would answer. */
public enum Rules {
    /** May be true for more rows, because DuckDB applies the predicate again; never for fewer. */
    SUPERSET,
    /** The same rows and values. */
    EXACT,
    /** As the server does it: text is compared and ordered by its collation, sums of floats in its order. */
    SERVER
}
