package dev.tidegate.duckdb.push;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Statements that change the table {t}, which has the columns of {@link Sample} and {@code id} as its key. {w} is another table with the
 * same columns, and {pairs} one of DuckDB's own that has a number and a label for some of the ids.
 */
final class RandomChanges {
    private static final List<Sample.Column> SETTABLE = Sample.COLUMNS.stream()
            .filter(column -> !column.name().equals("id"))
            .toList();

    private RandomChanges() {}

    /** Those that a table without a key may take as well. */
    static Arbitrary<String> ofOneTable() {
        Arbitrary<String> updates =
                Combinators.combine(assignments(), where()).as((set, where) -> "UPDATE {t} SET " + set + where);
        Arbitrary<String> aliased = Combinators.combine(assignments(), condition(), condition())
                .as((set, outer, inner) -> "UPDATE {t} AS x SET " + set + " WHERE (" + outer
                        + ") AND x.id + 1 IN (SELECT id FROM {w} WHERE " + inner + ")");
        Arbitrary<String> deletes = where().map(where -> "DELETE FROM {t}" + where);
        Arbitrary<String> others = Combinators.combine(condition(), Arbitraries.of("IN", "NOT IN"))
                .as((inner, in) -> "DELETE FROM {t} WHERE i " + in + " (SELECT i FROM {w} WHERE i IS NOT NULL AND ("
                        + inner + "))");
        return Arbitraries.oneOf(updates, updates, updates, aliased, deletes, others);
    }

    /** Those for which DuckDB has to find the rows. */
    static Arbitrary<String> ofSeveralTables() {
        Arbitrary<String> from = Combinators.combine(assignments(), condition())
                .as((set, where) -> "UPDATE {t} AS x SET " + set
                        + ", s = label FROM {pairs} p WHERE p.pair = x.id AND (" + where + ")");
        Arbitrary<String> using = condition()
                .map(where -> "DELETE FROM {t} AS x USING {pairs} p WHERE p.pair = x.id AND (" + where + ")");
        Arbitrary<String> with = Combinators.combine(assignments(), condition())
                .as((set, where) -> "WITH k AS (SELECT id AS other FROM {w} WHERE " + where + ") UPDATE {t} SET " + set
                        + " WHERE id - 1 IN (SELECT other FROM k)");
        Arbitrary<String> keys = where().map(where -> "UPDATE {t} SET id = id + 1000, n = n" + where);
        return Arbitraries.oneOf(from, from, using, with, keys);
    }

    /** INSERT, with all that ON CONFLICT has. */
    static Arbitrary<String> inserts() {
        return Arbitraries.of(SETTABLE).set().ofMinSize(1).ofMaxSize(4).flatMap(set -> {
            List<Sample.Column> columns = List.copyOf(set);
            String names = columns.stream().map(Sample.Column::name).collect(Collectors.joining(", "));
            Arbitrary<List<String>> row = Combinators.combine(
                            Arbitraries.integers()
                                    .between(0, TwoCopies.ROWS + 20)
                                    .map(String::valueOf),
                            Combinators.combine(columns.stream()
                                            .map(RandomChanges::constant)
                                            .toList())
                                    .as(values -> values))
                    .as((id, values) -> {
                        List<String> cells = new ArrayList<>(values);
                        cells.add(0, id);
                        return cells;
                    });
            Arbitrary<String> rows = row.list()
                    .ofMinSize(1)
                    .ofMaxSize(4)
                    .filter(RandomChanges::isOfOneKind)
                    .map(list -> list.stream()
                            .map(cells -> "(" + String.join(", ", cells) + ")")
                            .collect(Collectors.joining(", ", " VALUES ", "")));
            Arbitrary<String> query = Combinators.combine(
                            Arbitraries.of("id", "id + 1", "id + (id % 8 = 0)::INTEGER", "1000 + id"),
                            Combinators.combine(columns.stream()
                                            .map(RandomChanges::value)
                                            .toList())
                                    .as(values -> String.join(", ", values)),
                            condition())
                    .as((id, values, where) -> " SELECT " + id + ", " + values + " FROM {w} WHERE " + where);
            Arbitrary<String> named = Combinators.combine(
                            Arbitraries.of("id + 1", "id + (id % 8 = 0)::INTEGER"), condition())
                    .as((id, where) -> " BY NAME SELECT " + names + ", " + id + " AS id FROM {w} WHERE " + where);
            Arbitrary<String> given =
                    Arbitraries.oneOf(rows, rows, query, query).map(each -> " (id, " + names + ")" + each);
            return Combinators.combine(
                            Arbitraries.of("", "", "", " OR REPLACE", " OR IGNORE"),
                            Arbitraries.oneOf(given, given, given, named),
                            conflict(columns))
                    .as((or, what, conflict) -> "INSERT" + or + " INTO {t}" + what + (or.isEmpty() ? conflict : ""));
        });
    }

