package dev.tidegate.duckdb.push;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** SELECTs over the tables t and w, both with the columns of {@link Sample}. Those with an order have one for every row. */
final class RandomQueries {
    private RandomQueries() {}

    static Arbitrary<String> queries() {
        Arbitrary<String> where = Arbitraries.oneOf(
                RandomPredicates.predicates(),
                Arbitraries.of(
                        "i > 0", "n = 3 OR s = 'abc'", "b AND d < 4", "dt > '2020-01-01'", "NOT b", "l IS NULL"));
        Arbitrary<String> column =
                Arbitraries.of(Sample.COLUMNS.stream().map(Sample.Column::name).toList());
        Arbitrary<String> direction = Arbitraries.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
        Arbitrary<String> page = Arbitraries.of("", " LIMIT 5", " LIMIT 20 OFFSET 3", " OFFSET 10");
        Arbitrary<String> plain = Combinators.combine(column, column, where, direction, page)
                .as((one, key, condition, down, limit) -> "SELECT id, " + one + " FROM t WHERE " + condition
                        + " ORDER BY " + key + down + ", id" + limit);
        Arbitrary<String> groups = Combinators.combine(
                        column,
                        column,
                        where,
                        Arbitraries.of("sum(%s)", "min(%s)", "max(%s)", "count(%s)", "count(DISTINCT %s)"),
                        Arbitraries.of("", " HAVING count(*) > 3"))
                .as((group, value, condition, aggregate, having) ->
                        "SELECT " + group + ", count(*), " + aggregate.replace("%s", value) + " FROM t WHERE "
                                + condition + " GROUP BY " + group + having);
        Arbitrary<String> values = Combinators.combine(column, where, where)
                .as((one, condition, other) -> "SELECT id, CASE WHEN " + condition + " THEN " + one + " END AS k, "
                        + other + " AS truth FROM t");
        Arbitrary<String> joins = Combinators.combine(Arbitraries.of("JOIN", "LEFT JOIN", "FULL JOIN"), column, where)
                .as((join, key, condition) -> "SELECT a.id, b.id FROM (SELECT * FROM t WHERE " + condition + ") AS a "
                        + join + " w AS b ON a." + key + " = b." + key + " AND a.n = b.n");
        Arbitrary<String> inner = Combinators.combine(
                        column, where, Arbitraries.of("IN", "NOT IN"), Arbitraries.of("", "DISTINCT "))
                .as((key, condition, in, distinct) -> "SELECT " + distinct + key + " FROM w WHERE " + key + " " + in
                        + " (SELECT " + key + " FROM t WHERE " + condition + ")");
        return Arbitraries.oneOf(plain, groups, values, joins, inner);
    }
}
