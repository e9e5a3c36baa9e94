package dev.tidegate.bench.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class JdbcWorkloadTest {
    private static final Pace SHORT = new Pace(1, Duration.ZERO, Duration.ofMillis(1));

    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyUseGetsWhatItAskedFor(Driver driver) throws SQLException {
        try (Connection connection = shop.connect(driver)) {
            for (Use use : Use.values()) {
                try (PreparedStatement statement = use.prepare(connection)) {
                    // From the third time on a driver has a handle.
                    for (int key : List.of(0, 4_711, Shop.ITEMS - 1, 5)) {
                        use.run(statement, key);
                    }
                }
            }
        }
    }

    @Test
    void aWrongAnswerIsNoticed() throws SQLException {
        try (Connection connection = shop.connect(Driver.TIDEGATE);
                PreparedStatement other =
                        connection.prepareStatement("SELECT name, price, made FROM items WHERE id = 1 + ?");
                PreparedStatement none = connection.prepareStatement("SELECT name FROM items WHERE id = -1 - ?")) {
            assertThatThrownBy(() -> Use.POINT.run(other, 7)).hasMessage("what came back for item 7 is wrong");
            assertThatThrownBy(() -> Use.POINT.run(none, 7)).hasMessage("what came back for item 7 is wrong");
        }
    }

    @Test
    void manyUsersWorkAtOnceAndAllIsCounted() throws Exception {
        long before = orders();
        try (Users users = new Users(Driver.TIDEGATE.url(shop.port()), Use.INSERT, 4)) {
            Latencies all = users.work(100);
            assertThat(all.count()).isGreaterThanOrEqualTo(4);
            assertThat(orders() - before).isEqualTo(all.count());
            assertThat(all.atMost(0.5)).isPositive().isLessThanOrEqualTo(all.atMost(0.99));
        }
    }

    private static long orders() throws SQLException {
        try (Connection connection = shop.connect(Driver.TIDEGATE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void aRunOfAnotherProcessGivesItsFigures() throws Exception {
        assertThat(new JdbcProbe(Driver.TIDEGATE, Use.POINT, 2, SHORT).run())
                .allSatisfy(figure -> assertThat(figure.value()).isNotNegative())
                .extracting(Figure::name)
                .containsExactly("done", "p50", "p99", "allocated", "client's CPU");
    }

    @Test
    void everyUseIsComparedWithThePeerForOneAndForManyThreads() {
        assertThat(new JdbcWorkload().comparisons(SHORT))
                .extracting(Comparison::label)
                .containsExactly(
                        "point query by key, 1 thread",
                        "point query by key, 16 threads",
                        "page of 100 rows, 1 thread",
                        "page of 100 rows, 16 threads",
                        "prepared insert, 1 thread",
                        "prepared insert, 16 threads");
    }

    @Test
    void aRunSaysWhatItHasDoneInALine() {
        Traffic traffic = new Traffic(10, 2_000_000_000L, 50_000, 4_000, 1_500, 9_000);
        assertThat(Traffic.parse(traffic.print())).isEqualTo(traffic);
        assertThat(traffic.figures()).extracting(Figure::value).containsExactly(5.0, 1.5, 9.0, 400.0, 5.0);
        assertThatThrownBy(() -> Traffic.parse("1 2 3")).hasMessage("'1 2 3' is no result of a run");
    }
}
