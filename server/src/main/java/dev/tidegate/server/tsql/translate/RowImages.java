package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.Statement;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Translates changes that H2 cannot do as one statement, row by row: first a query for the rows, then expressions and changes over the
 * values of one row, which stand in the SQL as constants.
 */
public final class RowImages {
    /**
     * A query for rows.
     *
     * @param sql gives each row's id first; a MERGE then has whether the row comes from the source; then every column of the sources
     * @param target index of the source that is changed
     */
    record Rows(String sql, TableInfo table, List<Scope.Source> sources, int target) {
        Rows {
            sources = List.copyOf(sources);
        }
    }

    private final SessionView session;
    private final Parameters parameters = new Parameters();
    private final Rows rows;
    private final int first;

    private RowImages(SessionView session, Statement statement) throws SqlServerException {
        this.session = session;
        Translation translation = new Translation(session, parameters);
        if (statement instanceof Statement.Merge merge) {
            this.rows = new MergeTranslator(translation).images(merge);
            this.first = 2;
        } else {
            this.rows = new ChangeTranslator(translation).images((Statement.Update) statement);
            this.first = 1;
        }
    }

    private RowImages(SessionView session, Query query, Query.Select select) throws SqlServerException {
        this.session = session;
        Translation translation = new Translation(session, parameters);
        Scope scope = new Scope(null);
        int depth = translation.depth();
        translation.queries().with(query.with(), null);
        translation.from().source(select.from(), scope, null);
        translation.popTo(depth);
        TranslatedQuery all = translation.query(select.over(List.of(new Query.Star(List.of())), query));
        this.rows = new Rows(all.sql(), null, scope.sources(), -1);
        this.first = 0;
    }

    public static RowImages of(SessionView session, Statement.Update update) throws SqlServerException {
        return new RowImages(session, update);
    }

    public static RowImages of(SessionView session, Statement.Merge merge) throws SqlServerException {
        return new RowImages(session, merge);
    }

    /** The rows of a query that sets variables. */
    public static RowImages of(SessionView session, Query query, Query.Select select) throws SqlServerException {
        return new RowImages(session, query, select);
    }

    /** Whether an UPDATE has to go row by row. */
    public static boolean isNeeded(Statement.Update update) {
        return OutputTranslator.namesBoth(update.output())
                || update.assignments().stream().anyMatch(assignment -> assignment.variable() != null);
    }

    static List<String> items(List<Scope.Source> sources) {
        List<String> items = new ArrayList<>();
        for (Scope.Source source : sources) {
            source.columns().forEach(column -> items.add(source.reference().sql(column.name())));
        }
        return items;
    }

    public String sql() {
        return rows.sql;
    }

    public List<Object> parameters() {
        return parameters.values();
    }

    public TableInfo table() {
        return rows.table;
    }

    /** The types of the query's columns. */
    public List<ColumnInfo> columns() {
        List<ColumnInfo> columns = new ArrayList<>();
        if (first > 0) {
            columns.add(new ColumnInfo("", SqlType.BIGINT, true));
        }
        if (first > 1) {
            columns.add(new ColumnInfo("", SqlType.BIT, false));
        }
        rows.sources.forEach(source -> columns.addAll(source.columns()));
        return columns;
    }

    /** The row as the table had it, from a row of the query. */
    public Object[] before(Object[] row) {
        int at = first;
        for (int i = 0; i < rows.target; i++) {
            at += rows.sources.get(i).columns().size();
        }
        return Arrays.copyOfRange(row, at, at + rows.table.columns().size());
    }

    /** A scope in which every column is a constant. */
    private Scope scope(Object[] row) throws SqlServerException {
        Scope scope = new Scope(null);
        int at = first;
        for (Scope.Source source : rows.sources) {
            scope.add(constant(source, row, at));
            at += source.columns().size();
        }
        return scope;
    }

