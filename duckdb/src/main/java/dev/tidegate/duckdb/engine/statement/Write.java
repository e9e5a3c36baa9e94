package dev.tidegate.duckdb.engine.statement;

import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A statement that the engine runs in DuckDB's place, and that gives no rows. */
public interface Write {
    /** Of a statement that changes no rows, such as a definition; DuckDB's driver says so too. */
    long NO_COUNT = -1;

    /**
     * @param parameters of a prepared statement
     * @return rows changed, or {@link #NO_COUNT}
     */
    long run(Binding parameters) throws SQLException;

    /**
     * What the server would run of it as a whole, or why it would not. Nothing runs for it.
     *
     * @return empty for a kind of statement of which that is no question
     */
    default Optional<PushDown> request() throws SQLException {
        return Optional.empty();
    }

    /**
     * Runs once for each entry of a batch, all or nothing where the kind of statement can.
     *
     * @return for each, what {@link #run} gives
     */
    default long[] runAll(List<? extends Binding> batch) throws SQLException {
        long[] counts = new long[batch.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = run(batch.get(i));
        }
        return counts;
    }
}
