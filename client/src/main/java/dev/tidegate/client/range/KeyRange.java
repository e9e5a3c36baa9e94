package dev.tidegate.client.range;

import dev.tidegate.client.TableName;
import java.util.regex.Pattern;

/**
 * A part of a table: the rows whose key lies between two bounds.
 *
 * @param column the key's name, unquoted
 * @param from the lowest key, as a CAST of a constant; null if there is none below which a key would not count
 * @param below the lowest key that does not count any more, likewise; null if there is none
 * @param withNulls whether the rows without a key count as well
 */
public record KeyRange(String column, String from, String below, boolean withNulls) {
    /** A range may have come from elsewhere: nothing else goes into a query as it is. */
    private static final Pattern BOUND = Pattern.compile(
            "CAST\\((-?\\d{1,38}(\\.\\d{1,38})?|'\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d)?') AS [a-z]{3,13}2?(\\(\\d{1,2}(,\\d{1,2})?\\))?\\)");

    /** @throws IllegalArgumentException if a bound is anything else than the CAST of a number or a date, or there is no column */
    public KeyRange {
        if (column.isEmpty() || !isBound(from) || !isBound(below)) {
            throw new IllegalArgumentException(
                    "'" + from + "' to '" + below + "' is no range of a key '" + column + "'");
        }
    }

    private static boolean isBound(String sql) {
        return sql == null || BOUND.matcher(sql).matches();
    }

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
