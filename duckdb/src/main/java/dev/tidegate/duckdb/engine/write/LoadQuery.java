package dev.tidegate.duckdb.engine.write;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.engine.function.EngineFunctions;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.statement.Write;
import dev.tidegate.duckdb.load.Binding;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import dev.tidegate.duckdb.write.Local;
import dev.tidegate.duckdb.write.RowSource;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The query that a write takes its rows from, as DuckDB runs it.
 *
 * @param target the database that is written to: a query that reads it is over before the first row is sent, as the connection and the
 *     locks of the write would be in its way
 * @param mustKeep whether its rows have to be kept in any case
 */
record LoadQuery(
        EngineSession session,
        AttachedDatabase target,
        String sql,
        boolean mustKeep,
        List<ScanFunction> functions,
        Map<RemoteName, SQLException> undescribed) {

    static LoadQuery of(EngineSession session, AttachedDatabase target, SqlStatement statement, String query)
            throws SQLException {
        return seen(session, target, session.makeViews(statement), query);
    }

    /** @param undescribed what making the views of the query has given */
    static LoadQuery seen(
            EngineSession session, AttachedDatabase target, Map<RemoteName, SQLException> undescribed, String query)
            throws SQLException {
        SqlStatement parsed = SqlStatement.split(query).get(0);
        boolean hasParameters = parsed.tokens().stream().anyMatch(token -> token.kind() == Token.Kind.PARAMETER);
        boolean callsEngine = EngineFunctions.in(parsed);
        boolean mustKeep = hasParameters || callsEngine;
        SqlStatement seen = session.asSeen(parsed);
        if (!callsEngine) {
            return new LoadQuery(session, target, seen.text(), mustKeep, List.of(), undescribed);
        }
        EngineFunctions.refuseExecute(parsed);
        Translated translated = new EngineFunctions(session, seen).translate(undescribed);
        return new LoadQuery(session, target, translated.sql(), mustKeep, translated.functions(), undescribed);
    }

    /** Of who does not hand it on with {@link #translated}. */
    void giveBack() throws SQLException {
        session.giveBack(functions);
    }

    LoadQuery as(String other) {
        return new LoadQuery(session, target, other, mustKeep, functions, undescribed);
    }

    Translated translated(Write write) {
        return new Translated(sql, null, null, write, functions, undescribed);
    }

    /** Runs the query, at once or when the rows are wanted. */
    RowSource rows(Local local, Binding parameters, boolean isKept) throws SQLException {
        return isKept || mustKeep || local.inTransaction() || readsTarget()
                ? RowSource.kept(local, sql, parameters)
                : RowSource.streamed(local, session.engine().loads(), sql);
    }

    /** As {@link #rows}, of VALUES: they cost nothing to make, unless a macro hides a query in them. */
    RowSource constant(Local local, Binding parameters) throws SQLException {
        return readsTarget() ? RowSource.kept(local, sql, parameters) : RowSource.constant(local, sql, parameters);
    }

    /** DuckDB says what it reads: views, macros and texts that are run as queries do not show it. */
    private boolean readsTarget() throws SQLException {
        return session.bound(sql).stream().anyMatch(source -> source.database().isWhereIs(target));
    }
}
