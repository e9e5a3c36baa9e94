package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteName;
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
 * @param mustKeep whether its rows have to be kept before the first is sent: it may read the database that is written to, whose connection
 *     and locks would be in its way, or it has parameters
 */
record LoadQuery(
        EngineSession session,
        String sql,
        boolean mustKeep,
        List<ScanFunction> functions,
        Map<RemoteName, SQLException> undescribed) {

    static LoadQuery of(EngineSession session, AttachedDatabase target, SqlStatement statement, String query)
            throws SQLException {
        Map<RemoteName, SQLException> undescribed = session.makeViews(statement);
        SqlStatement parsed = SqlStatement.split(query).get(0);
        boolean hasParameters = parsed.tokens().stream().anyMatch(token -> token.kind() == Token.Kind.PARAMETER);
        boolean callsEngine = EngineFunctions.in(parsed);
        boolean mustKeep = hasParameters || callsEngine || session.mayRead(target, parsed);
        SqlStatement seen = session.asSeen(parsed);
        if (!callsEngine) {
            return new LoadQuery(session, seen.text(), mustKeep, List.of(), undescribed);
        }
        EngineFunctions.refuseExecute(parsed);
        Translated translated = new EngineFunctions(session, seen).translate(undescribed);
        return new LoadQuery(session, translated.sql(), mustKeep, translated.functions(), undescribed);
    }

    LoadQuery as(String other) {
        return new LoadQuery(session, other, mustKeep, functions, undescribed);
    }

    Translated translated(Write write) {
        return new Translated(sql, null, null, write, functions, undescribed);
    }

    /** Runs the query, at once or when the rows are wanted. */
    RowSource rows(Local local, Binding parameters, boolean isKept) throws SQLException {
        return isKept || mustKeep || local.inTransaction()
                ? RowSource.kept(local, sql, parameters)
                : RowSource.streamed(local, session.engine().loads(), sql);
    }
}