    private static Scope.Source constant(Scope.Source source, Object[] values, int from) {
        Map<String, String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < source.columns().size(); i++) {
            ColumnInfo column = source.columns().get(i);
            Object value = values == null ? null : values[from + i];
            texts.put(column.name(), SqlText.cast(SqlText.literal(value, column.type()), column.type()));
        }
        return source.at(texts::get);
    }

    /** A query or a change for H2 over the values of one row. */
    public record Step(String sql, List<Object> parameters, List<ColumnInfo> columns) {}

    /** The value of an expression. */
    public Step value(Expression expression, Object[] row) throws SqlServerException {
        Parameters own = new Parameters();
        Operand operand = new Translation(session, own).expressions().value(expression, scope(row));
        SqlType type = operand.isNull() ? SqlType.INT : operand.type();
        return new Step("SELECT " + operand.sql(), own.values(), List.of(new ColumnInfo("", type, true)));
    }

    /** The value that an assignment gives its column. */
    public Step value(Statement.Assignment assignment, Object[] row) throws SqlServerException {
        if (assignment.value() instanceof Expression.Default) {
            throw KnownError.UNSUPPORTED.exception("DEFAULT in an UPDATE that sets a variable or returns both images is not supported by this"
                            + " server.");
        }
        Parameters own = new Parameters();
        ColumnInfo column = ChangeTranslator.assignable(assignment, rows.table);
        Statement.Assignment plain =
                new Statement.Assignment(null, assignment.column(), assignment.operator(), assignment.value());
        String sql = new ChangeTranslator(new Translation(session, own)).value(plain, column, scope(row));
        return new Step("SELECT " + SqlText.cast(sql, column.type()), own.values(), List.of(column));
    }

    /** Gives the row's columns these values; returns it as it has become. */
    public Step update(Object id, Map<String, Object> values) {
        Parameters own = new Parameters();
        List<String> sets = new ArrayList<>();
        values.forEach((name, value) -> {
            SqlType type = rows.table.column(name).orElseThrow().type();
            sets.add(SqlText.quote(name) + " = " + own.add(value, type));
        });
        return after("UPDATE " + rows.table.sql() + " SET " + String.join(", ", sets) + where(id), own);
    }

    public Step update(Object id, Statement.MergeUpdate update, Object[] row) throws SqlServerException {
        Parameters own = new Parameters();
        List<String> sets = new ChangeTranslator(new Translation(session, own))
                .assignments(update.assignments(), rows.table, scope(row), null);
        return after("UPDATE " + rows.table.sql() + " SET " + String.join(", ", sets) + where(id), own);
    }

    public Step insert(Statement.MergeInsert insert, Object[] row) throws SqlServerException {
        Parameters own = new Parameters();
        String values = new MergeTranslator(new Translation(session, own)).insert(insert, rows.table, scope(row));
        return after(
                values.replaceFirst(
                        "^INSERT ", "INSERT INTO " + rows.table.sql().replace("$", "\\$") + " "),
                own);
    }

    public Step delete(Object id) {
        return new Step("DELETE FROM " + rows.table.sql() + where(id), List.of(), List.of());
    }

    private static String where(Object id) {
        return " WHERE _ROWID_ = " + id;
    }

    private Step after(String change, Parameters own) {
        List<String> items = rows.table.columns().stream()
                .map(column -> SqlText.quote(column.name()))
                .toList();
        return new Step(
                "SELECT " + String.join(", ", items) + " FROM FINAL TABLE (" + change + ")",
                own.values(),
                rows.table.columns());
    }

    /**
     * What OUTPUT gives for one row.
     *
     * @param action INSERT, UPDATE or DELETE
     * @param before null if the row was not there
     * @param after null if the row is no longer there
     */
    public Step output(Statement.Output output, String action, Object[] row, Object[] before, Object[] after)
            throws SqlServerException {
        Parameters own = new Parameters();
        Translation translation = new Translation(session, own);
        List<ColumnInfo> optional =
                rows.table.columns().stream().map(ColumnInfo::asNullable).toList();
        Scope scope = new Scope(null);
        scope.add(constant(new Scope.Source("inserted", List.of("inserted"), optional), after, 0));
        scope.add(constant(new Scope.Source("deleted", List.of("deleted"), optional), before, 0));
        ColumnInfo done = new ColumnInfo("$action", SqlType.nvarchar(10), false);
        scope.add(constant(new Scope.Source("$", List.of("$"), List.of(done)), new Object[] {action}, 0));
        Scope all = scope(row);
        for (int i = 0; i < all.sources().size(); i++) {
            if (i != rows.target) {
                scope.add(all.sources().get(i));
            }
        }
        List<String> items = new ArrayList<>();
        List<ColumnInfo> columns = new ArrayList<>();
        for (Query.Item item : output.items()) {
            switch (item) {
                case Query.Star star -> {
                    for (Scope.Source source : scope.sources()) {
                        if (!star.qualifier().isEmpty() && source.answersTo(star.qualifier())) {
                            items.addAll(items(List.of(source)));
                            columns.addAll(source.columns());
                        }
                    }
                }
                case Query.Value value -> {
                    Operand operand = translation.expressions().value(value.expression(), scope);
                    String name = value.alias() != null
                            ? value.alias()
                            : value.expression() instanceof Expression.Column column ? column.name() : "";
                    SqlType type = operand.isNull() ? SqlType.INT : operand.type();
                    items.add(operand.isNull() ? SqlText.cast("NULL", type) : operand.sql());
                    columns.add(new ColumnInfo(name, type, operand.nullable()));
                }
                case Query.Assignment a ->
                    throw KnownError.INCORRECT_SYNTAX.exception(a.variable());
            }
        }
        return new Step("SELECT " + String.join(", ", items), own.values(), columns);
    }
}
