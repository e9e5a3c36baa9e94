package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.Expression;
import dev.tidegate.server.tsql.ast.Query;
import dev.tidegate.server.tsql.function.Operand;
import dev.tidegate.server.tsql.type.CollationRule;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Translates queries. */
final class QueryTranslator {
    /** A body in H2's SQL; the scope is that of a single SELECT, for its ORDER BY, else null. */
    private record Body(String sql, List<ColumnInfo> columns, Scope scope, Query.Select select, String limit) {}

    private final Translation translation;

    QueryTranslator(Translation translation) {
        this.translation = translation;
    }

    /** @param outer scope of the query around it, or null */
    TranslatedQuery query(Query query, Scope outer) throws SqlServerException {
        int before = translation.depth();
        try {
            StringBuilder sql = new StringBuilder(with(query.with(), outer));
            Body body = body(query.body(), outer);
            sql.append(body.sql).append(orderBy(query, body));
            if (query.offset() != null) {
                sql.append(" OFFSET ").append(rowCount(query.offset())).append(" ROWS");
                if (query.fetch() != null) {
                    sql.append(" FETCH NEXT ").append(rowCount(query.fetch())).append(" ROWS ONLY");
                }
            }
            return new TranslatedQuery(sql.append(body.limit).toString(), body.columns);
        } finally {
            translation.popTo(before);
        }
    }

    /** The WITH clause, or nothing; pushes the named queries, which the caller pops. */
    String with(List<Query.Cte> ctes, Scope outer) throws SqlServerException {
        if (ctes.isEmpty()) {
            return "";
        }
        List<String> texts = new ArrayList<>();
        boolean recursive = false;
        for (Query.Cte cte : ctes) {
            boolean self = Recursion.isRecursive(cte);
            recursive |= self;
            TranslatedQuery query = self ? recursive(cte, outer) : query(cte.query(), outer);
            List<ColumnInfo> columns = FromTranslator.rename(query.columns(), cte.columns(), cte.name());
            texts.add(SqlText.quote(cte.name()) + FromTranslator.columnList(columns) + " AS (" + query.sql() + ")");
            translation.push(new Translation.NamedQuery(cte.name(), columns));
        }
        return (recursive ? "WITH RECURSIVE " : "WITH ") + String.join(", ", texts) + " ";
    }

    private TranslatedQuery recursive(Query.Cte cte, Scope outer) throws SqlServerException {
        Query.SetOperation union = (Query.SetOperation) cte.query().body();
        Body anchor = body(union.left(), outer);
        List<ColumnInfo> columns = FromTranslator.rename(anchor.columns, cte.columns(), cte.name()).stream()
                .map(ColumnInfo::asNullable)
                .toList();
        int before = translation.depth();
        translation.push(new Translation.NamedQuery(cte.name(), columns));
        try {
            Body step = body(union.right(), outer);
            String typed = "SELECT "
                    + String.join(
                            ", ",
                            anchor.columns.stream()
                                    .map(c -> SqlText.cast(SqlText.quote(c.name()), c.type()))
                                    .toList())
                    + " FROM (" + anchor.sql + ")";
            String left = named(anchor) ? typed + " AS \"anchor\"" : anchor.sql;
            return new TranslatedQuery(left + " UNION ALL " + step.sql, columns);
        } finally {
            translation.popTo(before);
        }
    }

    private static boolean named(Body anchor) {
        return anchor.columns.stream().noneMatch(c -> c.name().isEmpty());
    }

    private Body body(Query.Body body, Scope outer) throws SqlServerException {
        return switch (body) {
            case Query.Select select -> select(select, outer);
            case Query.Nested nested -> {
                TranslatedQuery query = query(nested.query(), outer);
                yield new Body("(" + query.sql() + ")", query.columns(), null, null, "");
            }
            case Query.SetOperation operation -> setOperation(operation, outer);
        };
    }

    private Body setOperation(Query.SetOperation operation, Scope outer) throws SqlServerException {
        Body left = body(operation.left(), outer);
        Body right = body(operation.right(), outer);
        if (left.columns.size() != right.columns.size()) {
            throw KnownError.UNION_ITEM_COUNT.exception();
        }
        List<ColumnInfo> columns = new ArrayList<>();
        for (int i = 0; i < left.columns.size(); i++) {
            ColumnInfo a = left.columns.get(i);
            ColumnInfo b = right.columns.get(i);
            columns.add(new ColumnInfo(a.name(), TypeRules.common(a.type(), b.type()), a.nullable() || b.nullable()));
        }
        String operator = " " + operation.operator() + (operation.all() ? " ALL " : " ");
        return new Body(retyped(left, columns) + operator + retyped(right, columns), columns, null, null, "");
    }

