package dev.tidegate.duckdb.push.translate;

/** What a value has lost on its way from the server into a DuckDB expression, whatever type it has there now. The coarsest comes last. */
public enum Rounding {
    NONE,
    /** The seventh digit of a second has been cut off. */
    CUT,
    /** An exact number has become a DOUBLE, by a rounding of DuckDB's own. */
    DOUBLE,
    FLOAT;

    Rounding and(Rounding other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
