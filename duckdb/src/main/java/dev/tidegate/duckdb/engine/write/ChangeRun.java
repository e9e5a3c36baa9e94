package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.sql.ChangeReader;
import dev.tidegate.duckdb.sql.ChangeStatement;
import dev.tidegate.duckdb.sql.ChangeStatement.Upsert;
import dev.tidegate.duckdb.sql.MergeStatement;
import java.sql.SQLException;
import java.util.Optional;

/** One execution of a statement that changes rows of an attached table. */
interface ChangeRun {
    static ChangeRun of(ChangedTable table) throws SQLException {
        ChangeStatement change = ChangeReader.read(table.statement());
        if (change instanceof Upsert upsert) {
            return new UpsertRun(table, upsert);
        }
        return change instanceof MergeStatement merge ? new MergeRun(table, merge) : new RowChange(table, change);
    }

    /** @return rows changed */
    long run() throws SQLException;

    /** What the server would run; empty where it is no question whether it can run the whole. */
    default Optional<PushDown> request() throws SQLException {
        return Optional.empty();
    }
}
