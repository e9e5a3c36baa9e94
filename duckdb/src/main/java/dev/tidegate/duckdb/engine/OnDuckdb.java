package dev.tidegate.duckdb.engine;

/** DuckDB's part of an execution. */
interface OnDuckdb<T> {
    T run(String sql) throws Throwable;
}
