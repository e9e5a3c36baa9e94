package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.MergeColumns;
import dev.tidegate.duckdb.change.MergePlan;
import dev.tidegate.duckdb.change.MergeStep;
import dev.tidegate.duckdb.change.TableKey;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.load.Assignment;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.MergePushDown;
import dev.tidegate.duckdb.push.Mode;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.sql.MergeStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of a MERGE. The server runs it as a whole if it can be said in T-SQL. Otherwise the source's rows wait in a temporary table, what becomes of which row in
 * another, and the server does it with one statement for each clause. Meanwhile nobody else can write to the table.
 */
final class MergeRun implements ChangeRun {
    /** The source is asked once, however often its rows are looked at. */
    private static final String SOURCE = "temp.main.tidegate_source";

    private final ChangedTable table;
    private final MergeStatement written;

    MergeRun(ChangedTable table, MergeStatement written) {
        this.table = table;
        this.written = written;
    }

    @Override
    public long run() throws SQLException {
        Map<RemoteName, SQLException> undescribed = table.session().makeViews(table.statement());
        MergeStatement merge = named(undescribed);
        PushDown pushDown = pushDown(merge);
        return pushDown instanceof Pushed pushed
                ? table.write(server -> server.change(pushed.request()))
                : table.session().atomically(() -> staged(merge, undescribed, (NotPushed) pushDown));
    }

    @Override
    public Optional<PushDown> request() throws SQLException {
        return Optional.of(pushDown(named(table.session().makeViews(table.statement()))));
    }

    private MergeStatement named(Map<RemoteName, SQLException> undescribed) throws SQLException {
        List<String> columns = MergeColumns.takesAll(written) ? columns(source(written, undescribed)) : List.of();
        return new MergeColumns(table.name(), table.columns().all()).named(written, columns);
    }

    private LoadQuery source(MergeStatement merge, Map<RemoteName, SQLException> undescribed) throws SQLException {
        return table.query(undescribed, merge.with() + " SELECT * FROM " + merge.source() + "\n");
    }

    private List<String> columns(LoadQuery query) throws SQLException {
        try {
            return Assignment.names(table.session().duckdb(), query.sql(), Binding.NONE);
        } finally {
            query.giveBack();
        }
    }

    private PushDown pushDown(MergeStatement merge) throws SQLException {
        if (!merge.with().isEmpty()) {
            return new NotPushed("other tables");
        }
        if (table.outcome().rows() != null) {
            return new NotPushed("RETURNING");
        }
        ChangedTable.Columns columns = table.columns();
        for (MergeStatement.Clause clause : merge.clauses()) {
            if (clause.action() instanceof MergeStatement.Insert insert) {
                for (String column : insert.columns()) {
                    if (columns.get(column).isIdentity()) {
                        return new NotPushed("an identity that is given");
                    }
                }
            }
        }
        return new MergePushDown(table.session().duckdb(), table.pushed(), merge.knownAs(), table.others(), Mode.AUTO)
                .push(merge);
    }

    private long staged(MergeStatement merge, Map<RemoteName, SQLException> undescribed, NotPushed why)
            throws SQLException {
        TableKey key = table.locked(why);
        table.keep(source(merge, undescribed), SOURCE);
        MergePlan plan =
                new MergePlan(merge, SOURCE, table.name(), table.columns().all(), key);
        table.keep(table.query(undescribed, plan.query()), ChangedTable.KEPT);
        checkOnce(plan);
        Map<Integer, Long> counts = counts();
        long changed = table.write(server -> apply(server, plan, counts));
        table.finish(ChangedTable.KEPT, SOURCE);
        return changed;
    }

    /** @throws SQLException 21000 if a row of the table is to be changed twice, as DuckDB has it */
    private void checkOnce(MergePlan plan) throws SQLException {
        String keys = String.join(", ", plan.keys());
        try (Statement query = table.session().duckdb().createStatement();
                ResultSet row = query.executeQuery("SELECT " + keys + " FROM " + ChangedTable.KEPT + " WHERE "
                        + plan.keys().get(0) + " IS NOT NULL GROUP BY " + keys + " HAVING count(*) > 1 LIMIT 1")) {
            if (row.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= plan.keys().size(); i++) {
                    key.add(row.getString(i));
                }
                throw new SQLException(
                        "MERGE: several rows of the source match the row of " + table.name() + " with the key " + key
                                + "; nothing was changed, give one row for each",
                        "21000");
            }
        }
    }

    /** Of rows, by the clause that they have met. */
    private Map<Integer, Long> counts() throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        try (Statement query = table.session().duckdb().createStatement();
                ResultSet row = query.executeQuery(
                        "SELECT " + MergePlan.CLAUSE + ", count(*) FROM " + ChangedTable.KEPT + " GROUP BY ALL")) {
            while (row.next()) {
                counts.put(row.getInt(1), row.getLong(2));
            }
        }
        return counts;
    }

    private long apply(ServerSession server, MergePlan plan, Map<Integer, Long> counts) throws SQLException {
        long all = 0;
        for (MergeStep step : plan.steps()) {
            long rows = counts.getOrDefault(step.clause(), 0L);
            long changed =
                    rows == 0 ? 0 : step.run(server, table.session().duckdb(), ChangedTable.KEPT, table.outcome());
            if (changed != rows) {
                throw table.changedMeanwhile(rows, changed);
            }
            all += changed;
        }
        return all;
    }
}
