package dev.tidegate.duckdb.write;

import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.load.Binding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * DuckDB's side of a statement that writes to a server.
 *
 * @param duckdb the application's connection
 * @param inTransaction whether the statement is part of a transaction, also where DuckDB's driver does not know of it
 */
public record Local(Connection duckdb, boolean inTransaction, Run run) {
    /** Runs a statement of DuckDB's as a part of the one that runs, whose cancel and limit hold for it. */
    public void execute(String sql, Binding parameters) throws SQLException {
        try (PreparedStatement statement = duckdb.prepareStatement(sql)) {
            parameters.bind(statement);
            Duration left = run.remaining();
            if (!left.isZero()) {
                statement.setQueryTimeout(
                        (int) Math.min(Integer.MAX_VALUE, left.plusMillis(999).toSeconds()));
            }
            Runnable cancel = () -> cancel(statement);
            run.onCancel(cancel);
            try {
                run.checkCancelled();
                statement.execute();
            } finally {
                run.over(cancel);
            }
        }
    }

    private static void cancel(PreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException | RuntimeException e) {
            // It ended by itself meanwhile.
            System.getLogger(Local.class.getName()).log(System.Logger.Level.DEBUG, "nothing to cancel", e);
        }
    }
}
