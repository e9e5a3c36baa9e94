package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Rules;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Translates one statement's SELECT. Used once, by one thread. */
public final class QueryTranslator {
    /** Deeper queries are left to DuckDB before they exhaust the stack. */
    private static final int MAX_DEPTH = 50;

    private final Rules rules;
    private final NullOrder nullOrder;
    private final Function<List<String>, Optional<RemoteTable>> tables;
    private String database;
    private final Set<String> functions = new HashSet<>();
    private int aliases;
    private int depth;

    /** @param tables by the parts of their names, as many as the query gives */
    public QueryTranslator(Rules rules, NullOrder nullOrder, Function<List<String>, Optional<RemoteTable>> tables) {
        this.rules = rules;
        this.nullOrder = nullOrder;
        this.tables = tables;
    }

    public Translated translate(Node query) throws Untranslatable {
        return translate(query, true);
    }

    /** @param ordered whether the order of its rows is seen */
    public Translated translate(Node query, boolean ordered) throws Untranslatable {
        Translated translated = query(query, null, CommonTables.NONE, ordered);
        if (database == null) {
            throw new Untranslatable("no table of an attached database");
        }
        return translated;
    }

    /** Where all tables are; known once the query is translated. */
    public String database() {
        return database;
    }

    /** The functions that the translation took for DuckDB's own, by their names. */
    public Set<String> functions() {
        return functions;
    }

    /** @param top whether the order of the rows is seen by whoever runs the statement */
    Translated query(Node query, Scope outside, CommonTables before, boolean top) throws Untranslatable {
        if (++depth > MAX_DEPTH) {
            throw new Untranslatable("queries nested deeper than " + MAX_DEPTH);
        }
        CommonTables commonTables = before.with(query);
        Translated translated = switch (query.text("type")) {
            case "SELECT_NODE" -> select(query, outside, commonTables, top);
            case "SET_OPERATION_NODE" -> union(query, outside, commonTables, top);
            default -> throw new Untranslatable("a query of the form " + query.text("type"));
        };
        depth--;
        return translated;
    }

    private Translated union(Node query, Scope outside, CommonTables commonTables, boolean top) throws Untranslatable {
        if (!query.text("setop_type").equals("UNION") || !query.flag("setop_all")) {
            throw new Untranslatable("a set operation other than UNION ALL");
        }
        List<Translated> parts = new ArrayList<>();
        for (Node child : query.children("children")) {
            parts.add(query(child, outside, commonTables, false));
        }
        Translated first = parts.get(0);
        for (Translated part : parts) {
            if (part.outputs().size() != first.outputs().size()) {
                throw new Untranslatable("a UNION of different numbers of columns");
            }
            for (int i = 0; i < first.outputs().size(); i++) {
                Scalar one = first.outputs().get(i).value();
                Scalar other = part.outputs().get(i).value();
                if (!one.isAlike(other)) {
                    throw new Untranslatable("a UNION of columns of different types");
                }
            }
        }
        String alias = nextAlias();
        List<Tsql> columns = new ArrayList<>();
        List<Translated.Output> outputs = new ArrayList<>();
        for (int i = 0; i < first.outputs().size(); i++) {
            Tsql column = Tsql.of("{}.{}", Tsql.name(alias), Tsql.name(Translated.columnName(i)));
            columns.add(column);
            outputs.add(new Translated.Output(
                    first.outputs().get(i).name(),
                    first.outputs().get(i).value().as(column).orNull()));
        }
        // In parentheses each part keeps a TOP or an order of its own.
        List<Tsql> selects = parts.stream()
                .map(part -> Tsql.of("SELECT * FROM ({}) AS {}", part.sql(), Tsql.name(nextAlias())))
                .toList();
        Tsql from = Tsql.of("({}) AS {}", Tsql.join(" UNION ALL ", selects), Tsql.name(alias));
        Ordering ordering = new Ordering(rules, nullOrder, query.children("modifiers"));
        if (ordering.isDistinct()) {
            throw new Untranslatable("DISTINCT over a UNION");
        }
        Scope scope = new Scope(
                List.of(new Source(
                        "",
                        outputs.stream()
                                .map(output -> new Source.Column(output.name(), output.value(), false))
                                .toList())),
                null,
                Set.of());
        return ordering.complete(columns, outputs, Tsql.of(" FROM {}", from), predicates(scope, commonTables), top);
    }

