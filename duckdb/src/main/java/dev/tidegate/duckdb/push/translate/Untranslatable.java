package dev.tidegate.duckdb.push.translate;

/** Why an expression has no form in T-SQL under the rules that hold: nothing has failed, it is only left to DuckDB. */
public final class Untranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason says what is in the way, without values of the statement */
    public Untranslatable(String reason) {
        super(reason, null, false, false);
    }
}
