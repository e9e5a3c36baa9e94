package dev.tidegate.duckdb.engine.statement;

/** DuckDB's part of an execution. */
public interface OnDuckdb<T> {
    T run(String sql) throws Throwable;
}
