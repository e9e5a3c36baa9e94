package dev.tidegate.duckdb.engine.read;

import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.catalog.Mentions;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.StatementTransaction;
import dev.tidegate.duckdb.engine.statement.OnDuckdb;
import dev.tidegate.duckdb.engine.statement.Parameters;
import dev.tidegate.duckdb.push.ScanFilters;
import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs statements so that their scans of attached tables ask for the rows only that DuckDB's plan needs. */
public final class FilterPushDown {
    /** What reads tables, and can be explained. */
    private static final List<String> READING =
            List.of("SELECT", "FROM", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "CREATE", "COPY");

    /** Without any of them there is no condition, unless in what a name stands for. */
    private static final Set<String> CONDITIONS = Set.of(
            "where", "having", "on", "using", "join", "qualify", "filter", "in", "exists", "intersect", "except");

    /** DuckDB makes several statements of it, which EXPLAIN does not. */
    private static final Set<String> NOT_EXPLAINED = Set.of("pivot", "pivot_wider");

    private final EngineSession session;

    public FilterPushDown(EngineSession session) {
        this.session = session;
    }

    /**
     * What DuckDB has planned.
     *
     * @param conditions of the scans that do not need all rows
     */
    public record Planned(List<Node> plan, Map<ScanSource, Tsql> conditions) {}

    /**
     * @param statement as it was written
     * @param sql as DuckDB runs it
     * @param parameters that it has been given
     */
    public <T> T run(SqlStatement statement, String sql, Parameters parameters, OnDuckdb<T> onDuckdb) throws Throwable {
        List<AttachedViews.Scanned> scanned =
                session.settings().filters() && parameters.areLasting() ? conditioned(statement) : List.of();
        // The plan has values of its transaction in it, such as the time.
        if (scanned.isEmpty()) {
            return onDuckdb.run(sql);
        }
        StatementTransaction transaction = StatementTransaction.begin(session);
        Planned planned;
        try {
            planned = plan(sql, parameters, scanned);
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
            session.conditions().begin(planned.conditions());
            result = onDuckdb.run(sql);
        } catch (Throwable e) {
            transaction.rollBack(e);
            throw e;
        } finally {
            session.conditions().end();
        }
        if (result instanceof ResultSet || Boolean.TRUE.equals(result)) {
            transaction.commitOnceRead();
        } else {
            transaction.commit();
        }
        return result;
    }

    private List<AttachedViews.Scanned> conditioned(SqlStatement statement) {
        boolean hasConditions = statement.tokens().stream()
                .anyMatch(token -> token.isName() && CONDITIONS.contains(token.foldedName()));
        boolean mayHide = session.attached().all().stream().anyMatch(AttachedViews::hasHiddenUses);
        return hasConditions || mayHide ? mentioned(statement) : List.of();
    }

    /** The attached tables that a statement may read, if DuckDB can explain it. */
    public List<AttachedViews.Scanned> mentioned(SqlStatement statement) {
        if (session.attached().isEmpty() || !isReading(statement)) {
            return List.of();
        }
        Mentions mentions = Mentions.of(statement);
        return mentions.anyOf(NOT_EXPLAINED)
                ? List.of()
                : session.attached().all().stream()
                        .flatMap(views -> views.scanned(mentions).stream())
                        .toList();
    }

    private static boolean isReading(SqlStatement statement) {
        return statement.tokens().stream()
                .filter(token -> !token.isPunctuation('('))
                .findFirst()
                .filter(first -> READING.stream().anyMatch(first::isWord))
                .isPresent();
    }

    /** To be called within the statement's transaction. */
    public Planned plan(String sql, Parameters parameters, List<AttachedViews.Scanned> scanned) throws SQLException {
        Map<String, RemoteTable> tables = new HashMap<>();
        for (AttachedViews.Scanned each : scanned) {
            ScanNames names = each.function().names();
            tables.put(names.of(0), each.source().remote(names));
        }
        String plan = explained(sql, parameters);
        Map<String, Tsql> filters =
                session.settings().filters() ? ScanFilters.ofPlan(session.duckdb(), sql, plan, tables) : Map.of();
        Map<ScanSource, Tsql> conditions = new HashMap<>();
        for (AttachedViews.Scanned each : scanned) {
            Tsql filter = filters.get(each.function().names().of(0));
            if (filter != null) {
                conditions.put(each.source(), filter);
            }
        }
        return new Planned(nodes(plan), conditions);
    }

    private static List<Node> nodes(String plan) {
        try {
            return Node.read(plan);
        } catch (IllegalArgumentException e) {
            // Nested deeper than can be walked; it has no conditions then.
            return List.of();
        }
    }

    private String explained(String sql, Parameters parameters) throws SQLException {
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
