package dev.tidegate.duckdb.push.translate;

import java.util.List;

/** What the columns are called where an expression stands. */
@FunctionalInterface
public interface Names {
    /** @param path a column's name, perhaps with its table's and more before it */
    Scalar resolve(List<String> path) throws Untranslatable;

    /**
     * As {@link #resolve}, for a scan's column within the expression that makes the value of what it carries.
     *
     * @param unscaled whether that is the expression of a decimal without its point
     */
    default Scalar carried(List<String> path, boolean unscaled) throws Untranslatable {
        return resolve(path);
    }
}
