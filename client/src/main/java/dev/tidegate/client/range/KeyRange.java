package dev.tidegate.client.range;

import dev.tidegate.client.TableName;

/**
 * A part of a table: the rows whose key lies between two bounds.
 *
 * @param column the key's name, unquoted
 * @param from T-SQL of the lowest key; null if there is none below which a key would not count
 * @param below T-SQL of the lowest key that does not count any more; null if there is none
 * @param withNulls whether the rows without a key count as well
 */
public record KeyRange(String column, String from, String below, boolean withNulls) {
    /** The whole table. */
    static KeyRange everything(String column) {
        return new KeyRange(column, null, null, true);
    }

    /** What stands behind WHERE; empty if every row counts. */
    public String predicate() {
        String key = TableName.quote(column);
        if (from == null && below == null) {
            return withNulls ? "" : key + " IS NOT NULL";
        }
        String lower = from == null ? "" : key + " >= " + from;
        String upper = below == null ? "" : key + " < " + below;
        String both = lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " AND " + upper;
        return withNulls ? "(" + both + " OR " + key + " IS NULL)" : both;
    }
}
