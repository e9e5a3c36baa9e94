package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.PushDown.ResultColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPushDownTest {
    private static TwoCopies copies;

    @BeforeAll
    static void start() throws IOException, SQLException {
        copies = new TwoCopies();
    }

    @AfterAll
    static void stop() throws SQLException {
        copies.close();
    }

    /** Rows without ORDER BY are compared in any order, those with one in theirs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT id, i AS x, t.l FROM t WHERE i > 0 AND d < 3.6",
                "SELECT count(*), count(i), count(DISTINCT n), sum(i), sum(l), sum(d), min(dt), max(td), min(f) FROM t",
                "SELECT n, count(*) AS k, sum(d) FROM t GROUP BY n ORDER BY n",
                "SELECT n, count(*) FROM t GROUP BY 1 HAVING count(*) > 5 ORDER BY 2 DESC, n NULLS FIRST",
                "SELECT DISTINCT n, b FROM t ORDER BY n DESC NULLS LAST, b DESC NULLS LAST",
                "SELECT id FROM t ORDER BY i, l DESC, id LIMIT 7 OFFSET 3",
                "SELECT id FROM t ORDER BY i NULLS FIRST, id DESC LIMIT 5",
                "SELECT id FROM t ORDER BY id LIMIT 0",
                "SELECT id FROM t ORDER BY id OFFSET 110",
                "SELECT t.id, w.id FROM t JOIN w ON t.i = w.i AND t.n = w.n",
                "SELECT t.id, w.id FROM t LEFT JOIN w ON t.i = w.i AND w.n = 3 ORDER BY w.id, t.id",
                "SELECT t.id, w.id FROM t FULL JOIN w ON t.id = w.id + 1",
                "SELECT a.id FROM t AS a, w AS b WHERE a.id = b.id + 2 AND a.s = b.s",
                "SELECT n, t.i, w.i FROM t JOIN w USING (n) WHERE t.id < 20",
                "SELECT * FROM (SELECT id, n FROM t WHERE n = 3) AS q WHERE id < 50",
                "WITH q AS (SELECT id, n FROM t), r(k) AS (SELECT id FROM q WHERE n = 3) SELECT k FROM r UNION ALL SELECT id FROM w",
                "SELECT id FROM t WHERE EXISTS (SELECT 1 FROM w WHERE w.id = t.id + 1 AND w.n IS NOT NULL)",
                "SELECT id FROM t WHERE NOT EXISTS (SELECT 1 FROM w WHERE w.i = t.i)",
                "SELECT id FROM t WHERE i IN (SELECT i FROM w)",
                "SELECT id FROM t WHERE i NOT IN (SELECT i FROM w WHERE i IS NOT NULL)",
                "SELECT id FROM t WHERE i NOT IN (SELECT i FROM w)",
                "SELECT id, (SELECT max(w.id) FROM w WHERE w.id < t.id) AS m FROM t",
                "SELECT id, CASE WHEN i > 3 THEN 1 WHEN s = 'abc' THEN 2 ELSE NULL END AS k FROM t",
                "SELECT id, coalesce(i, 7) AS k, i IS NULL AS nothing, n = 3 AS three FROM t",
                "SELECT id, year(t0) AS y, month(td) AS m, day(dt) AS d1, hour(t6) AS h, minute(tm) AS mi FROM t",
                "SELECT id, id + 1 AS a, id * 2 - 3 AS c, l::DECIMAL(20,1) AS e, abs(id) AS f FROM t",
                "SELECT id, n::INTEGER AS x, t0::DATE AS day, id::VARCHAR AS v1 FROM t",
                "SELECT id FROM t WHERE s = 'abc' OR v = 'abc  ' OR c = 'abc '",
                "SELECT id FROM t WHERE s <> 'abc' AND v NOT LIKE 'a%'",
                "SELECT id FROM t WHERE u = 'ff11a2b3-1234-4321-8765-00000000000f' OR x = '\\x00'::BLOB",
                "SELECT id FROM t WHERE td < TIMESTAMP '2020-02-29 12:00:00.004' AND NOT (dt BETWEEN '2020-01-01' AND '2020-02-29')",
                "SELECT year(t0) AS y, count(*) FROM t GROUP BY year(t0)"
            })
    void answersAsDuckDbDoes(String query) throws SQLException {
        PushDown pushDown = pushDown(query, Mode.AUTO);
        assertThat(pushDown).as(query).isInstanceOf(Pushed.class);
        Pushed pushed = (Pushed) pushDown;
        List<String> remote = TwoCopies.texts(
                copies.remotely(pushed.request().sql(), pushed.request().parameters()));
        List<String> local = copies.locally(query, pushed.columns());
        if (query.contains("ORDER BY")) {
            assertThat(remote).as(pushed.request().sql()).isEqualTo(local);
        } else {
            assertThat(remote).as(pushed.request().sql()).containsExactlyInAnyOrderElementsOf(local);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT 1                                        | no table of an attached database
            SELECT 1; SELECT 2                              | not one SELECT
            SELECT * FROM local.t                           | a table that is in no attached database
            SELECT * FROM t JOIN local.w USING (id)         | a table that is in no attached database
            SELECT * FROM t, range(3)                       | a FROM clause of the form TABLE_FUNCTION
            SELECT s FROM t GROUP BY s                      | GROUP BY nvarchar(30)
            SELECT DISTINCT v FROM t                        | DISTINCT over varchar(30)
            SELECT id FROM t ORDER BY s                     | ORDER BY nvarchar(30)
            SELECT max(s) FROM t                            | max of nvarchar(30)
            SELECT max(u) FROM t                            | max of uniqueidentifier
            SELECT sum(f) FROM t                            | a sum of DOUBLE
            SELECT sum(h) FROM t                            | a sum of numbers of more than 28 digits
            SELECT avg(i) FROM t                            | avg, whose rounding depends on the order of the rows
            SELECT count(*) FILTER (WHERE i > 3) FROM t     | an aggregate with FILTER or an order
            SELECT first(i ORDER BY id) FROM t              | the function first
            SELECT id FROM t WHERE s > 'a'                  | text is ordered by the server's collation
            SELECT id FROM t WHERE s LIKE 'a_'              | _ in a pattern
            SELECT id FROM t WHERE s IN (SELECT s FROM w)   | text is compared by the server's collation
            SELECT id FROM t WHERE d < 0.1::DOUBLE          | an exact number is compared with a float
            SELECT id FROM t WHERE dt < '1500-01-01'        | a date outside the years 1583 to 9999
            SELECT upper(s) FROM t                          | the function upper
            SELECT i / 2 FROM t                             | the function /
            SELECT i::SMALLINT FROM t                       | a cast of INTEGER to SMALLINT
            SELECT n + 1 FROM t                             | arithmetic with UTINYINT
            SELECT n, i, max(id) FROM t GROUP BY ALL        | GROUP BY ALL
            SELECT n, i, sum(id) FROM t GROUP BY ROLLUP (n, i) | GROUPING SETS
            SELECT id + 1 AS i FROM t WHERE i = 3           | a name of the select list in an expression
            SELECT id FROM t UNION SELECT id FROM w         | a set operation other than UNION ALL
            SELECT id FROM t UNION ALL SELECT l FROM w      | a UNION of columns of different types
            SELECT DISTINCT ON (n) id FROM t                | DISTINCT ON
            SELECT * EXCLUDE (s) FROM t                     | a * that leaves out or replaces columns
            SELECT id FROM t LIMIT 10%                      | LIMIT in percent
            SELECT id, row_number() OVER (ORDER BY id) FROM t | an expression of the form WINDOW_ROW_NUMBER
            SELECT id FROM t TABLESAMPLE 10%                | a sample, or a table as of a time
            SELECT id FROM t SEMI JOIN w ON t.id = w.id     | a join of the form SEMI
            WITH RECURSIVE q AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM q WHERE a < 3) SELECT q.a FROM q, t | a query of the form RECURSIVE_CTE_NODE
            """)
    void tellsWhyNot(String query, String reason) throws SQLException {
        assertThat(pushDown(query, Mode.AUTO)).isEqualTo(new NotPushed(reason));
    }

    @Test
    void theServersOwnRulesCountOnRequest() throws SQLException {
        PushDown pushed = pushDown("SELECT s, avg(f) FROM t WHERE v > 'a' GROUP BY s ORDER BY s", Mode.ON);

        assertThat(pushed).isInstanceOf(Pushed.class);
        assertThat(((Pushed) pushed).request().sql())
                .isEqualTo(
                        "SELECT [t1].[s] AS [c1], AVG(CAST([t1].[f] AS float)) AS [c2] FROM [dbo].[t] AS [t1]"
                                + " WHERE [t1].[v] > @p1 GROUP BY [t1].[s] ORDER BY CASE WHEN [t1].[s] IS NULL THEN 1 ELSE 0 END, [t1].[s]");
        assertThat(pushDown("SELECT id FROM t", Mode.OFF)).isInstanceOf(NotPushed.class);
    }

    @Test
    void tablesOfTwoDatabasesAreNotPushed() throws SQLException {
        RemoteTable elsewhere =
                new RemoteTable("other", "[w]", Sample.table("w").columns());
        PushDown pushDown = QueryPushDown.of(
                copies.duckdb(),
                "SELECT t.id FROM t JOIN w ON t.id = w.id",
                path -> path.equals(List.of("w")) ? Optional.of(elsewhere) : table(path),
                Mode.AUTO);

        assertThat(pushDown).isEqualTo(new NotPushed("tables of several databases"));
    }

    @Test
    void aFunctionThatTheDatabaseHasRedefinedIsNotPushed() throws SQLException {
        assertThat(pushDown("SELECT abs(i) FROM t", Mode.AUTO)).isInstanceOf(Pushed.class);
        copies.execute("CREATE MACRO abs(x) AS 42");
        try {
            assertThat(pushDown("SELECT abs(i) FROM t", Mode.AUTO))
                    .isEqualTo(new NotPushed("a function that this database has redefined"));
        } finally {
            copies.execute("DROP MACRO abs");
        }
    }

    @Test
    void namesAndTypesAreThoseOfDuckDb() throws SQLException {
        Pushed pushed = (Pushed) pushDown("SELECT count(*), sum(i), n AS \"a b\" FROM t GROUP BY n", Mode.AUTO);

        assertThat(pushed.database()).isEqualTo("demo");
        assertThat(pushed.columns())
                .containsExactly(
                        new ResultColumn("count_star()", "BIGINT", TypeInfo.bigint()),
                        new ResultColumn("sum(i)", "HUGEINT", TypeInfo.decimal(38, 0)),
                        new ResultColumn(
                                "a b",
                                "UTINYINT",
                                Sample.table("t").columns().get(2).type()));
    }

    @Test
    void nothingIsPushedWhereTheSessionComparesTextByACollation() throws SQLException {
        copies.execute("SET default_collation = 'nocase'");
        try {
            assertThat(pushDown("SELECT id FROM t WHERE s = 'abc'", Mode.AUTO))
                    .isEqualTo(new NotPushed("a default_collation of this session"));
        } finally {
            copies.execute("RESET default_collation");
        }
    }

    @Test
    void theSessionsOrderOfNullsIsHeeded() throws SQLException {
        copies.execute("SET default_null_order = 'NULLS FIRST'");
        try {
            Pushed pushed = (Pushed) pushDown("SELECT id FROM t ORDER BY i", Mode.AUTO);
            assertThat(pushed.request().sql()).endsWith(" ORDER BY [t1].[i]");
        } finally {
            copies.execute("RESET default_null_order");
        }
    }

    private static PushDown pushDown(String query, Mode mode) throws SQLException {
        return pushDown(copies.duckdb(), query, mode);
    }

    static PushDown pushDown(Connection duckdb, String query, Mode mode) throws SQLException {
        return QueryPushDown.of(duckdb, query, QueryPushDownTest::table, mode);
    }

    static Optional<RemoteTable> table(List<String> path) {
        return path.size() == 1 && List.of("t", "w").contains(path.get(0))
                ? Optional.of(Sample.table(path.get(0)))
                : Optional.empty();
    }
}
