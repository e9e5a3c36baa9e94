package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.change.Outcome;
import dev.tidegate.duckdb.change.TableKey;
import dev.tidegate.duckdb.ddl.ServerSession;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.tds.token.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The attached table that one execution of a statement changes, with what all kinds of changes do to it.
 *
 * @param statement as it was written, with its parameters in it
 */
record ChangedTable(EngineSession session, TargetNames names, Target target, SqlStatement statement, Outcome outcome) {
    /**
     * Where DuckDB keeps what it has computed, before any of it is sent: the connection is the one that it reads with. A rollback
     * takes it along.
     */
    static final String KEPT = "temp.main.tidegate_changes";

    /** What is done on the server. */
    interface Work<T> {
        T on(ServerSession server) throws SQLException;
    }

    RemoteName name() {
        return target.name();
    }

    /** As the push-down of the statement sees it. */
    RemoteTable pushed() throws SQLException {
        return new RemoteTables(session, names).of(target);
    }

    /** The other tables likewise. */
    Function<List<String>, Optional<RemoteTable>> others() {
        return new RemoteTables(session, names).resolver();
    }

    Columns columns() throws SQLException {
        Map<String, Column> byName = new LinkedHashMap<>();
        session.columns(target).forEach(column -> byName.put(Columns.folded(column.name()), column));
        return new Columns(name(), byName);
    }

    /** The table's columns, whose names are the same in any case. */
    record Columns(RemoteName table, Map<String, Column> byName) {
        private static String folded(String name) {
            return name.toLowerCase(Locale.ROOT);
        }

        /** In the table's order. */
        List<Column> all() {
            return List.copyOf(byName.values());
        }

        Column get(String name) throws SQLException {
            Column column = byName.get(folded(name));
            if (column == null) {
                throw new SQLSyntaxErrorException("table " + table + " has no column \"" + name + "\"", "42703");
            }
            return column;
        }
    }

    <T> T read(Work<T> work) throws SQLException {
        return session.remote()
                .read(
                        target.database(),
                        session.run(),
                        (connection, run) -> work.on(new ServerSession(connection, run)));
    }

    <T> T write(Work<T> work) throws SQLException {
        return session.remote()
                .write(
                        target.database(),
                        session.run(),
                        (connection, run) -> work.on(new ServerSession(connection, run)));
    }

    /**
     * Until the end of the transaction nobody else writes to the table; the key tells all of its rows apart.
     *
     * @param why the server does not run the whole, which needs no key
     */
    TableKey locked(NotPushed why) throws SQLException {
        return write(server -> {
            server.rows("SELECT TOP (1) 1 FROM " + name().sql() + " WITH (TABLOCK, HOLDLOCK)");
            return TableKey.of(server, name()).stream()
                    .filter(key -> !key.nullable())
                    .findFirst()
                    .orElseThrow(() -> new SQLFeatureNotSupportedException(
                            "table " + name() + " has no primary key, nor another unique one without NULL, by which"
                                    + " the rows that DuckDB finds could be changed on the server; write the statement so"
                                    + " that the server can run all of it (in the way is: " + why.reason()
                                    + "), or use mssql_execute",
                            "0A000"));
        });
    }

    /** @param undescribed what making the views of the statement has given */
    LoadQuery query(Map<RemoteName, SQLException> undescribed, String sql) throws SQLException {
        return LoadQuery.seen(session, target.database(), undescribed, sql);
    }

    /**
     * Runs a query, whose limit and cancel are the statement's.
     *
     * @param table temporary, for its rows
     * @return rows
     */
    long keep(LoadQuery query, String table) throws SQLException {
        try {
            session.local().execute("CREATE OR REPLACE TEMP TABLE " + table + " AS " + query.sql(), Binding.NONE);
        } finally {
            query.giveBack();
        }
        try (Statement count = session.duckdb().createStatement();
                ResultSet row = count.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Nothing is left to do but to let go of what was kept. */
    void finish(String... kept) throws SQLException {
        for (String table : kept) {
            session.execute("DROP TABLE " + table);
        }
        outcome.finish();
    }

    SQLException changedMeanwhile(long found, long changed) {
        return new SQLException(
                "DuckDB found " + found + " rows of " + name() + " to change, and the server has changed " + changed
                        + ": others have written to it meanwhile, or a trigger; nothing was changed, run the statement"
                        + " again",
                "40001");
    }
}
