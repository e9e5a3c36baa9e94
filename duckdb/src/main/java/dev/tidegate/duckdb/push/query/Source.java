package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.translate.Scalar;
import java.util.List;

/**
 * A table or sub-query of a FROM clause.
 *
 * @param name by which the query knows it; its columns' SQL has a name of its own
 */
record Source(String name, List<Column> columns) {
    /** @param hidden merged by USING into the column of another source */
    record Column(String name, Scalar value, boolean hidden) {}

    /** The same where the join may put NULLs for its rows. */
    Source nullable() {
        return new Source(
                name,
                columns.stream()
                        .map(column -> new Column(column.name(), column.value().orNull(), column.hidden()))
                        .toList());
    }
}
