package dev.tidegate.duckdb.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.duckdb.push.PushDown.Pushed;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** A query that is pushed down has the answer that DuckDB gives over a copy of the tables, whatever the query. */
class QueryDifferentialTest {
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
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void theAnswerIsDuckDbs(@ForAll("queries") String query) throws SQLException {
        PushDown pushDown = QueryPushDownTest.pushDown(copies.duckdb(), query, Mode.AUTO);
        Statistics.label("pushed")
                .collect(pushDown instanceof Pushed)
                .coverage(share -> share.check(true).percentage(pushed -> pushed > 5));
        if (!(pushDown instanceof Pushed pushed)) {
            return;
        }
        List<String> local;
        try {
            local = copies.locally(query, pushed.columns());
        } catch (SQLException e) {
            assertThat(e.getMessage()).startsWith("Conversion Error");
            return;
        }
        List<String> remote = TwoCopies.texts(
                copies.remotely(pushed.request().sql(), pushed.request().parameters()));
        if (query.contains("ORDER BY")) {
            assertThat(remote).as(query + "\n" + pushed.request()).isEqualTo(local);
        } else {
            assertThat(remote).as(query + "\n" + pushed.request()).containsExactlyInAnyOrderElementsOf(local);
        }
    }

    @Provide
    Arbitrary<String> queries() {
        return RandomQueries.queries();
    }
}
