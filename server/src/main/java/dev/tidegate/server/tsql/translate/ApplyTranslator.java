package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.ast.TableSource;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Translates APPLY, which H2 does not have, where another form says the same: a join if nothing in the right side depends on all of its
 * rows, scalar sub-queries for aggregates, a window function for TOP.
 */
final class ApplyTranslator {
    private final Translation translation;
    private final FromTranslator from;

    ApplyTranslator(Translation translation, FromTranslator from) {
        this.translation = translation;
        this.from = from;
    }

    /** The right side's columns in H2's SQL, by name in lower case. */
    private record Items(List<ColumnInfo> columns, Map<String, String> sql) {
        Scope.Source source(String alias) {
            return new Scope.Source(alias, List.of(alias), columns, column -> sql.get(key(column)));
        }
    }

    private static String key(String column) {
        return column.toLowerCase(Locale.ROOT);
    }

    String apply(TableSource.Apply apply, Scope scope, Scope outer) throws SqlServerException {
        int start = scope.sources().size();
        String left = from.source(apply.left(), scope, outer);
        int middle = scope.sources().size();
        Scope trial = new Scope(scope, translation.newPlace(""));
        scope.takeReached();
        // a scope of its own between the two, so that the left side notices what is asked of it
        String right = from.source(apply.right(), trial, new Scope(scope));
        if (!scope.takeReached()) {
            for (Scope.Source source : trial.sources()) {
                scope.add(source);
            }
            return joined(left, apply.outer(), right, apply.right(), "1 = 1", scope, middle);
        }
        return switch (apply.right()) {
            case TableSource.Values values -> values(left, values, scope);
            case TableSource.Function function
            when function.name().name().equalsIgnoreCase("STRING_SPLIT") ->
                split(left, function, trial.sources().getFirst(), apply.outer(), scope);
            case TableSource.Derived derived -> derived(left, derived, apply.outer(), scope, start, middle);
            default -> throw refused("this right side");
        };
    }

    private static String joined(
            String left, boolean outer, String right, TableSource source, String condition, Scope scope, int middle) {
        if (outer) {
            scope.makeNullable(middle, scope.sources().size());
        }
        boolean single = !(source instanceof TableSource.Join) && !(source instanceof TableSource.Apply);
        return left + (outer ? " LEFT JOIN " : " INNER JOIN ") + (single ? right : "(" + right + ")") + " ON "
                + condition;
    }

