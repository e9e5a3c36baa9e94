package dev.tidegate.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.column.UnstorableValueException;
import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query whose rows go into several targets at once. */
@Timeout(60)
class ParallelLoadTest {
    private final LoadFunctions functions = new LoadFunctions();
    private Connection duckdb;

    @BeforeEach
    void open() throws SQLException {
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET threads = 4");
        }
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    @Test
    void everyRowGoesIntoOneTarget() throws SQLException {
        FakeTarget one = target();
        FakeTarget other = target();
        AtomicLong told = new AtomicLong();
        String sql = "SELECT i AS id, CASE WHEN i % 3 > 0 THEN 'text ' || i END AS name, i::DECIMAL(9,2) AS price,"
                + " i::HUGEINT AS big FROM range(300000) r(i)";
        QueryLoad load = new QueryLoad(duckdb, sql, Set.of());
        long sent = load.run(functions, List.of(one, other), rows -> told.accumulateAndGet(rows, Math::max));
        assertThat(sent).isEqualTo(300_000);
        assertThat(told).hasValue(300_000);
        List<List<Object>> rows = Stream.of(one, other)
                .flatMap(target -> target.rows.stream())
                .sorted(Comparator.comparing(row -> (Long) row.get(0)))
                .toList();
        assertThat(rows).hasSize(300_000);
        for (int i = 0; i < rows.size(); i++) {
            Object name = i % 3 > 0 ? "text " + i : null;
            List<Object> expected = Arrays.asList((long) i, name, new BigDecimal(i + ".00"), BigDecimal.valueOf(i));
            if (!rows.get(i).equals(expected)) {
                assertThat(rows.get(i)).isEqualTo(expected);
            }
        }
        // The second time with the same function.
        assertThat(new QueryLoad(duckdb, sql, Set.of()).run(functions, List.of(target(), target()), count -> {}))
                .isEqualTo(300_000);
    }

    @Test
    void nothingIsNothing() throws SQLException {
        String sql = "SELECT i AS id, '' AS name, 1::DECIMAL(9,2) AS price, i::HUGEINT AS big FROM range(0) r(i)";
        assertThat(new QueryLoad(duckdb, sql, Set.of()).run(functions, List.of(target(), target()), rows -> {}))
                .isZero();
    }

    @Test
    void aValueThatDoesNotFitIsNamedByItsColumnWithoutARow() {
        String sql = "SELECT i AS id, '' AS name, 1::DECIMAL(9,2) AS price, CASE WHEN i = 250000 THEN"
                + " 170141183460469231731687303715884105727 ELSE 1 END::HUGEINT AS big FROM range(300000) r(i)";
        assertThatThrownBy(() ->
                        new QueryLoad(duckdb, sql, Set.of()).run(functions, List.of(target(), target()), rows -> {}))
                .isInstanceOf(UnstorableValueException.class)
                .hasMessageStartingWith("column \"big\", value 170141183460469231731687303715884105727");
    }

    @Test
    void aCancelEndsItBeforeOrWhileItRuns() throws SQLException {
        String sql =
                "SELECT i AS id, '' AS name, 1::DECIMAL(9,2) AS price, i::HUGEINT AS big FROM range(100000000000) r(i)";
        QueryLoad early = new QueryLoad(duckdb, sql, Set.of());
        early.cancel();
        assertCancelled(early);
        QueryLoad running = new QueryLoad(duckdb, sql, Set.of());
        assertThatThrownBy(() -> running.run(functions, List.of(target(), target()), rows -> {
                    try {
                        running.cancel();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }

    private void assertCancelled(QueryLoad load) {
        assertThatThrownBy(() -> load.run(functions, List.of(target(), target()), rows -> {}))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }

    private static FakeTarget target() {
        return new FakeTarget()
                .column("id", TypeInfo.bigint())
                .column("name", TypeInfo.nvarchar(20, null))
                .column("price", TypeInfo.decimal(9, 2))
                .column("big", TypeInfo.decimal(38, 0));
    }
}
