package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Translates FROM: tables, joins, sub-queries and the names of WITH. */
final class FromClause {
    private final QueryTranslator queries;
    private final Scope outside;
    private final CommonTables commonTables;

    FromClause(QueryTranslator queries, Scope outside, CommonTables commonTables) {
        this.queries = queries;
        this.outside = outside;
        this.commonTables = commonTables;
    }

    /** @param sql null for a SELECT without FROM */
    record Joined(Tsql sql, List<Source> sources) {}

    Joined translate(Node from) throws Untranslatable {
        if (from.has("sample") || from.has("at_clause")) {
            throw new Untranslatable("a sample, or a table as of a time");
        }
        return switch (from.text("type")) {
            case "EMPTY" -> new Joined(null, List.of());
            case "BASE_TABLE" -> table(from);
            case "SUBQUERY" -> subquery(from);
            case "JOIN" -> join(from);
            default -> throw new Untranslatable("a FROM clause of the form " + from.text("type"));
        };
    }

    private Joined table(Node from) throws Untranslatable {
        List<String> path = new ArrayList<>();
        for (String part : List.of("catalog_name", "schema_name", "table_name")) {
            if (!from.text(part).isEmpty()) {
                path.add(from.text(part));
            }
        }
        if (path.size() == 1 && commonTables.has(path.get(0))) {
            CommonTables.Entry entry = commonTables.get(path.get(0));
            return derived(
                    queries.query(entry.query(), null, entry.visible(), false), from, path.get(0), entry.names());
        }
        RemoteTable table = queries.table(path);
        if (table.isMasked()) {
            throw new Untranslatable("a table with a masked column");
        }
        String alias = queries.nextAlias();
        List<Source.Column> columns = new ArrayList<>();
        List<String> names = from.texts("column_name_alias");
        for (int i = 0; i < table.columns().size(); i++) {
            RemoteColumn column = table.columns().get(i);
            Scalar value = Scalar.column(Tsql.of("{}.{}", Tsql.name(alias), Tsql.name(column.name())), column);
            columns.add(new Source.Column(i < names.size() ? names.get(i) : column.duckdbName(), value, false));
        }
        String name = from.text("alias").isEmpty() ? path.get(path.size() - 1) : from.text("alias");
        return new Joined(Tsql.of(table.sqlName() + " AS {}", Tsql.name(alias)), List.of(new Source(name, columns)));
    }

    private Joined subquery(Node from) throws Untranslatable {
        Node query = from.child("subquery")
                .flatMap(subquery -> subquery.child("node"))
                .orElseThrow(() -> new Untranslatable("a sub-query that is none"));
        return derived(queries.query(query, outside, commonTables, false), from, "", List.of());
    }

    private Joined derived(Translated query, Node from, String ownName, List<String> ownNames) {
        String alias = queries.nextAlias();
        List<String> names = from.texts("column_name_alias").isEmpty() ? ownNames : from.texts("column_name_alias");
        List<Source.Column> columns = new ArrayList<>();
        for (int i = 0; i < query.outputs().size(); i++) {
            Translated.Output output = query.outputs().get(i);
            Tsql sql = Tsql.of("{}.{}", Tsql.name(alias), Tsql.name(Translated.columnName(i)));
            columns.add(new Source.Column(
                    i < names.size() ? names.get(i) : output.name(),
                    output.value().as(sql),
                    false));
        }
        String name = from.text("alias").isEmpty() ? ownName : from.text("alias");
        return new Joined(Tsql.of("({}) AS {}", query.sql(), Tsql.name(alias)), List.of(new Source(name, columns)));
    }

    private Joined join(Node from) throws Untranslatable {
        String type = from.text("join_type");
        String reference = from.text("ref_type");
        if (!reference.equals("REGULAR") && !reference.equals("CROSS")) {
            throw new Untranslatable("a join of the form " + reference);
        }
        Joined left = translate(side(from, "left"));
        Joined right = translate(side(from, "right"));
        List<Source> sources = new ArrayList<>();
        boolean leftMayLack = type.equals("RIGHT") || type.equals("FULL");
        boolean rightMayLack = type.equals("LEFT") || type.equals("FULL");
        left.sources().forEach(source -> sources.add(leftMayLack ? source.nullable() : source));
        right.sources().forEach(source -> sources.add(rightMayLack ? source.nullable() : source));
        Tsql second = side(from, "right").text("type").equals("JOIN") ? Tsql.of("({})", right.sql()) : right.sql();
        if (reference.equals("CROSS")) {
            return new Joined(Tsql.of("{} CROSS JOIN {}", left.sql(), second), sources);
        }
        String keyword = switch (type) {
            case "INNER" -> "INNER JOIN";
            case "LEFT" -> "LEFT JOIN";
            case "RIGHT" -> "RIGHT JOIN";
            case "FULL" -> "FULL JOIN";
            default -> throw new Untranslatable("a join of the form " + type);
        };
        List<String> using = from.texts("using_columns");
        if (!using.isEmpty()) {
            return using(left, right, keyword, sources, second, using);
        }
        Node condition = from.child("condition").orElseThrow(() -> new Untranslatable("a join without a condition"));
        Tsql on = queries.predicates(new Scope(sources, outside, Set.of()), commonTables)
                .whereTrue(condition);
        return new Joined(Tsql.of("{} " + keyword + " {} ON {}", left.sql(), second, on), sources);
    }

    private Joined using(
            Joined left, Joined right, String keyword, List<Source> sources, Tsql second, List<String> using)
            throws Untranslatable {
        if (!keyword.equals("INNER JOIN") && !keyword.equals("LEFT JOIN")) {
            throw new Untranslatable("USING in a join that keeps the rows of its right side");
        }
        List<Tsql> conditions = new ArrayList<>();
        for (String column : using) {
            Scalar first = new Scope(left.sources(), null, Set.of()).resolve(List.of(column));
            Scalar other = new Scope(right.sources(), null, Set.of()).resolve(List.of(column));
            conditions.add(queries.equal(first, other));
        }
        List<Source> merged = new ArrayList<>(sources.subList(0, left.sources().size()));
        for (Source source : sources.subList(left.sources().size(), sources.size())) {
            List<Source.Column> columns = source.columns().stream()
                    .map(column -> new Source.Column(
                            column.name(),
                            column.value(),
                            column.hidden() || using.stream().anyMatch(column.name()::equalsIgnoreCase)))
                    .toList();
            merged.add(new Source(source.name(), columns));
        }
        return new Joined(
                Tsql.of("{} " + keyword + " {} ON {}", left.sql(), second, Tsql.join(" AND ", conditions)), merged);
    }

    private static Node side(Node from, String side) throws Untranslatable {
        return from.child(side).orElseThrow(() -> new Untranslatable("a join without its " + side + " side"));
    }
}