    /** One row of the left side becomes as many as there are rows of values. */
    private String values(String left, TableSource.Values values, Scope scope) throws SqlServerException {
        String place = translation.newPlace("values");
        int width = values.columns().size();
        SqlType[] types = new SqlType[width];
        boolean[] nullable = new boolean[width];
        List<List<Operand>> rows = new ArrayList<>();
        for (List<Expression> row : values.rows()) {
            List<Operand> operands = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                Operand operand = translation.expressions().value(row.get(i), scope);
                operands.add(operand);
                types[i] = TypeRules.common(types[i], operand.type());
                nullable[i] |= operand.nullable();
            }
            rows.add(operands);
        }
        List<ColumnInfo> columns = new ArrayList<>();
        Map<String, String> sql = new LinkedHashMap<>();
        for (int i = 0; i < width; i++) {
            SqlType type = types[i] == null ? SqlType.INT : types[i];
            StringBuilder choice = new StringBuilder("CASE " + SqlText.quote(place) + ".\"row\"");
            for (int row = 0; row < rows.size(); row++) {
                choice.append(" WHEN ")
                        .append(row + 1)
                        .append(" THEN ")
                        .append(Coercion.implicit(rows.get(row).get(i), type));
            }
            columns.add(new ColumnInfo(values.columns().get(i), type, nullable[i]));
            sql.put(
                    key(values.columns().get(i)),
                    SqlText.cast(choice.append(" END").toString(), type));
        }
        scope.add(new Items(columns, sql).source(values.alias()));
        return left + " CROSS JOIN SYSTEM_RANGE(1, " + rows.size() + ") AS " + SqlText.quote(place) + "(\"row\")";
    }

    /** Each row of the left side meets as many numbers as its text has parts; an outer join keeps H2 from starting with the numbers. */
    private String split(String left, TableSource.Function function, Scope.Source source, boolean outer, Scope scope)
            throws SqlServerException {
        String place = translation.newPlace("split");
        String row = SqlText.quote(place) + ".\"row\"";
        String text = Coercion.implicit(
                translation.expressions().value(function.arguments().get(0), scope), SqlType.nvarchar(SqlType.MAX));
        String separator = Coercion.implicit(
                translation.expressions().value(function.arguments().get(1), scope), SqlType.nvarchar(1));
        Map<String, String> sql = new LinkedHashMap<>();
        List<ColumnInfo> columns = new ArrayList<>();
        for (ColumnInfo column : source.columns()) {
            boolean ordinal = column.type().equals(SqlType.BIGINT);
            sql.put(
                    key(column.name()),
                    ordinal ? row : "TIDEGATE.T_SPLIT_PART(" + text + ", " + separator + ", " + row + ")");
            columns.add(outer ? column.asNullable() : column);
        }
        scope.add(new Items(columns, sql).source(source.alias()));
        String present = " INNER JOIN (VALUES (1)) AS " + SqlText.quote(translation.newPlace("one")) + "(\"there\") ON "
                + text + " IS NOT NULL";
        return left + (outer ? "" : present) + " LEFT JOIN SYSTEM_RANGE(1, 2147483647) AS " + SqlText.quote(place)
                + "(\"row\") ON " + row + " <= TIDEGATE.T_SPLIT_COUNT(" + text + ", " + separator + ")";
    }

    private String derived(String left, TableSource.Derived derived, boolean outer, Scope scope, int start, int middle)
            throws SqlServerException {
        Query query = derived.query();
        if (!query.with().isEmpty() || !(query.body() instanceof Query.Select select)) {
            throw refused("a set operation or WITH that depends on the left side");
        }
        if (select.distinct() || !select.groupBy().isEmpty() || select.having() != null) {
            throw refused("DISTINCT, GROUP BY or HAVING that depends on the left side");
        }
        if (contains(select, ExpressionSearch::hasWindow)) {
            throw refused("a window function that depends on the left side");
        }
        boolean limited = select.top() != null || query.offset() != null;
        if (contains(select, ExpressionSearch::hasAggregate)) {
            if (limited) {
                throw refused("TOP of an aggregate that depends on the left side");
            }
            return aggregate(left, derived, select, scope);
        }
        return limited
                ? firstRows(left, derived, select, outer, scope, start, middle)
                : plain(left, derived, select, outer, scope, middle);
    }

    private static boolean contains(Query.Select select, Predicate<Expression> wanted) {
        return select.items().stream()
                .anyMatch(item -> item instanceof Query.Value value && wanted.test(value.expression()));
    }

    /** Every row of the right side stands for itself: a join on its condition. */
    private String plain(
            String left, TableSource.Derived derived, Query.Select select, boolean outer, Scope scope, int middle)
            throws SqlServerException {
        Inner inner = inner(select, outer, scope);
        Items items = items(select, derived, inner);
        scope.add(items.source(derived.alias()));
        if (outer) {
            scope.makeNullable(middle, scope.sources().size());
        }
        return left + (outer ? " LEFT JOIN " : " INNER JOIN ") + inner.sql + " ON " + inner.condition;
    }

    /** Aggregates without groups are one row always: each of them is a sub-query of its own. */
    private String aggregate(String left, TableSource.Derived derived, Query.Select select, Scope scope)
            throws SqlServerException {
        Inner inner = inner(select, false, scope);
        Items items = items(select, derived, inner);
        Map<String, String> queries = new LinkedHashMap<>();
        items.sql.forEach((name, sql) ->
                queries.put(name, "(SELECT " + sql + " FROM " + inner.sql + " WHERE " + inner.condition + ")"));
        scope.add(new Items(items.columns, queries).source(derived.alias()));
        return left;
    }

    /** TOP: the joined rows are numbered for each row of the left side. */
    private String firstRows(
            String left,
            TableSource.Derived derived,
            Query.Select select,
            boolean outer,
            Scope scope,
            int start,
            int middle)
            throws SqlServerException {
        Query query = derived.query();
        if (query.offset() != null || select.top().percent()) {
            throw refused("OFFSET or TOP … PERCENT that depends on the left side");
        }
        String rows = translation.newPlace("left");
        String numbered = "(SELECT " + String.join(", ", Relocation.items(scope, start, middle))
                + ", ROW_NUMBER() OVER () AS \"row\" FROM " + left + ") AS " + SqlText.quote(rows);
        Relocation.move(scope, start, middle, rows);
        Inner inner = inner(select, outer, scope);
        Items items = items(select, derived, inner);
        List<String> order = new ArrayList<>();
        for (Expression.OrderItem item : query.orderBy()) {
            order.add(orderKey(item.expression(), items, inner) + (item.descending() ? " DESC" : ""));
        }
        List<String> columns = new ArrayList<>(Relocation.items(scope, start, middle));
        Scope.Source result = items.source(derived.alias());
        for (ColumnInfo column : items.columns) {
            columns.add(result.reference().sql(column.name()) + " AS " + Relocation.name(result, column.name()));
        }
        String window = (select.top().withTies() ? "RANK()" : "ROW_NUMBER()") + " OVER (PARTITION BY "
                + SqlText.quote(rows) + ".\"row\""
                + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order)) + ")";
        Operand top = translation.expressions().value(select.top().count(), null);
        String place = translation.newPlace("apply");
        scope.add(result);
        int end = scope.sources().size();
        if (outer) {
            scope.makeNullable(middle, end);
        }
        Relocation.move(scope, start, end, place);
        return "(SELECT " + String.join(", ", columns) + " FROM " + numbered
                + (outer ? " LEFT JOIN " : " INNER JOIN ") + inner.sql + " ON " + inner.condition + " QUALIFY "
                + window + " <= " + Coercion.implicit(top, SqlType.BIGINT) + ") AS " + SqlText.quote(place);
    }

    private String orderKey(Expression expression, Items items, Inner inner) throws SqlServerException {
        if (expression instanceof Expression.Literal literal
                && literal.value() instanceof Integer position
                && position >= 1
                && position <= items.columns.size()) {
            return items.sql.get(key(items.columns.get(position - 1).name()));
        }
        if (expression instanceof Expression.Column column
                && column.parts().size() == 1
                && items.sql.containsKey(key(column.name()))) {
            return items.sql.get(key(column.name()));
        }
        return translation.predicates().key(expression, inner.scope);
    }

    /**
     * What the right side selects from.
     *
     * @param marker not NULL where there is such a row; null if it is not needed
     */
    private record Inner(String sql, String condition, Scope scope, String marker) {}

    private Inner inner(Query.Select select, boolean outer, Scope scope) throws SqlServerException {
        Scope inside = new Scope(scope, translation.newPlace(""));
        String one = SqlText.quote(translation.newPlace("one"));
        String single = "(VALUES (1)) AS " + one + "(\"there\")";
        String sql = single;
        if (select.from() != null) {
            String source = from.source(select.from(), inside, scope);
            boolean plain = !outer
                    && !(select.from() instanceof TableSource.Join)
                    && !(select.from() instanceof TableSource.Apply);
            sql = plain ? source : outer ? "(" + single + " CROSS JOIN " + source + ")" : "(" + source + ")";
        }
        String condition =
                select.where() == null ? "1 = 1" : translation.predicates().condition(select.where(), inside);
        return new Inner(sql, condition, inside, outer ? one + ".\"there\"" : null);
    }

    private Items items(Query.Select select, TableSource.Derived derived, Inner inner) throws SqlServerException {
        List<ColumnInfo> columns = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (Query.Item item : select.items()) {
            switch (item) {
                case Query.Star star -> star(star, inner.scope, columns, texts);
                case Query.Value value -> {
                    Operand operand = translation.expressions().value(value.expression(), inner.scope);
                    SqlType type = operand.isNull() ? SqlType.INT : operand.type();
                    String name = value.alias() != null
                            ? value.alias()
                            : value.expression() instanceof Expression.Column column ? column.name() : "";
                    columns.add(new ColumnInfo(name, type, operand.nullable()));
                    texts.add(operand.isNull() ? SqlText.cast("NULL", type) : operand.sql());
                }
                case Query.Assignment a ->
                    throw KnownError.INCORRECT_SYNTAX.exception(a.variable());
            }
        }
        List<ColumnInfo> named = FromTranslator.rename(columns, derived.columns(), derived.alias());
        Map<String, String> sql = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            String text = texts.get(i);
            sql.put(
                    key(named.get(i).name()),
                    inner.marker == null ? text : "CASE WHEN " + inner.marker + " IS NOT NULL THEN " + text + " END");
        }
        return new Items(named, sql);
    }

    private static void star(Query.Star star, Scope scope, List<ColumnInfo> columns, List<String> texts) {
        for (Scope.Source source : scope.sources()) {
            if (star.qualifier().isEmpty() || source.answersTo(star.qualifier())) {
                for (ColumnInfo column : source.columns()) {
                    columns.add(column);
                    texts.add(source.reference().sql(column.name()));
                }
            }
        }
    }

    private static SqlServerException refused(String what) {
        return KnownError.UNSUPPORTED.exception("APPLY with " + what + " is not supported by this server: use a JOIN or a sub-query.");
    }
}
