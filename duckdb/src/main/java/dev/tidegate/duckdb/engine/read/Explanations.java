package dev.tidegate.duckdb.engine.read;

import dev.tidegate.client.Parameter;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.function.EngineFunctions;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.StatementTransaction;
import dev.tidegate.duckdb.engine.statement.Parameters;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * EXPLAIN of what reads attached tables: DuckDB's plan, and behind it a row for each request that servers would be sent. Only EXPLAIN
 * ANALYZE sends them.
 */
public final class Explanations {
    private record Row(String key, String value) {}

    private final EngineSession session;

    public Explanations(EngineSession session) {
        this.session = session;
    }

    /** @return SQL with the answer; empty if DuckDB's own has all that there is to tell */
    public Optional<String> answer(SqlStatement statement) throws SQLException {
        Optional<SqlStatement> found = explained(statement);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SqlStatement explained = found.get();
        FilterPushDown filters = new FilterPushDown(session);
        List<AttachedViews.Scanned> scanned = filters.mentioned(explained);
        if (scanned.isEmpty() || EngineFunctions.in(statement)) {
            return Optional.empty();
        }
        String explain = statement
                .text()
                .substring(0, statement.tokens().get(inner(statement.tokens())).start());
        Optional<WholeQueries.Pushed> whole = new WholeQueries(session).push(explained);
        List<Row> rows;
        if (whole.isPresent()) {
            try {
                rows = plan(explain + whole.get().sql(), whole.get().columns());
            } finally {
                session.giveBack(List.of(whole.get().function()));
            }
            rows.add(row(whole.get().database().alias(), whole.get().request()));
        } else {
            StatementTransaction transaction = StatementTransaction.begin(session);
            try {
                rows = scans(
                        explain + explained.text(), scanned, filters.plan(explained.text(), new Parameters(), scanned));
            } catch (SQLException | RuntimeException | Error e) {
                transaction.rollBack(e);
                throw e;
            }
            transaction.commit();
        }
        return Optional.of(values(rows));
    }

    private static String values(List<Row> rows) {
        return rows.stream()
                .map(row -> "(" + Identifiers.literal(row.key()) + ", " + Identifiers.literal(row.value()) + ")")
                .collect(Collectors.joining(", ", "SELECT * FROM (VALUES ", ") AS plan(explain_key, explain_value)"));
    }

    /** What is explained. */
    public static Optional<SqlStatement> explained(SqlStatement statement) {
        int inner = inner(statement.tokens());
        if (!statement.begins("EXPLAIN") || inner == statement.tokens().size()) {
            return Optional.empty();
        }
        return Optional.of(SqlStatement.split(
                        statement.text().substring(statement.tokens().get(inner).start()))
                .get(0));
    }

    /** Whether what is explained is run for that. */
    public static boolean runs(SqlStatement statement) {
        return statement.tokens().subList(0, inner(statement.tokens())).stream()
                .anyMatch(token -> token.isWord("ANALYZE"));
    }

    /**
     * SQL with the answer to an EXPLAIN of a change.
     *
     * @param change empty where it is no question whether the server can run the whole
     */
    public static String ofChange(Optional<PushDown> change) {
        Row row;
        if (change.isEmpty()) {
            row = new Row("mssql", "DuckDB finds the rows, which are then sent");
        } else if (change.get() instanceof PushDown.Pushed pushed) {
            row = row(pushed.database(), pushed.request());
        } else {
            row = new Row("mssql", "DuckDB finds the rows: " + ((PushDown.NotPushed) change.get()).reason());
        }
        return values(List.of(row));
    }

    /** @return the index of the first token of what is explained */
    private static int inner(List<Token> tokens) {
        int at = 1;
        while (at < tokens.size()
                && (tokens.get(at).isWord("ANALYZE") || tokens.get(at).isWord("VERBOSE"))) {
            at++;
        }
        boolean hasOptions = at + 1 < tokens.size()
                && tokens.get(at).isPunctuation('(')
                && (tokens.get(at + 1).isWord("FORMAT") || tokens.get(at + 1).isWord("ANALYZE"));
        if (!hasOptions) {
            return at;
        }
        while (at < tokens.size() && !tokens.get(at).isPunctuation(')')) {
            at++;
        }
        return Math.min(at + 1, tokens.size());
    }

    private List<Row> scans(String sql, List<AttachedViews.Scanned> scanned, FilterPushDown.Planned planned)
            throws SQLException {
        List<Row> rows;
        try {
            session.conditions().begin(planned.conditions());
            rows = plan(sql, columns(scanned));
        } finally {
            session.conditions().end();
        }
        for (Node root : planned.plan()) {
            scans(root, scanned, planned.conditions(), rows);
        }
        return rows;
    }

    private static void scans(
            Node node, List<AttachedViews.Scanned> scanned, Map<ScanSource, Tsql> conditions, List<Row> rows) {
        Node info = node.child("extra_info").orElse(null);
        for (AttachedViews.Scanned each : scanned) {
            ScanNames names = each.function().names();
            List<String> wanted = info == null ? List.of() : info.texts("Projections");
            int[] columns = IntStream.range(0, each.source().schema().width())
                    .filter(i -> wanted.stream().anyMatch(names.of(i)::equalsIgnoreCase))
                    .toArray();
            // A scan without a column that is needed has one all the same.
            if (columns.length > 0) {
                rows.add(row(
                        each.source().database().alias(),
                        each.source()
                                .request(columns, conditions.get(each.source()))
                                .sql()));
            }
        }
        node.children("children").forEach(child -> scans(child, scanned, conditions, rows));
    }

    private static Row row(String database, Tsql request) {
        String values = request.parameters().stream()
                .map(parameter -> parameter.name() + " " + parameter.type().toSql() + " = " + value(parameter))
                .collect(Collectors.joining(", "));
        return new Row("mssql " + database, request.sql() + (values.isEmpty() ? "" : "\n-- " + values));
    }

    private static String value(Parameter parameter) {
        return parameter.value() instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(parameter.value());
    }

    /** By what scans call them, the names of their columns in the tables. */
    private static Map<String, String> columns(List<AttachedViews.Scanned> scanned) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (AttachedViews.Scanned each : scanned) {
            for (int i = 0; i < each.source().schema().width(); i++) {
                columns.put(
                        each.function().names().of(i), each.source().schema().name(i));
            }
        }
        return columns;
    }

    /** DuckDB's own answer, in which a scan's columns have the names that they have in the table. */
    private List<Row> plan(String sql, Map<String, String> columns) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Statement statement = session.duckdb().createStatement();
                ResultSet plan = statement.executeQuery(sql)) {
            while (plan.next()) {
                String text = plan.getString(2);
                for (Map.Entry<String, String> column : columns.entrySet()) {
                    text = renamed(text, column.getKey(), column.getValue());
                }
                rows.add(new Row(plan.getString(1), text));
            }
        }
        return rows;
    }

    /** The boxes that a plan is drawn with stay as wide as they are, if the new name is not the longer one. */
    private static String renamed(String plan, String old, String name) {
        String text = plan;
        for (int at = text.indexOf(old); at >= 0; at = text.indexOf(old, at + name.length())) {
            int wall = text.indexOf('│', at);
            int end = text.indexOf('\n', at);
            boolean isBoxed = wall >= 0 && (end < 0 || wall < end);
            String gap = isBoxed ? " ".repeat(Math.max(0, old.length() - name.length())) : "";
            int rest = isBoxed ? wall : at + old.length();
            text = text.substring(0, at) + name + text.substring(at + old.length(), rest) + gap + text.substring(rest);
        }
        return text;
    }
}
