package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.read.WholeQueries;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * INSERT of a query without parameters. The server does it alone if all of the query's tables are in the database of the table, and its
 * rows are those that DuckDB would find.
 *
 * @param insertion the same with the rows coming through DuckDB
 */
record InsertSelection(EngineSession session, TargetNames names, Target target, Insertion insertion, SqlStatement query)
        implements Write {
    @Override
    public long run(Binding parameters) throws SQLException {
        List<Column> columns = columns();
        return pushDown(columns) instanceof Pushed pushed ? change(columns, pushed) : insertion.run(parameters);
    }

    @Override
    public long[] runAll(List<? extends Binding> batch) throws SQLException {
        return insertion.runAll(batch);
    }

    @Override
    public Optional<PushDown> request() throws SQLException {
        return Optional.of(pushDown(columns()));
    }

    private List<Column> columns() throws SQLException {
        return insertion.columns(query.text(), Binding.NONE);
    }

    private PushDown pushDown(List<Column> columns) throws SQLException {
        RemoteTable table = new RemoteTables(session, names).of(target);
        List<RemoteColumn> remote = new ArrayList<>();
        for (Column column : columns) {
            table.columns().stream()
                    .filter(each -> each.name().equals(column.name()))
                    .forEach(remote::add);
        }
        return new WholeQueries(session).insert(query, table, remote);
    }

    private long change(List<Column> columns, Pushed pushed) throws SQLException {
        return session.remote().write(target.database(), session.run(), (connection, run) -> {
            ServerSession server = new ServerSession(connection, run);
            return server.insert(
                    target.name(),
                    columns.stream().anyMatch(Column::isIdentity),
                    () -> server.change(pushed.request()));
        });
    }
}