    /** An operand of a set operation whose columns have the common types: H2's own choice differs for text and numbers. */
    private static String retyped(Body body, List<ColumnInfo> columns) throws SqlServerException {
        String sql = body.limit.isEmpty() ? body.sql : "(" + body.sql + body.limit + ")";
        boolean needed = false;
        List<String> items = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlType own = body.columns.get(i).type();
            SqlType common = columns.get(i).type();
            String name = SqlText.quote("c" + i);
            names.add(name);
            boolean boxed = common.kind() == TypeKind.SQL_VARIANT && own.kind() != TypeKind.SQL_VARIANT;
            boolean differs = boxed
                    || !SqlText.type(own).equals(SqlText.type(common)) && !(own.isCharacter() && common.isCharacter());
            needed |= differs;
            items.add(differs ? SqlText.cast(Coercion.implicit(Operand.of(name, own), common), common) : name);
        }
        if (!needed) {
            return body.select == null && !sql.startsWith("(") ? "(" + sql + ")" : sql;
        }
        return "SELECT " + String.join(", ", items) + " FROM (" + sql + ") AS \"operand\"(" + String.join(", ", names)
                + ")";
    }

    private Body select(Query.Select select, Scope outer) throws SqlServerException {
        Scope scope = new Scope(outer);
        String from = select.from() == null ? "" : " FROM " + translation.from().source(select.from(), scope, outer);
        List<ColumnInfo> columns = new ArrayList<>();
        List<String> items = new ArrayList<>();
        for (Query.Item item : select.items()) {
            item(item, scope, items, columns);
        }
        StringBuilder sql = new StringBuilder(select.distinct() ? "SELECT DISTINCT " : "SELECT ");
        sql.append(String.join(", ", items)).append(from);
        if (select.where() != null) {
            sql.append(" WHERE ").append(translation.predicates().condition(select.where(), scope));
        }
        if (!select.groupBy().isEmpty()) {
            List<String> groups = new ArrayList<>();
            for (Expression group : select.groupBy()) {
                groups.add(translation.expressions().value(group, scope).sql());
            }
            sql.append(" GROUP BY ").append(String.join(", ", groups));
        }
        if (select.having() != null) {
            sql.append(" HAVING ").append(translation.predicates().condition(select.having(), scope));
        }
        return new Body(sql.toString(), columns, scope, select, limit(select.top()));
    }

    String limit(Query.Top top) throws SqlServerException {
        if (top == null) {
            return "";
        }
        String count = top.percent()
                ? Coercion.implicit(translation.expressions().value(top.count(), null), SqlType.FLOAT)
                : rowCount(top.count());
        return " FETCH FIRST " + count + (top.percent() ? " PERCENT" : "") + " ROWS "
                + (top.withTies() ? "WITH TIES" : "ONLY");
    }

    private String rowCount(Expression expression) throws SqlServerException {
        Operand count = translation.expressions().value(expression, null);
        if (count.literal() instanceof Integer number && number >= 0) {
            return number.toString();
        }
        return Coercion.implicit(count, SqlType.BIGINT);
    }

    private void item(Query.Item item, Scope scope, List<String> items, List<ColumnInfo> columns)
            throws SqlServerException {
        switch (item) {
            case Query.Star star -> star(star, scope, items, columns);
            case Query.Value value -> {
                Operand operand = translation.expressions().value(value.expression(), scope);
                String name = name(value);
                SqlType type = operand.isNull() ? SqlType.INT : operand.type();
                String sql = operand.isNull() ? SqlText.cast("NULL", SqlType.INT) : operand.sql();
                items.add(name.isEmpty() ? sql : sql + " AS " + SqlText.quote(name));
                ColumnInfo origin = value.expression() instanceof Expression.Column column
                        ? scope.find(column.parts()).column()
                        : null;
                boolean identity = origin != null && origin.identity();
                columns.add(new ColumnInfo(name, type, operand.nullable(), identity, false, false));
            }
            case Query.Assignment assignment ->
                throw KnownError.ASSIGNMENT_WITH_RETRIEVAL.exception();
        }
    }

    private static String name(Query.Value value) {
        if (value.alias() != null) {
            return value.alias();
        }
        return value.expression() instanceof Expression.Column column ? column.name() : "";
    }

    private static void star(Query.Star star, Scope scope, List<String> items, List<ColumnInfo> columns)
            throws SqlServerException {
        boolean any = false;
        for (Scope.Source source : scope.sources()) {
            if (!star.qualifier().isEmpty() && !source.answersTo(star.qualifier())) {
                continue;
            }
            any = true;
            for (ColumnInfo column : source.columns()) {
                String sql = source.reference().sql(column.name());
                boolean plain = sql.endsWith("." + SqlText.quote(column.name()));
                items.add(plain ? sql : sql + " AS " + SqlText.quote(column.name()));
                columns.add(column);
            }
        }
        if (!any) {
            if (star.qualifier().isEmpty()) {
                throw KnownError.NO_TABLE_FOR_STAR.exception();
            }
            throw KnownError.UNKNOWN_PREFIX.exception(String.join(".", star.qualifier()));
        }
    }

    private String orderBy(Query query, Body body) throws SqlServerException {
        if (query.orderBy().isEmpty()) {
            return "";
        }
        List<String> items = new ArrayList<>();
        for (Expression.OrderItem item : query.orderBy()) {
            items.add(orderItem(item.expression(), body) + (item.descending() ? " DESC" : ""));
        }
        return " ORDER BY " + String.join(", ", items);
    }

    private String orderItem(Expression given, Body body) throws SqlServerException {
        Expression expression = given instanceof Expression.Collate collate
                        && CollationRule.of(collate.collation()) == CollationRule.DATABASE
                ? collate.operand()
                : given;
        if (expression instanceof Expression.Literal literal && literal.value() instanceof Integer position) {
            if (position < 1 || position > body.columns.size()) {
                throw KnownError.ORDER_BY_POSITION.exception(position);
            }
            return position.toString();
        }
        if (expression instanceof Expression.Column column && column.parts().size() == 1) {
            for (int i = 0; i < body.columns.size(); i++) {
                if (body.columns.get(i).name().equalsIgnoreCase(column.name())) {
                    return Integer.toString(i + 1);
                }
            }
        }
        if (body.scope == null) {
            throw KnownError.ORDER_BY_NOT_SELECTED.exception();
        }
        return translation.predicates().key(expression, body.scope);
    }
}
