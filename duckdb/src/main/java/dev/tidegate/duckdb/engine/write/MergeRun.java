package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.MergeColumns;
import dev.tidegate.duckdb.change.MergePlan;
import dev.tidegate.duckdb.change.MergeStep;
import dev.tidegate.duckdb.change.Outcome;
import dev.tidegate.duckdb.change.TableKey;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.load.Assignment;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.MergePushDown;
import dev.tidegate.duckdb.push.Mode;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.sql.MergeStatement;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.tds.token.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One execution of a MERGE. The server runs it as a whole if it can be said in T-SQL. Otherwise the source's rows wait in a temporary table, what becomes of which row in
 * another, and the server does it with one statement for each clause. Meanwhile nobody else can write to the table.
 */
final class MergeRun {
    /** The source is asked once, however often its rows are looked at. */
    private static final String SOURCE = "temp.main.tidegate_source";

    private final EngineSession session;
    private final TargetNames names;
    private final Target target;
    private final SqlStatement written;
    private final Outcome outcome;

    MergeRun(EngineSession session, TargetNames names, Target target, SqlStatement written, Outcome outcome) {
        this.session = session;
        this.names = names;
        this.target = target;
        this.written = written;
        this.outcome = outcome;
    }

    /** @return rows changed */
    long run(MergeStatement statement) throws SQLException {
        Map<RemoteName, SQLException> undescribed = session.makeViews(written);
        MergeStatement merge = named(statement, undescribed);
        return pushDown(merge) instanceof Pushed pushed
                ? session.remote()
                        .write(
                                target.database(),
                                session.run(),
                                (connection, run) -> new ServerSession(connection, run).change(pushed.request()))
                : session.atomically(() -> staged(merge, undescribed));
    }

    /** What the server would run. */
    PushDown request(MergeStatement statement) throws SQLException {
        return pushDown(named(statement, session.makeViews(written)));
    }

    private MergeStatement named(MergeStatement merge, Map<RemoteName, SQLException> undescribed) throws SQLException {
        List<String> columns = MergeColumns.takesAll(merge) ? columns(source(merge, undescribed)) : List.of();
        return new MergeColumns(target.name(), session.columns(target)).named(merge, columns);
    }

    private LoadQuery source(MergeStatement merge, Map<RemoteName, SQLException> undescribed) throws SQLException {
        return LoadQuery.seen(
                session, target.database(), undescribed, merge.with() + " SELECT * FROM " + merge.source() + "\n");
    }

    private List<String> columns(LoadQuery query) throws SQLException {
        try {
            return Assignment.names(session.duckdb(), query.sql(), Binding.NONE);
        } finally {
            query.giveBack();
        }
    }

    private PushDown pushDown(MergeStatement merge) throws SQLException {
        if (!merge.with().isEmpty()) {
            return new NotPushed("other tables");
        }
        if (outcome.rows() != null) {
            return new NotPushed("RETURNING");
        }
        Map<String, Column> columns = RowChange.columns(session, target);
        for (MergeStatement.Clause clause : merge.clauses()) {
            if (clause.action() instanceof MergeStatement.Insert insert) {
                for (String column : insert.columns()) {
                    if (RowChange.column(columns, column, target).isIdentity()) {
                        return new NotPushed("an identity that is given");
                    }
                }
            }
        }
        RemoteTables tables = new RemoteTables(session, names);
        return new MergePushDown(
                        session.duckdb(), tables.of(target), RowChange.alias(merge), tables.resolver(), Mode.AUTO)
                .push(merge);
    }

    private long staged(MergeStatement merge, Map<RemoteName, SQLException> undescribed) throws SQLException {
        TableKey key = session.remote().write(target.database(), session.run(), (connection, run) -> {
            ServerSession server = new ServerSession(connection, run);
            RowChange.lock(server, target.name());
            return RowChange.key(server, target.name());
        });
        RowChange.keep(source(merge, undescribed), SOURCE);
        MergePlan plan = new MergePlan(merge, SOURCE, target.name(), session.columns(target), key);
        RowChange.keep(LoadQuery.seen(session, target.database(), undescribed, plan.query()), RowChange.KEPT);
        checkOnce(plan);
        Map<Integer, Long> counts = counts();
        long changed = session.remote()
                .write(
                        target.database(),
                        session.run(),
                        (connection, run) -> apply(new ServerSession(connection, run), plan, counts));
        session.execute("DROP TABLE " + RowChange.KEPT);
        session.execute("DROP TABLE " + SOURCE);
        outcome.finish();
        return changed;
    }

    /** @throws SQLException 21000 if a row of the table is to be changed twice, as DuckDB has it */
    private void checkOnce(MergePlan plan) throws SQLException {
        String keys = String.join(", ", plan.keys());
        try (Statement query = session.duckdb().createStatement();
                ResultSet row = query.executeQuery("SELECT " + keys + " FROM " + RowChange.KEPT + " WHERE "
                        + plan.keys().get(0) + " IS NOT NULL GROUP BY " + keys + " HAVING count(*) > 1 LIMIT 1")) {
            if (row.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= plan.keys().size(); i++) {
                    key.add(row.getString(i));
                }
                throw new SQLException(
                        "MERGE: several rows of the source match the row of " + target.name() + " with the key " + key
                                + "; nothing was changed, give one row for each",
                        "21000");
            }
        }
    }

    /** Of rows, by the clause that they have met. */
    private Map<Integer, Long> counts() throws SQLException {
        Map<Integer, Long> counts = new HashMap<>();
        try (Statement query = session.duckdb().createStatement();
                ResultSet row = query.executeQuery(
                        "SELECT " + MergePlan.CLAUSE + ", count(*) FROM " + RowChange.KEPT + " GROUP BY ALL")) {
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
            long changed = rows == 0 ? 0 : step.run(server, session.duckdb(), RowChange.KEPT, outcome);
            if (changed != rows) {
                throw RowChange.changedMeanwhile(target.name(), rows, changed);
            }
            all += changed;
        }
        return all;
    }
}
