package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A query has one answer: over attached tables, whatever of it is sent to the server, and over copies of them in DuckDB. */
class EngineDifferentialTest {
    private static TwoCopies copies;
    private static EngineConnection duckdb;

    private final Tries tries = new Tries(Duration.ofSeconds(9));

    @BeforeContainer
    static void start() throws IOException, SQLException {
        copies = new TwoCopies();
        duckdb = TidegateDuckDB.open("");
        copies.copyTo(duckdb);
        run("SET TimeZone = 'UTC'");
        run("ATTACH '" + copies.url() + "' AS ms (TYPE mssql)");
    }

    @AfterContainer
    static void stop() throws SQLException {
        try {
            duckdb.close();
        } finally {
            copies.close();
        }
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void wholeQueriesAndFiltersChangeNoAnswer(@ForAll("queries") String query) throws SQLException {
        tryOne(query, new String[][] {{"auto", "on"}, {"off", "off"}});
    }

    /** What is in the SELECT list keeps the server from answering the whole. */
    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void filtersChangeNoAnswer(@ForAll("mixed") String query) throws SQLException {
        tryOne(query, new String[][] {{"auto", "on"}});
    }

    private void tryOne(String query, String[][] settings) throws SQLException {
        if (!tries.goOn()) {
            return;
        }
        Optional<List<String>> local = locally(query);
        if (local.isPresent()) {
            for (String[] setting : settings) {
                compare(query, remotely(query, setting[0], setting[1]), local.get());
            }
        }
        tries.passed();
    }

    /** Where the server's own rules are wanted, its collation decides. */
    @Example
    void theDifferencesOfTheServerAreAskedFor() throws SQLException {
        String query = "SELECT count(*) FROM t WHERE s = 'abc'";
        List<String> exact = locally(query).orElseThrow();
        List<String> loose =
                locally("SELECT count(*) FROM t WHERE lower(rtrim(s)) = 'abc'").orElseThrow();
        assertThat(remotely(query, "auto", "on")).isEqualTo(exact).isNotEqualTo(loose);
        assertThat(remotely(query, "on", "on")).isEqualTo(loose);
    }

    private static void compare(String query, List<String> found, List<String> expected) {
        if (query.contains("ORDER BY")) {
            assertThat(found).as(query).isEqualTo(expected);
        } else {
            assertThat(found).as(query).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<String> remotely(String query, String queries, String filters) throws SQLException {
        run("SET mssql_query_pushdown = " + queries);
        run("SET mssql_filter_pushdown = " + filters);
        run("USE ms.dbo");
        return rows(query);
    }

    /**
     * Nothing, if DuckDB itself refuses the query, or finds a constant that it cannot convert once it looks at the rows, or a sum that no
     * HUGEINT can hold on the way.
     */
    private static Optional<List<String>> locally(String query) throws SQLException {
        run("USE memory.local");
        try {
            return Optional.of(rows(query));
        } catch (SQLException e) {
            assertThat(e.getMessage()).as(query).containsPattern("^(Conversion|Binder|Out of Range) Error");
            return Optional.empty();
        }
    }

    private static void run(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String query) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(TwoCopies.text(result.getObject(column)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    @Provide
    Arbitrary<String> queries() {
        return RandomQueries.queries();
    }

    @Provide
    Arbitrary<String> mixed() {
        Arbitrary<String> where = RandomPredicates.predicates();
        Arbitrary<String> alone = where.map(condition -> "SELECT *, hash(id) FROM t WHERE " + condition);
        Arbitrary<String> twice = Combinators.combine(where, where)
                .as((one, other) ->
                        "SELECT hash(id) FROM t WHERE " + one + " UNION ALL SELECT hash(id) + 1 FROM t WHERE " + other);
        Arbitrary<String> joined = Combinators.combine(where, Arbitraries.of("JOIN", "LEFT JOIN"))
                .as((condition, join) -> "SELECT hash(t.id), o.n FROM t " + join
                        + " (SELECT n, hash(max(i)) AS m FROM w GROUP BY n) AS o ON t.n = o.n WHERE t.id IN (SELECT id FROM t WHERE "
                        + condition + ")");
        return Arbitraries.oneOf(alone, alone, twice, joined);
    }
}
