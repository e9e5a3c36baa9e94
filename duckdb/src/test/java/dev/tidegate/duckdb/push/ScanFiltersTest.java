package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.Parameter;
import dev.tidegate.duckdb.push.ast.SqlParser;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanFiltersTest {
    private static TwoCopies copies;

    @BeforeAll
    static void start() throws IOException, SQLException {
        copies = new TwoCopies();
    }

    @AfterAll
    static void stop() throws SQLException {
        copies.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            i = 3                                   | [i] = {int 3}
            i = 3 AND n > 2                         | ([i] = {int 3} AND [n] > {tinyint 2})
            i IN (1, 2)                             | ([i] = {int 1} OR [i] = {int 2})
            i NOT IN (1, 2)                         | ([i] <> {int 1} AND [i] <> {int 2})
            i = 9999999999                          | [i] = {bigint 9999999999}
            l IS NULL                               | [l] IS NULL
            NOT (i > 3 OR l < 4)                    | ([i] <= {int 3} AND [l] >= {bigint 4})
            id IS NULL OR i = 3                     | ([id] IS NULL OR [i] = {int 3})
            i::FLOAT::DOUBLE <= 123456792e0         | [i] <= {int 123458026}
            i::FLOAT::DOUBLE < 0.5::DOUBLE AND i::DOUBLE < 3 | ([i] < {int 3} AND [i] <= {int 0})
            d::FLOAT = 0.10000000149011612::DOUBLE  | [d] = {decimal(10,2) 0.10}
            b                                       | [b] = 1
            NOT b                                   | [b] = 0
            d <= 3.5                                | [d] <= {decimal(10,2) 3.50}
            m > 3                                   | [m] > {decimal(19,4) 3.0000}
            d = 0.1::DOUBLE                         | [d] = {decimal(10,2) 0.10}
            d < 0.1::DOUBLE                         | [d] <= {decimal(10,2) 0.10}
            f < 2                                   | [f] < {float 2.0}
            r = 0.1::FLOAT                          | [r] = {real 0.1}
            s = 'abc'                               | [s] = {nvarchar(4000) abc}
            v = 'abc'                               | [v] = {varchar(8000) abc}
            v = 'äbc'                               | [v] = {nvarchar(4000) äbc}
            s LIKE 'a%'                             | [s] COLLATE Latin1_General_100_BIN2 LIKE {nvarchar(4000) a%} ESCAPE N'\\'
            s NOT LIKE 'a[%'                        | [s] COLLATE Latin1_General_100_BIN2 NOT LIKE {nvarchar(4000) a\\[%} ESCAPE N'\\'
            s LIKE '%a_c%'                          | [s] COLLATE Latin1_General_100_BIN2 LIKE {nvarchar(4000) %a%c%} ESCAPE N'\\'
            s LIKE '____%_%%'                       | [s] COLLATE Latin1_General_100_BIN2 LIKE {nvarchar(4000) %} ESCAPE N'\\'
            s LIKE '%\\%%' ESCAPE '\\'               | [s] COLLATE Latin1_General_100_BIN2 LIKE {nvarchar(4000) %\\%%} ESCAPE N'\\'
            contains(v, '10%')                      | CAST([v] AS nvarchar(4000)) COLLATE Latin1_General_100_BIN2 LIKE {nvarchar(4000) %10\\%%} ESCAPE N'\\'
            s <> 'abc'                              | ([s] COLLATE Latin1_General_100_BIN2 <> {nvarchar(4000) abc} OR DATALENGTH([s]) <> {int 6})
            dt = '2020-02-29'                       | [dt] = {date 2020-02-29}
            t0 < '2020-02-29 12:00:00.5'            | [t0] < {datetime2(0) 2020-02-29T12:00:01}
            t0 <= '2020-02-29 12:00:00.5'           | [t0] <= {datetime2(0) 2020-02-29T12:00}
            td = '2020-02-29 12:00:00.003'          | [td] = {datetime 2020-02-29T12:00:00.003}
            td = '2020-02-29 12:00:00.004'          | 1 = 0
            td <= '2020-02-29 12:00:00.004'         | [td] <= {datetime 2020-02-29T12:00:00.003}
            td < '2020-02-29 12:00:00.004'          | [td] < {datetime 2020-02-29T12:00:00.007}
            ts > '2020-02-29 12:00:30'              | [ts] > {datetime2(0) 2020-02-29T12:00}
            tm >= '12:00:00.0005'                   | [tm] >= {time(3) 12:00:00.001}
            z > '2020-02-29 05:30:00+05:30'         | [z] > {datetimeoffset(6) 2020-02-29T00:00Z}
            t6::DATE = '2020-02-29'                 | ([t6] >= {datetime2(6) 2020-02-29T00:00} AND [t6] <= {datetime2(6) 2020-03-01T00:00})
            u = 'ff11a2b3-1234-4321-8765-00000000000f' | [u] = {uniqueidentifier ff11a2b3-1234-4321-8765-00000000000f}
            i < l                                   | [i] < [l]
            """)
    void becomes(String predicate, String expected) throws SQLException {
        assertThat(filter("SELECT * FROM t WHERE " + predicate)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s > 'abc'",
                "s ILIKE 'a%'",
                "s NOT LIKE 'a_c'",
                "lower(s) = 'abc'",
                "s = 'a' || chr(10)",
                "s = 'a' || chr(0)",
                "s = 'a' || chr(65533)",
                "s LIKE 'a' || chr(65533)",
                "l < m",
                "m = l",
                "d > 3.505",
                "i * l > 3",
                "random() > 0.5",
                "u > '0f11a2b3-1234-4321-8765-00000000000f'",
                "f > 'nan'::DOUBLE",
                "f < 'inf'::DOUBLE",
                "f = 1e-310::DOUBLE",
                "dt < '1500-01-01'",
                "dt < '12000-01-01'",
                "t6 < 'infinity'",
                "td < '1500-01-01'",
                "i::VARCHAR = '3'",
                "i = 3 OR s > 'abc'",
                "NOT (i = 3 AND s > 'abc')",
                "CASE WHEN i = 3 THEN true ELSE s = 'x' END",
                "x < '\\x01'::BLOB",
                "(i > 3) = b"
            })
    void staysWithDuckDb(String predicate) throws SQLException {
        assertThat(filter("SELECT * FROM t WHERE " + predicate)).isNull();
    }

    @Test
    void whatIsNotUnderstoodOfAConjunctionIsLeftOut() throws SQLException {
        assertThat(filter("SELECT * FROM t WHERE i = 3 AND lower(s) = 'x' AND random() > 0.1"))
                .isEqualTo("[i] = {int 3}");
    }

    @Test
    void aFilterIsFoundBelowJoinsAggregatesAndInSubqueries() throws SQLException {
        Map<String, Tsql> filters = filters("SELECT count(*) FROM t JOIN w ON t.i = w.i WHERE t.n = 3 AND w.d > 1"
                + " AND EXISTS (SELECT 1 FROM w AS o WHERE o.d > 1 AND o.i = t.i)");

        assertThat(text(filters.get("scan_t"))).isEqualTo("[n] = {tinyint 3}");
        assertThat(text(filters.get("scan_w")))
                .isEqualTo("([d] > {decimal(10,2) 1.00} OR ([i] IS NOT NULL AND [d] > {decimal(10,2) 1.00}))");
    }

    @Test
    void namesAreThoseOfTheScanWhateverTheQueryCallsThem() throws SQLException {
        assertThat(filter("SELECT * FROM (SELECT i AS l, l AS i FROM t) WHERE l = 3 AND i > 9"))
                .isEqualTo("([i] = {int 3} AND [l] > {bigint 9})");
    }

    /** A plan may show a computed value by the name that the statement gives it, whatever that reads as. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM (SELECT coalesce(b, true) AS c_b FROM t) WHERE c_b",
                "SELECT * FROM (SELECT NOT b AS c_b FROM t) WHERE c_b",
                "SELECT * FROM (SELECT * REPLACE (coalesce(b, true) AS b) FROM t) WHERE b",
                "SELECT * FROM (SELECT NOT b AS \"false\" FROM t) WHERE \"false\"",
                "SELECT * FROM (SELECT NOT b AS \"true AND false\" FROM t) WHERE \"true AND false\"",
                "SELECT * FROM (SELECT NOT b AS \"c_i = 3\" FROM t) WHERE \"c_i = 3\"",
                "SELECT * FROM (SELECT NOT b AS \"i = 3\" FROM t) WHERE \"i = 3\"",
                "SELECT * FROM (SELECT length(s) AS i FROM t) WHERE i = 3.5",
                "SELECT * FROM (SELECT length(s) AS \"3\", f FROM t) WHERE \"3\" = f",
                "SELECT * FROM (SELECT length(s) AS \"(3)\", f FROM t) WHERE \"(3)\" = f",
                "SELECT * FROM (SELECT length(s) AS \"NULL\", f FROM t) WHERE \"NULL\" = f",
                "SELECT * FROM (SELECT last_day(dt) AS \"'2020-02-29'\", t0 FROM t) WHERE \"'2020-02-29'\" > t0",
                "SELECT * FROM (SELECT last_day(dt) AS \"('2020-02-29')\", t0 FROM t) WHERE \"('2020-02-29')\" > t0",
                "SELECT * FROM (SELECT last_day(dt) AS \"'2020-02-29'::DATE\", t0 FROM t)"
                        + " WHERE \"'2020-02-29'::DATE\" > t0"
            })
    void aNameOfTheStatementIsNotTakenForAnExpression(String sql) throws SQLException {
        assertThat(filter(sql)).isNull();
    }

    @Test
    void aStatementThatKnowsTheNamesOfAScanHasNoFilters() throws SQLException {
        String known = Sample.COLUMNS.get(1).scanName();

        assertThat(filter("SELECT * FROM (SELECT NOT b AS " + known + " FROM t) WHERE " + known))
                .isNull();
        assertThat(filter(
                        "SELECT * FROM (SELECT NOT b AS " + known.toUpperCase(Locale.ROOT) + " FROM t) WHERE " + known))
                .isNull();
    }

    @Test
    void aTableScannedTwiceHasTheRowsOfBoth() throws SQLException {
        assertThat(filter("SELECT i FROM t WHERE i = 1 UNION ALL SELECT i FROM t WHERE i = 2"))
                .isEqualTo("([i] = {int 1} OR [i] = {int 2})");
        assertThat(filter("SELECT i FROM t WHERE i = 1 UNION ALL SELECT i FROM t"))
                .isNull();
    }

    @Test
    void aJoinThatKeepsAllRowsOfItsLeftSideDoesNotFilterThem() throws SQLException {
        Map<String, Tsql> filters = filters("SELECT * FROM t LEFT JOIN w ON t.id = w.id AND t.i = 3 AND w.i = 4");

        assertThat(filters).doesNotContainKey("scan_t");
        assertThat(text(filters.get("scan_w"))).isEqualTo("[i] = {int 4}");
    }

    @Test
    void moreValuesThanARequestTakesAreNotSent() throws SQLException {
        StringBuilder many = new StringBuilder("i = 0");
        for (int i = 1; i <= Tsql.MAX_PARAMETERS; i++) {
            many.append(" OR i = ").append(i);
        }
        assertThat(filter("SELECT * FROM t WHERE " + many)).isNull();
    }

    /** A statement could have such names, too. */
    @ParameterizedTest
    @ValueSource(strings = {"i", "c0", "c0_0123456789abcde", "true", "a b"})
    void aScanWhoseColumnsHaveOtherNamesIsNotFiltered(String name) throws SQLException {
        RemoteTable table =
                new RemoteTable("demo", "[t]", List.of(RemoteColumn.of(name, TypeInfo.integer(), "INTEGER", true)));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            assertThat(ScanFilters.ofPlan(duckdb, "", plan("(" + name + " = 3)", name), Map.of("f", table)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(%s = 3",
                "(%s = 3) FROM x",
                "(%s = 3), 1",
                "(%s = 3) ORDER BY 1",
                "(%s = 3); SELECT 1",
                "(q = 3)"
            })
    void anExpressionThatDoesNotReadAgainIsNotPushed(String expression) throws SQLException {
        String name = ScanNames.random().of(0);
        RemoteTable table = new RemoteTable(
                "demo", "[t]", List.of(new RemoteColumn("i", name, "i", TypeInfo.integer(), "INTEGER", true)));
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:")) {
            assertThat(ScanFilters.ofPlan(duckdb, "", plan(String.format(expression, name), name), Map.of("f", table)))
                    .isEmpty();
            assertThat(ScanFilters.ofPlan(duckdb, "", plan("(" + name + " = 3)", name), Map.of("f", table)))
                    .hasSize(1);
            assertThat(ScanFilters.ofPlan(
                            duckdb, "", plan("(" + name + " = 3)", name).substring(5), Map.of("f", table)))
                    .isEmpty();
        }
    }

    @Test
    void wholeNumbersThatHaveNoPlaceInMoneyAreNotComparedWithIt() throws SQLException {
        RemoteColumn small = column("m", TypeInfo.smallmoney(), "DECIMAL(10,4)");
        RemoteColumn whole = column("i", TypeInfo.integer(), "INTEGER");
        RemoteColumn shorter = column("k", TypeInfo.smallint(), "SMALLINT");

        assertThat(pushed("(CAST(" + whole.scanName() + " AS DECIMAL(14,4)) < " + small.scanName() + ")", small, whole))
                .isNull();
        assertThat(pushed(
                        "(" + small.scanName() + " = CAST(" + shorter.scanName() + " AS DECIMAL(10,4)))",
                        small,
                        shorter))
                .isEqualTo("[m] = [k]");
    }

    /** DuckDB has cut off the seventh digit, and a cast to a finer type does not bring it back. */
    @Test
    void aTimeThatWasCutStaysCutBehindACast() throws SQLException {
        RemoteColumn at = column("t", TypeInfo.datetime2(7), "TIMESTAMP");
        RemoteColumn time = column("o", TypeInfo.time(7), "TIME");

        assertThat(pushed(
                        "(CAST(make_timestamp(" + at.scanName()
                                + ") AS TIMESTAMP_NS) < '2020-02-29 12:00:00.0000015'::TIMESTAMP_NS)",
                        at))
                .isEqualTo("[t] < {datetime2(7) 2020-02-29T12:00:00.000002}");
        assertThat(pushed(
                        "(CAST(CAST(make_timestamp(" + time.scanName()
                                + ") AS TIME) AS TIME_NS) <= '12:00:00.0000015'::TIME_NS)",
                        time))
                .isEqualTo("[o] <= {time(7) 12:00:00.000001900}");
    }

    @Test
    void aMaskedColumnIsNotAsked() throws SQLException {
        RemoteColumn plain = column("i", TypeInfo.integer(), "INTEGER");
        RemoteColumn masked = column("pay", TypeInfo.integer(), "INTEGER").asMasked();
        String condition = "((" + masked.scanName() + " < 100) AND (" + plain.scanName() + " = 3))";

        assertThat(pushed(condition, plain, masked)).isEqualTo("[i] = {int 3}");
        assertThat(pushed("(" + masked.scanName() + " < 100)", plain, masked)).isNull();
    }

    @Test
    void anExpressionThatIsNestedTooDeeplyIsNotPushed() throws SQLException {
        assertThat(filter("SELECT * FROM t WHERE n = 3 AND i" + " + l".repeat(400) + " > 5"))
                .isEqualTo("[n] = {tinyint 3}");
        assertThat(new SqlParser(copies.duckdb()).select("SELECT 1" + " + 1".repeat(400)))
                .isEmpty();
    }

    private static RemoteColumn column(String name, TypeInfo type, String duckdbType) {
        return new RemoteColumn(name, ScanNames.random().of(0), name, type, duckdbType, true);
    }

    private static String pushed(String expression, RemoteColumn... columns) throws SQLException {
        RemoteTable table = new RemoteTable("demo", "[t]", List.of(columns));
        Tsql filter = ScanFilters.ofPlan(
                        copies.duckdb(), "", plan(expression, columns[0].scanName()), Map.of("f", table))
                .get("f");
        return filter == null ? null : text(filter);
    }

    /** Text cut at line ends loses the empty lines. */
    @Test
    void anExpressionOfSeveralLinesIsNotPushed() throws SQLException {
        assertThat(filter("SELECT * FROM t WHERE s = 'a' || chr(10) || chr(10) || 'b' AND i = 3"))
                .isNull();
    }

    /** @param column that the scan gives */
    private static String plan(String expression, String column) {
        return "[{\"name\":\"FILTER\",\"children\":[{\"name\":\"F\",\"children\":[],\"extra_info\":{\"Function\":\"F\","
                + "\"Projections\":\"" + column + "\"}}],"
                + "\"extra_info\":{\"Expression\":\"" + expression + "\"}}]";
    }

    private static String filter(String sql) throws SQLException {
        Tsql filter = filters(sql).get("scan_t");
        return filter == null ? null : text(filter);
    }

    private static Map<String, Tsql> filters(String sql) throws SQLException {
        return ScanFilters.of(copies.duckdb(), sql, TwoCopies.scans());
    }

    /** With the values where they stand, and their types. */
    static String text(Tsql tsql) {
        String text = tsql.sql();
        List<Parameter> parameters = tsql.parameters();
        for (int i = parameters.size() - 1; i >= 0; i--) {
            Parameter parameter = parameters.get(i);
            text = text.replace(parameter.name(), "{" + parameter.type().toSql() + " " + parameter.value() + "}");
        }
        assertThat(parameters.stream().map(Parameter::name).collect(Collectors.toSet()))
                .hasSameSizeAs(parameters);
        return text;
    }
}
