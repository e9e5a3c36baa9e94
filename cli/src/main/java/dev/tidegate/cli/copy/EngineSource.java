package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.load.TableDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Rows that DuckDB has by itself: a table or query of a database file, or data files. */
final class EngineSource implements CopySource {
    private final Engine engine;
    private final String sql;
    private final String name;
    private final boolean countIsCheap;
    private volatile boolean describing;

    EngineSource(Engine engine, String sql, String name, boolean countIsCheap) {
        this.engine = engine;
        // It will stand in parentheses: there a semicolon is an error, and a comment must end before the closing one.
        this.sql = sql.strip().replaceAll("[;\\s]+$", "") + "\n";
        this.name = name;
        this.countIsCheap = countIsCheap;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public Map<String, String> columns() throws SQLException {
        return engine.columns(sql);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalLong expectedRows() {
        if (!countIsCheap) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(engine.number("SELECT count(*) FROM (" + sql + ")"));
        } catch (SQLException e) {
            // The number is for the progress bar only; the copy itself will say what is wrong.
            return OptionalLong.empty();
        }
    }

    @Override
    public OptionalLong rowsRead() {
        return OptionalLong.empty();
    }

    @Override
    public List<String> tableDefinition(boolean measured) throws SQLException {
        describing = true;
        try {
            return TableDefinition.of(engine.connection(), sql, measured).columns();
        } finally {
            describing = false;
        }
    }

    @Override
    public SQLException explain(SQLException reported) {
        return reported;
    }

    /** A statement that the target runs is the target's to cancel. */
    @Override
    public void cancel() {
        if (describing) {
            engine.abandon();
        }
    }

    @Override
    public void close() {}
}
