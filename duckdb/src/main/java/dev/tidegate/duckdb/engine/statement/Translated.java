package dev.tidegate.duckdb.engine.statement;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.load.Binding;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A statement as DuckDB runs it.
 *
 * @param before what the engine does itself, before each execution; null: nothing
 * @param after what the engine does once DuckDB has run it; null: nothing
 * @param write what the engine does in DuckDB's place; null: DuckDB runs {@code sql}, which otherwise only has the same parameters
 * @param functions borrowed until the statement is closed or runs another text
 * @param undescribed tables that the statement may mean, and why there is no view of them
 */
public record Translated(
        String sql,
        Step before,
        Step after,
        Write write,
        List<ScanFunction> functions,
        Map<RemoteName, SQLException> undescribed) {
    /** Does nothing and has no result, as those statements that the engine runs itself. */
    public static final String NOTHING = "RESET VARIABLE tidegate_nothing";

    public interface Step {
        void run() throws SQLException;

        /** @param parameters of a prepared statement */
        default void run(Binding parameters) throws SQLException {
            run();
        }

        /** Whether it may run in a transaction that is aborted. */
        default boolean isForAborted() {
            return false;
        }

        static Step evenIfAborted(Step step) {
            return new Step() {
                @Override
                public void run() throws SQLException {
                    step.run();
                }

                @Override
                public boolean isForAborted() {
                    return true;
                }
            };
        }
    }

    public boolean isForAborted() {
        return before != null && before.isForAborted();
    }

    public static Translated asItIs(String sql, Map<RemoteName, SQLException> undescribed) {
        return new Translated(sql, null, null, null, List.of(), undescribed);
    }

    public static Translated byEngine(Step step) {
        return new Translated(NOTHING, step, null, null, List.of(), Map.of());
    }

    /** @param sql with the statement's parameters, as DuckDB prepares it */
    public static Translated written(String sql, Write write) {
        return new Translated(sql, null, null, write, List.of(), Map.of());
    }
}