    private Translated select(Node query, Scope outside, CommonTables commonTables, boolean top) throws Untranslatable {
        if (query.has("qualify") || query.has("sample")) {
            throw new Untranslatable("QUALIFY or a sample");
        }
        if (!query.text("aggregate_handling").equals("STANDARD_HANDLING")) {
            throw new Untranslatable("GROUP BY ALL");
        }
        Node fromNode = query.child("from_table").orElseThrow(() -> new Untranslatable("a SELECT without FROM"));
        FromClause.Joined from = new FromClause(this, outside, commonTables).translate(fromNode);
        Scope inList = new Scope(from.sources(), outside, Set.of());
        List<Translated.Output> outputs = new SelectList(
                        predicates(inList, commonTables).scalars(), from.sources())
                .outputs(query.children("select_list"));
        Scope scope = new Scope(from.sources(), outside, newNames(query.children("select_list")));
        Predicates predicates = predicates(scope, commonTables);
        Tsql rest = from.sql() == null ? Tsql.text("") : Tsql.of(" FROM {}", from.sql());
        Optional<Node> where = query.child("where_clause");
        if (where.isPresent()) {
            rest = Tsql.of("{} WHERE {}", rest, predicates.whereTrue(where.get()));
        }
        rest = Tsql.of("{}{}", rest, groups(query, predicates, outputs));
        Optional<Node> having = query.child("having");
        if (having.isPresent()) {
            rest = Tsql.of("{} HAVING {}", rest, predicates.whereTrue(having.get()));
        }
        List<Tsql> columns =
                outputs.stream().map(output -> output.value().sql()).toList();
        Ordering ordering = new Ordering(rules, nullOrder, query.children("modifiers"));
        return ordering.complete(columns, outputs, rest, predicates, top);
    }

    /** What AS calls something else than the column of that name, so that DuckDB could mean either. */
    private static Set<String> newNames(List<Node> selectList) {
        Set<String> names = new HashSet<>();
        for (Node item : selectList) {
            List<String> path = item.texts("column_names");
            boolean same = item.text("class").equals("COLUMN_REF")
                    && path.get(path.size() - 1).equalsIgnoreCase(item.text("alias"));
            if (!item.text("alias").isEmpty() && !same) {
                names.add(item.text("alias").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    private Tsql groups(Node query, Predicates predicates, List<Translated.Output> outputs) throws Untranslatable {
        List<Node> expressions = query.children("group_expressions");
        if (expressions.isEmpty()) {
            return Tsql.text("");
        }
        if (query.groupingSets() != 1) {
            throw new Untranslatable("GROUPING SETS");
        }
        List<Tsql> groups = new ArrayList<>();
        for (Node expression : expressions) {
            Optional<Integer> place = Ordering.place(expression);
            Scalar group;
            if (place.isPresent() && place.get() >= 1 && place.get() <= outputs.size()) {
                group = outputs.get(place.get() - 1).value();
            } else if (predicates.scalars().operand(expression) instanceof Scalar scalar) {
                group = scalar;
            } else {
                throw new Untranslatable("GROUP BY a constant");
            }
            if (!group.isGrouped(rules)) {
                throw new Untranslatable("GROUP BY " + group.type().toSql());
            }
            if (group.sql().parameterCount() > 0 || group.sql().sql().contains("(SELECT ")) {
                throw new Untranslatable("GROUP BY an expression with constants");
            }
            if (!groups.contains(group.sql())) {
                groups.add(group.sql());
            }
        }
        return Tsql.of(" GROUP BY {}", Tsql.join(", ", groups));
    }

    RemoteTable table(List<String> path) throws Untranslatable {
        RemoteTable table =
                tables.apply(path).orElseThrow(() -> new Untranslatable("a table that is in no attached database"));
        if (database != null && !database.equals(table.database())) {
            throw new Untranslatable("tables of several databases");
        }
        database = table.database();
        return table;
    }

    String nextAlias() {
        return "t" + ++aliases;
    }

    Predicates predicates(Scope scope, CommonTables commonTables) {
        return new Predicates(rules, scope, new InnerQueries(this, scope, commonTables), functions);
    }

    Tsql equal(Scalar left, Scalar right) throws Untranslatable {
        return predicates(new Scope(List.of(), null, Set.of()), CommonTables.NONE)
                .equal(left, right);
    }

    Rules rules() {
        return rules;
    }
}
