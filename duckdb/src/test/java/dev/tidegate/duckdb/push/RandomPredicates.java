package dev.tidegate.duckdb.push;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Conditions over the columns of {@link Sample}, with constants at which two engines could differ. */
final class RandomPredicates {
    private static final List<String> NEAR_TIMES = List.of(
            "DATE '2020-02-29'",
            "TIMESTAMP '2020-02-29 12:00:00.004'",
            "TIMESTAMP '2020-02-29 12:00:00.000001'",
            "TIMESTAMP '2020-02-29 12:00:30'",
            "'2020-02-29'");

    /** Beyond what SQL Server has, or where calendars differ. */
    private static final List<String> FAR_TIMES = List.of(
            "TIMESTAMP 'infinity'",
            "DATE '0044-03-15 (BC)'",
            "DATE '1582-10-10'",
            "TIMESTAMP '9999-12-31 23:59:59.9999'",
            "DATE '12000-01-01'");

    private RandomPredicates() {}

    static Arbitrary<String> predicates() {
        return Arbitraries.recursive(
                RandomPredicates::comparisons,
                inner -> Combinators.combine(
                                inner, comparisons(), Arbitraries.of(" AND ", " OR "), Arbitraries.of("", "NOT "))
                        .as((left, right, operator, not) -> not + "(" + left + operator + right + ")"),
                0,
                3);
    }

    private static Arbitrary<String> comparisons() {
        List<Sample.Column> columns = Sample.COLUMNS.stream()
                .filter(column -> !column.values().isEmpty())
                .toList();
        return Arbitraries.of(columns).flatMap(column -> {
            Arbitrary<String> value = Arbitraries.of(column.values()).map(column::literal);
            Arbitrary<String> operator =
                    Arbitraries.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");
            Arbitrary<String> plain =
                    Combinators.combine(operator, value).as((op, v) -> column.name() + " " + op + " " + v);
            Arbitrary<String> turned =
                    Combinators.combine(operator, value).as((op, v) -> v + " " + op + " " + column.name());
            Arbitrary<String> list = Combinators.combine(
                            Arbitraries.of("IN", "NOT IN"),
                            value.list().ofMinSize(1).ofMaxSize(4))
                    .as((in, values) -> column.name() + " " + in + " (" + String.join(", ", values) + ")");
            Arbitrary<String> range = Combinators.combine(Arbitraries.of("BETWEEN", "NOT BETWEEN"), value, value)
                    .as((between, low, high) -> column.name() + " " + between + " " + low + " AND " + high);
            Arbitrary<String> isNull = Arbitraries.of("IS NULL", "IS NOT NULL").map(is -> column.name() + " " + is);
            Arbitrary<String> special = special(column);
            return Arbitraries.oneOf(plain, plain, turned, list, range, isNull, special, special);
        });
    }

    /** What only columns of a kind have. */
    private static Arbitrary<String> special(Sample.Column column) {
        String name = column.name();
        Arbitrary<String> operator = Arbitraries.of("=", "<>", "<", "<=", ">", ">=");
        return switch (column.duckdb()) {
            case "VARCHAR" ->
                Combinators.combine(
                                Arbitraries.of("LIKE", "NOT LIKE", "ILIKE"),
                                Arbitraries.of(
                                        "a%",
                                        "%c", "%b%", "a_c", "a[b]c", "A%", "%", "", "abc", "abc ", "_b", "%\\%", "a%%c",
                                        "it''s"))
                        .as((like, pattern) -> name + " " + like + " '" + pattern + "'")
                        .flatMap(like -> Arbitraries.of(
                                like,
                                "starts_with(" + name + ", 'a')",
                                "NOT contains(" + name + ", 'c')",
                                "suffix(" + name + ", ' ')",
                                name + " LIKE 'a!%c' ESCAPE '!'",
                                name + " NOT LIKE 'a!_%' ESCAPE '!'",
                                "lower(" + name + ") = 'abc'",
                                name + " = 'ABC' COLLATE NOCASE",
                                name + " = 'abc' || chr(10)",
                                name + " = chr(0) || 'abc'",
                                name + " = 'ab\tc'",
                                "s = v",
                                "s <> v",
                                "length(" + name + ") > 2"));
            case "BOOLEAN" -> Arbitraries.of("b", "NOT b", "b = (i > 3)", "(i > 3) IS NOT TRUE", "b IS TRUE");
            case "TIMESTAMP_NS" ->
                Combinators.combine(operator, Arbitraries.of(NEAR_TIMES))
                        .as((op, value) -> name + " " + op + " " + value);
            case "DATE", "TIMESTAMP" ->
                Combinators.combine(operator, Arbitraries.oneOf(Arbitraries.of(NEAR_TIMES), Arbitraries.of(FAR_TIMES)))
                        .as((op, value) -> name + " " + op + " " + value)
                        .flatMap(comparison -> Arbitraries.of(
                                comparison,
                                comparison,
                                comparison,
                                name + "::DATE = DATE '2020-02-29'",
                                "year(" + name + ") = 2020",
                                "dt < t0",
                                "td <= t6",
                                "ts = td"));
            case "TIME" ->
                Combinators.combine(
                                operator,
                                Arbitraries.of("TIME '12:00:00.0005'", "TIME '23:59:59.9995'", "TIME '24:00:00'"))
                        .as((op, value) -> name + " " + op + " " + value);
            case "TIMESTAMP WITH TIME ZONE" ->
                Combinators.combine(
                                operator,
                                Arbitraries.of(
                                        "TIMESTAMPTZ '2020-02-29 05:30:00+05:30'",
                                        "TIMESTAMP '2020-02-29 00:00:00'",
                                        "TIMESTAMPTZ 'infinity'"))
                        .as((op, value) -> name + " " + op + " " + value);
            case "UUID" ->
                Arbitraries.of(
                        "u::VARCHAR = 'FF11A2B3-1234-4321-8765-00000000000F'",
                        "u > '0f11a2b3-1234-4321-8765-00000000000f'::UUID");
            case "BLOB" -> Arbitraries.of("x = ''::BLOB", "x = '\\x00\\x00\\x00'::BLOB", "octet_length(x) = 1");
            default ->
                Combinators.combine(
                                operator,
                                Arbitraries.of(
                                        "3",
                                        "3.5",
                                        "3.005",
                                        "-1",
                                        "300",
                                        "9999999999",
                                        "0.1",
                                        "0.1::DOUBLE",
                                        "0.1::FLOAT",
                                        "1e300::DOUBLE",
                                        "'nan'::DOUBLE",
                                        "'-inf'::DOUBLE",
                                        "170141183460469231731687303715884105727",
                                        "0.30000000000000004::DOUBLE",
                                        "-0.0",
                                        "99999999999999999999.99",
                                        "1e-310::DOUBLE",
                                        "16777217"))
                        .as((op, value) -> name + " " + op + " " + value)
                        .flatMap(comparison -> Arbitraries.of(
                                comparison,
                                comparison,
                                comparison,
                                comparison,
                                name + " + 1 > 3",
                                "i < l",
                                "d = i",
                                "d >= h",
                                "r < f",
                                "m = d",
                                "l < m",
                                "i::FLOAT::DOUBLE <= 123456792e0",
                                "i::FLOAT >= 123456800e0",
                                "d::FLOAT = 0.10000000149011612::DOUBLE",
                                "d::DOUBLE::FLOAT = 3.5::FLOAT"));
        };
    }
}
