package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Assignment;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.sql.LoadStatement.Insert;
import dev.tidegate.duckdb.write.ChangedRows;
import dev.tidegate.duckdb.write.InsertColumns;
import dev.tidegate.duckdb.write.InsertTarget;
import dev.tidegate.duckdb.write.Local;
import dev.tidegate.duckdb.write.RowSource;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * INSERT into a table of an attached database, all or nothing; so is a batch of it.
 *
 * @param inserted takes the rows as the table has them; null if nobody wants them
 */
record Insertion(EngineSession session, Target target, Source source, Insert statement, ChangedRows inserted)
        implements Write {
    /** Rows that go as parameters at most; more go by a bulk load. */
    private static final int THRESHOLD = 500;

    /** Where the rows come from. */
    interface Source {
        RowSource open(Local local, Binding parameters) throws SQLException;
    }

    @Override
    public long run(Binding parameters) throws SQLException {
        return runAll(List.of(parameters))[0];
    }

    @Override
    public long[] runAll(List<? extends Binding> batch) throws SQLException {
        long[] counts = new long[batch.size()];
        if (batch.isEmpty()) {
            return counts;
        }
        Local local = session.local();
        List<RowSource> sources = new ArrayList<>();
        try {
            for (Binding parameters : batch) {
                sources.add(source.open(local, parameters));
            }
            List<Column> columns = columns(sources.get(0).sql(), sources.get(0).parameters());
            session.remote().write(target.database(), local.run(), (connection, same) -> {
                try (InsertTarget rows = inserted == null
                        ? new InsertTarget(connection, same, target.name(), columns, THRESHOLD)
                        : new InsertTarget(connection, same, target.name(), columns, inserted)) {
                    for (int i = 0; i < counts.length; i++) {
                        counts[i] = send(sources.get(i), rows);
                    }
                    rows.finish();
                }
                return null;
            });
            return counts;
        } finally {
            sources.forEach(RowSource::close);
        }
    }

    /** That the values of the query are for. */
    List<Column> columns(String query, Binding parameters) throws SQLException {
        InsertColumns columns = new InsertColumns(target.name(), session.columns(target));
        if (statement.byName()) {
            return columns.named(Assignment.names(session.duckdb(), query, parameters));
        }
        int width = Assignment.width(session.duckdb(), query, parameters);
        return columns.placed(statement.columns(), statement.omitted(), width);
    }

    private long send(RowSource rows, InsertTarget into) throws SQLException {
        return rows.send(into, Assignment.sql(session.duckdb(), rows.sql(), rows.parameters(), into.columns()));
    }
}