    /** VALUES that are loaded are a query, whose columns have one type each; those of DuckDB's own INSERT are converted one by one. */
    private static boolean isOfOneKind(List<List<String>> rows) {
        for (int i = 0; i < rows.get(0).size(); i++) {
            int column = i;
            if (rows.stream()
                            .map(row -> row.get(column))
                            .filter(cell -> !cell.equals("NULL"))
                            .map(RandomChanges::kind)
                            .distinct()
                            .count()
                    > 1) {
                return false;
            }
        }
        return true;
    }

    private static String kind(String cell) {
        if (cell.contains("DOUBLE")) {
            return "double";
        }
        return cell.startsWith("'") ? "text" : cell.equals("true") || cell.equals("false") ? "boolean" : "other";
    }

    private static Arbitrary<String> conflict(List<Sample.Column> columns) {
        Arbitrary<String> set = Arbitraries.of(columns)
                .flatMap(column -> Arbitraries.oneOf(
                        Arbitraries.just(column.name() + " = excluded." + column.name()),
                        constant(column).map(value -> column.name() + " = " + value),
                        Arbitraries.just(
                                switch (column.duckdb()) {
                                    case "INTEGER", "DECIMAL(10,2)", "DECIMAL(19,4)" ->
                                        column.name() + " = " + column.name() + " + excluded." + column.name();
                                    case "VARCHAR" ->
                                        column.name() + " = coalesce(excluded." + column.name() + ", 'none')";
                                    default -> column.name() + " = NULL";
                                })));
        Arbitrary<String> update = Combinators.combine(
                        Arbitraries.of("", " (id)"),
                        set.list().ofMinSize(1).ofMaxSize(2).map(RandomChanges::eachOnce),
                        Arbitraries.oneOf(Arbitraries.just(""), condition().map(each -> " WHERE " + each)))
                .as((key, values, where) -> " ON CONFLICT" + key + " DO UPDATE SET " + values + where);
        return Arbitraries.oneOf(
                Arbitraries.of("", " ON CONFLICT DO NOTHING", " ON CONFLICT (id) DO NOTHING"), update, update);
    }

