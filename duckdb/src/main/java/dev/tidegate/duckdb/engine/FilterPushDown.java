package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.push.ScanFilters;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs statements so that their scans of attached tables ask for the rows only that DuckDB's plan needs. */
final class FilterPushDown {
    /** What reads tables, and can be explained. */
    private static final List<String> READING =
            List.of("SELECT", "FROM", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "COPY");

    /** Without any of them there is no condition, unless in what a name stands for. */
    private static final Set<String> CONDITIONS = Set.of(
            "where", "having", "on", "using", "join", "qualify", "filter", "in", "exists", "intersect", "except");

    /** DuckDB makes several statements of it, which EXPLAIN does not. */
    private static final Set<String> NOT_EXPLAINED = Set.of("pivot", "pivot_wider");

    private final EngineSession session;

    FilterPushDown(EngineSession session) {
        this.session = session;
    }

    /**
     * @param statement as it was written
     * @param sql as DuckDB runs it
     * @param parameters that it has been given
     */
    <T> T run(SqlStatement statement, String sql, Parameters parameters, Execution.OnDuckdb<T> onDuckdb)
            throws Throwable {
        List<AttachedViews.Scanned> scanned = scanned(statement);
        if (scanned.isEmpty() || !parameters.areLasting()) {
            return onDuckdb.run(sql);
        }
        // The plan has values of its transaction in it, such as the time.
        StatementTransaction transaction = StatementTransaction.begin(session);
        if (transaction == null) {
            return onDuckdb.run(sql);
        }
        Map<ScanSource, Tsql> conditions;
        try {
            conditions = conditions(sql, parameters, scanned);
        } catch (SQLException e) {
            if (!transaction.isOwn()) {
                throw e;
            }
            // The statement tells by itself what is wrong with it.
            transaction.rollBack(e);
            return onDuckdb.run(sql);
        }
        T result;
        try {
            session.conditions().begin(conditions);
            result = onDuckdb.run(sql);
        } catch (Throwable e) {
            transaction.rollBack(e);
            throw e;
        } finally {
            session.conditions().end();
        }
        transaction.commit();
        return result;
    }

    private List<AttachedViews.Scanned> scanned(SqlStatement statement) {
        List<AttachedViews.Scanned> scanned = new ArrayList<>();
        if (session.engine().attached().isEmpty() || !isReading(statement)) {
            return scanned;
        }
        Mentions mentions = Mentions.of(statement);
        if (mentions.anyOf(NOT_EXPLAINED)) {
            return scanned;
        }
        boolean hasConditions = statement.tokens().stream()
                .anyMatch(token -> token.isName() && CONDITIONS.contains(token.foldedName()));
        for (AttachedViews views : session.engine().attached()) {
            if (hasConditions || views.hasHiddenUses()) {
                scanned.addAll(views.scanned(mentions));
            }
        }
        return scanned;
    }

    private static boolean isReading(SqlStatement statement) {
        return statement.tokens().stream()
                .filter(token -> !token.isPunctuation('('))
                .findFirst()
                .filter(first -> READING.stream().anyMatch(first::isWord))
                .isPresent();
    }

    private Map<ScanSource, Tsql> conditions(String sql, Parameters parameters, List<AttachedViews.Scanned> scanned)
            throws SQLException {
        Map<String, RemoteTable> tables = new HashMap<>();
        for (AttachedViews.Scanned each : scanned) {
            tables.put(
                    each.function().name(), each.source().remote(each.function().names()));
        }
        Map<String, Tsql> filters = ScanFilters.ofPlan(session.duckdb(), sql, plan(sql, parameters), tables);
        Map<ScanSource, Tsql> conditions = new HashMap<>();
        for (AttachedViews.Scanned each : scanned) {
            Tsql filter = filters.get(each.function().name());
            if (filter != null) {
                conditions.put(each.source(), filter);
            }
        }
        return conditions;
    }

    private String plan(String sql, Parameters parameters) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement explain = session.duckdb().prepareStatement("EXPLAIN (FORMAT json) " + sql)) {
            parameters.bind(explain);
            try (ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(rows.getMetaData().getColumnCount()));
                }
            }
        }
        return plan.toString();
    }
}
