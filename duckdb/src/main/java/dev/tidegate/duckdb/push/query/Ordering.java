package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Rules;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DISTINCT, ORDER BY, LIMIT and OFFSET of one query. */
final class Ordering {
    private final Rules rules;
    private final NullOrder nullOrder;
    private final List<Node> orders = new ArrayList<>();
    private boolean distinct;
    private Long limit;
    private long offset;

    Ordering(Rules rules, NullOrder nullOrder, List<Node> modifiers) throws Untranslatable {
        this.rules = rules;
        this.nullOrder = nullOrder;
        for (Node modifier : modifiers) {
            switch (modifier.text("type")) {
                case "ORDER_MODIFIER" -> orders.addAll(modifier.children("orders"));
                case "DISTINCT_MODIFIER" -> {
                    if (modifier.has("distinct_on_targets")) {
                        throw new Untranslatable("DISTINCT ON");
                    }
                    distinct = true;
                }
                case "LIMIT_MODIFIER" -> limit(modifier);
                default -> throw new Untranslatable("a modifier of the form " + modifier.text("type"));
            }
        }
    }

    boolean isDistinct() {
        return distinct;
    }

    private void limit(Node modifier) throws Untranslatable {
        if (!modifier.text("limit_type").equals("ROW_COUNT")) {
            throw new Untranslatable("LIMIT in percent");
        }
        if (modifier.has("limit")) {
            limit = count(modifier, "limit");
        }
        if (modifier.has("offset")) {
            offset = count(modifier, "offset");
        }
    }

    private static long count(Node modifier, String key) throws Untranslatable {
        return modifier.child(key)
                .flatMap(Ordering::place)
                .filter(count -> count >= 0)
                .orElseThrow(() -> new Untranslatable("a LIMIT or OFFSET that is no constant"));
    }

    /** The whole number that an expression is, if it is one. */
    static Optional<Integer> place(Node expression) {
        return expression
                .child("literal")
                .filter(literal -> literal.text("kind").equals("INTEGER")
                        && literal.text("text").matches("\\d{1,9}"))
                .map(literal -> Integer.valueOf(literal.text("text")));
    }

    /**
     * @param rest from FROM to HAVING
     * @param top whether the order matters even without a LIMIT
     */
    Translated complete(
            List<Tsql> columns, List<Translated.Output> outputs, Tsql rest, Predicates predicates, boolean top)
            throws Untranslatable {
        if (distinct) {
            for (Translated.Output output : outputs) {
                if (!output.value().isGrouped(rules)) {
                    throw new Untranslatable(
                            "DISTINCT over " + output.value().type().toSql());
                }
            }
        }
        List<Tsql> list = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            list.add(Tsql.of("{} AS {}", columns.get(i), Tsql.name(Translated.columnName(i))));
        }
        List<Tsql> keys = top || limit != null || offset > 0 ? keys(outputs, predicates) : List.of();
        boolean paged = offset > 0 && (limit == null || limit > 0);
        String head =
                "SELECT " + (distinct ? "DISTINCT " : "") + (limit != null && !paged ? "TOP (" + limit + ") " : "");
        Tsql sql = Tsql.of(head + "{}{}", Tsql.join(", ", list), rest);
        if (paged && keys.isEmpty()) {
            if (distinct) {
                throw new Untranslatable("DISTINCT with OFFSET and without ORDER BY");
            }
            keys = List.of(Tsql.text("(SELECT NULL)"));
        }
        if (!keys.isEmpty()) {
            sql = Tsql.of("{} ORDER BY {}", sql, Tsql.join(", ", keys));
        }
        if (paged) {
            String fetch = limit == null ? "" : " FETCH NEXT " + limit + " ROWS ONLY";
            sql = Tsql.of("{} OFFSET " + offset + " ROWS" + fetch, sql);
        }
        return new Translated(sql, outputs);
    }

    private List<Tsql> keys(List<Translated.Output> outputs, Predicates predicates) throws Untranslatable {
        List<Tsql> keys = new ArrayList<>();
        List<Tsql> seen = new ArrayList<>();
        for (Node order : orders) {
            Scalar key = key(order, outputs, predicates);
            if (!key.isOrdered(rules)) {
                throw new Untranslatable("ORDER BY " + key.type().toSql());
            }
            boolean downwards = switch (order.text("type")) {
                case "ASCENDING" -> false;
                case "DESCENDING" -> true;
                default -> nullOrder.descending();
            };
            boolean nullsFirst = switch (order.text("null_order")) {
                case "NULLS FIRST", "NULLS_FIRST" -> true;
                case "NULLS LAST", "NULLS_LAST" -> false;
                default -> nullOrder.nullsFirst(downwards);
            };
            if (seen.contains(key.sql())) {
                continue;
            }
            seen.add(key.sql());
            // NULL is the least value of all to SQL Server.
            if (key.nullable() && nullsFirst == downwards) {
                if (distinct) {
                    throw new Untranslatable("DISTINCT whose NULLs stand elsewhere in ORDER BY");
                }
                keys.add(Tsql.of(
                        "CASE WHEN {} IS NULL THEN " + (nullsFirst ? "0 ELSE 1" : "1 ELSE 0") + " END", key.sql()));
            }
            keys.add(Tsql.of("{}" + (downwards ? " DESC" : ""), key.sql()));
        }
        return keys;
    }

    private static Scalar key(Node order, List<Translated.Output> outputs, Predicates predicates)
            throws Untranslatable {
        Node expression =
                order.child("expression").orElseThrow(() -> new Untranslatable("ORDER BY without an expression"));
        Optional<Integer> place = place(expression);
        if (place.isPresent()) {
            if (place.get() < 1 || place.get() > outputs.size()) {
                throw new Untranslatable("ORDER BY a column that there is not");
            }
            return outputs.get(place.get() - 1).value();
        }
        List<String> path = expression.texts("column_names");
        if (path.size() == 1) {
            List<Translated.Output> named = outputs.stream()
                    .filter(output -> output.name().equalsIgnoreCase(path.get(0)))
                    .toList();
            if (named.size() == 1) {
                return named.get(0).value();
            }
        }
        if (expression.text("class").equals("CONSTANT")) {
            throw new Untranslatable("ORDER BY a constant");
        }
        return predicates.scalars().value(expression);
    }
}
