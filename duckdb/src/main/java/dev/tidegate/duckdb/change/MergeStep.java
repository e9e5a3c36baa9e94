package dev.tidegate.duckdb.change;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.Stage.StageColumn;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.write.ChangedRows.Action;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one clause of a MERGE does to the rows that have met it.
 *
 * @param clause its number
 * @param keys by which its rows are found; empty for new ones
 * @param values of columns
 * @param defaults columns that are set to their defaults
 */
public record MergeStep(
        int clause,
        Action action,
        RemoteName table,
        List<StageColumn> keys,
        List<StageColumn> values,
        List<String> defaults) {
    public MergeStep {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        defaults = List.copyOf(defaults);
    }

    /**
     * @param kept table of DuckDB's with the rows of all clauses, those of {@link MergePlan#query}
     * @return rows changed
     */
    public long run(ServerSession server, Connection duckdb, String kept, Outcome outcome) throws SQLException {
        // What is wrong with a value is told with the name of its column.
        List<StageColumn> named = values.stream()
                .map(value -> new StageColumn(value.of().name(), value.of()))
                .toList();
        List<StageColumn> columns = new ArrayList<>(keys);
        columns.addAll(named);
        List<String> list = new ArrayList<>();
        keys.forEach(key -> list.add(key.name()));
        values.forEach(value ->
                list.add(value.name() + " AS " + Identifiers.duckdb(value.of().name())));
        Stage stage = new Stage();
        stage.create(server, table, columns);
        stage.load(
                server,
                duckdb,
                "SELECT " + String.join(", ", list) + " FROM " + kept + " WHERE " + MergePlan.CLAUSE + " = " + clause);
        long changed;
        if (action == Action.INSERT) {
            changed = stage.insert(server, table, named, outcome);
        } else {
            List<String> names = keys.stream().map(StageColumn::name).toList();
            stage.index(server, names);
            String joined =
                    stage.joinedBy(keys.stream().map(key -> key.of().name()).toList(), names);
            changed = outcome.change(server, action, change(joined, outcome.output(action), named));
        }
        stage.drop(server);
        return changed;
    }

    private Tsql change(String joined, String output, List<StageColumn> named) {
        String from = output + " FROM " + table.sql() + " AS [" + Stage.TARGET + "] JOIN " + joined;
        return Tsql.text(
                action == Action.DELETE
                        ? "DELETE [" + Stage.TARGET + "]" + from
                        : "UPDATE [" + Stage.TARGET + "] SET " + Stage.assignments(named, defaults) + from);
    }
}
