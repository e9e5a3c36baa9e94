package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.push.remote.Tsql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What is pushed down never loses a row, whatever the predicate and the values. */
class FilterDifferentialTest {
    private static TwoCopies copies;

    @BeforeContainer
    static void start() throws IOException, SQLException {
        copies = new TwoCopies();
    }

    @AfterContainer
    static void stop() throws SQLException {
        copies.close();
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 700, edgeCases = EdgeCasesMode.NONE)
    void everyRowThatDuckDbKeepsIsFetched(@ForAll("predicates") String predicate) throws SQLException {
        Map<String, Tsql> filters =
                ScanFilters.of(copies.duckdb(), "SELECT * FROM t WHERE " + predicate, TwoCopies.scans());
        Tsql filter = filters.get("scan_t");
        Statistics.label("pushed")
                .collect(filter != null)
                .coverage(share -> share.check(true).percentage(pushed -> pushed > 40));
        if (filter == null) {
            return;
        }
        Set<String> fetched = new HashSet<>();
        copies.ids(Tsql.of("SELECT id FROM dbo.t WHERE {}", filter)).forEach(id -> fetched.add(id.toString()));
        assertThat(fetched)
                .as(predicate + "\n" + filter)
                .containsAll(neededBy("SELECT id FROM local.t AS t WHERE " + predicate));
    }

    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aTableThatIsScannedTwiceHasTheRowsOfBothScans(
            @ForAll("predicates") String one, @ForAll("predicates") String other) throws SQLException {
        Tsql filter = ScanFilters.of(copies.duckdb(), both("t", one, other), TwoCopies.scans())
                .get("scan_t");
        Statistics.label("pushed")
                .collect(filter != null)
                .coverage(share -> share.check(true).percentage(pushed -> pushed > 15));
        if (filter == null) {
            return;
        }
        Set<String> fetched = new HashSet<>();
        copies.ids(Tsql.of("SELECT id FROM dbo.t WHERE {}", filter)).forEach(id -> fetched.add(id.toString()));
        assertThat(fetched).containsAll(neededBy(both("local.t AS t", one, other)));
    }

    /** @param condition with a place for the value's name */
    record Computed(String value, String condition) {}

    /** Computed values under names that read as conditions, constants or columns. */
    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE)
    void anAliasIsNeverTakenForWhatItReadsAs(@ForAll("computed") Computed computed, @ForAll("aliases") String alias)
            throws SQLException {
        String query = "SELECT id FROM (SELECT *, " + computed.value() + " AS \"" + alias + "\" FROM %s) AS q WHERE "
                + String.format(computed.condition(), "q.\"" + alias + "\"");
        Tsql filter = ScanFilters.of(copies.duckdb(), String.format(query, "t"), TwoCopies.scans())
                .get("scan_t");
        if (filter == null) {
            return;
        }
        Set<String> fetched = new HashSet<>();
        copies.ids(Tsql.of("SELECT id FROM dbo.t WHERE {}", filter)).forEach(id -> fetched.add(id.toString()));
        assertThat(fetched).as(query + "\n" + filter).containsAll(neededBy(String.format(query, "local.t")));
    }

    /** Nothing, if DuckDB itself finds a constant that it cannot convert once it looks at the rows. */
    private static List<String> neededBy(String query) throws SQLException {
        try {
            return copies.locally(query);
        } catch (SQLException e) {
            if (e.getMessage().startsWith("Conversion Error")) {
                return List.of();
            }
            throw e;
        }
    }

    private static String both(String table, String one, String other) {
        String select = "SELECT id FROM " + table + " WHERE ";
        return select + one + " UNION ALL " + select + other;
    }

    @Provide
    Arbitrary<String> aliases() {
        return Arbitraries.of("false", "NULL", "3", "(3)", "1 = 2", "c1", "'2020-02-29'", "CAST(3 AS INTEGER)");
    }

    @Provide
    Arbitrary<Computed> computed() {
        return Arbitraries.oneOf(
                computed(List.of("NOT b", "coalesce(b, true)", "(i > 3)"), "%s", "NOT %s", "%s OR i = 3"),
                computed(
                        List.of("length(s)", "length(v) - 3"), "%s = f", "%s = i OR i = 3", "i = 3 AND %s::DOUBLE < f"),
                computed(List.of("last_day(dt)"), "%s > t0", "%s <= t6"));
    }

    private static Arbitrary<Computed> computed(List<String> values, String... conditions) {
        return Combinators.combine(Arbitraries.of(values), Arbitraries.of(conditions))
                .as(Computed::new);
    }

    @Provide
    Arbitrary<String> predicates() {
        return RandomPredicates.predicates();
    }
}