    private static Arbitrary<String> assignments() {
        return Arbitraries.of(SETTABLE)
                .flatMap(column -> value(column).map(value -> column.name() + " = " + value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(RandomChanges::eachOnce);
    }

    /** A column is set once. */
    private static String eachOnce(List<String> assignments) {
        Map<String, String> set = new LinkedHashMap<>();
        assignments.forEach(each -> set.put(each.substring(0, each.indexOf(' ')), each));
        return String.join(", ", set.values());
    }

    private static Arbitrary<String> where() {
        return Arbitraries.oneOf(
                Arbitraries.just(""),
                condition().map(each -> " WHERE " + each),
                condition().map(each -> " WHERE " + each));
    }

    private static Arbitrary<String> condition() {
        return Arbitraries.oneOf(
                RandomPredicates.predicates(),
                Arbitraries.of("n = 3", "b", "id < 50", "i IS NOT NULL AND id % 3 = 1", "s IS NOT NULL", "d < 4"));
    }

    /** An expression over a row of {t} or {w}. */
    private static Arbitrary<String> value(Sample.Column column) {
        Arbitrary<String> odd = Arbitraries.of(odd(column));
        Arbitrary<String> chosen = Combinators.combine(condition(), odd, constant(column))
                .as((when, one, other) -> "CASE WHEN " + when + " THEN " + one + " ELSE " + other + " END");
        return Arbitraries.oneOf(constant(column), odd, odd, chosen, Arbitraries.just(column.name()));
    }

    private static Arbitrary<String> constant(Sample.Column column) {
        return Arbitraries.oneOf(
                Arbitraries.of(column.values()).map(column::literal),
                Arbitraries.of(column.values()).map(column::literal),
                Arbitraries.just("NULL"),
                Arbitraries.of(plain(column)));
    }

    /** Constants that are not of the column's type, or not of its width. */
    private static String[] plain(Sample.Column column) {
        return switch (column.duckdb()) {
            case "BOOLEAN" -> new String[] {"1", "'yes'"};
            case "VARCHAR" -> new String[] {"'abc' || '  '", "repeat('x', 40)", "'ÿ€'", "'wave 🌊'", "'4d  '"};
            case "DATE" ->
                new String[] {"'2020-02-30'", "'2020-02-28'", "DATE '12000-01-01'", "DATE '0044-03-15 (BC)'"};
            case "TIME" -> new String[] {"TIME '12:00:00.0005'", "'23:59:59.9'", "TIME '24:00:00'"};
            case "UUID" -> new String[] {"'FF11A2B3-1234-4321-8765-00000000000F'", "'no uuid'"};
            case "BLOB" -> new String[] {"'abc'::BLOB", "repeat('00', 20)::BLOB"};
            case "TIMESTAMP WITH TIME ZONE" ->
                new String[] {"TIMESTAMPTZ '2020-02-29 05:30:00+05:30'", "'2020-02-29 12:00'"};
            case "TIMESTAMP", "TIMESTAMP_NS" ->
                new String[] {
                    "TIMESTAMP '2020-02-29 12:00:00.004'",
                    "TIMESTAMP '2020-02-29 12:00:00.000001'",
                    "TIMESTAMP '2020-02-29 12:00:30'",
                    "TIMESTAMP '9999-12-31 23:59:59.9999'",
                    "TIMESTAMP '1500-01-01 00:00:00'",
                    "'2020-02-29'"
                };
            default ->
                new String[] {
                    "7.5",
                    "0.005",
                    "-0.005",
                    "1e300::DOUBLE",
                    "'nan'::DOUBLE",
                    "'12'",
                    "'3.14159'",
                    "300",
                    "-1",
                    "3e9::BIGINT",
                    "99999999999999999999",
                    "true"
                };
        };
    }

    /** Expressions of other types and values than the column's. */
    private static String[] odd(Sample.Column column) {
        return switch (column.duckdb()) {
            case "BOOLEAN" -> new String[] {"i", "NOT b", "i > 3", "s = 'abc'"};
            case "VARCHAR" ->
                new String[] {
                    "upper(s)", "s", "v", "c", "i", "dt", "left(s, 2)", "concat(v, '!')", "coalesce(v, s)", "u"
                };
            case "DATE" -> new String[] {"t0", "dt + 1", "td", "t0::DATE"};
            case "TIME" -> new String[] {"td::TIME", "t0::TIME", "tm"};
            case "UUID" -> new String[] {"s", "u", "CASE WHEN b THEN u END"};
            case "BLOB" -> new String[] {"x || x", "s::BLOB"};
            case "TIMESTAMP WITH TIME ZONE" -> new String[] {"z + INTERVAL 1 HOUR", "t6", "z"};
            case "TIMESTAMP", "TIMESTAMP_NS" ->
                new String[] {"dt", "t0", "t6", "td", "ts", "t0 + INTERVAL 1 DAY", "t7", "coalesce(t6, t0)"};
            default ->
                new String[] {
                    "i",
                    "l",
                    "n",
                    "d",
                    "h",
                    "m",
                    "r",
                    "f",
                    "i + 1",
                    "l * 2",
                    "d + 0.005",
                    "d * d",
                    "d / 3",
                    "m - 1",
                    "-i",
                    "abs(i)",
                    "n + 200",
                    "f + 0.1",
                    "h + d",
                    "i % 2",
                    "length(s)",
                    "b",
                    "month(dt)",
                    "coalesce(i, 7)",
                    "d::INTEGER",
                    "i * d",
                    "n * n",
                    "-m",
                    "abs(d)"
                };
        };
    }
}
