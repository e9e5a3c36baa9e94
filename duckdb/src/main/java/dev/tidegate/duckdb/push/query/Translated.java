package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Scalar;
import java.util.List;

/**
 * A query in T-SQL, whose columns are named {@code c1}, {@code c2}, …
 *
 * @param outputs what the columns are called in DuckDB, and their types
 */
public record Translated(Tsql sql, List<Output> outputs) {
    /** @param value its SQL is good inside the query only */
    public record Output(String name, Scalar value) {}

    static String columnName(int index) {
        return "c" + (index + 1);
    }
}
