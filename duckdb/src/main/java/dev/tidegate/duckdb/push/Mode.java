package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.translate.Rules;

/** Whether whole statements are sent to the server. */
public enum Mode {
    /** Never. */
    OFF,
    /** Where the answer is the one that DuckDB would give. */
    AUTO,
    /** Also where the server's own rules show: text is compared, grouped and ordered by its collation, floats are summed in its order. */
    ON;

    Rules rules() {
        return this == ON ? Rules.SERVER : Rules.EXACT;
    }
}
