package dev.tidegate.duckdb.push.translate;

import java.util.List;

/** What the columns are called where an expression stands. */
@FunctionalInterface
public interface Names {
    /** @param path a column's name, perhaps with its table's and more before it */
    Scalar resolve(List<String> path) throws Untranslatable;
}
