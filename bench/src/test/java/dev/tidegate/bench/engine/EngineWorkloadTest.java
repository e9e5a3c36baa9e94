package dev.tidegate.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Figure;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.TdsConnection;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every contender moves all rows, time after time, and each value arrives. */
@Timeout(180)
class EngineWorkloadTest {
    /** More than DuckDB's vectors hold, so that several threads have something to do. */
    private static final int ROWS = 5_000;

    private static final Pace SHORT = new Pace(1, Duration.ZERO, Duration.ofMillis(1), ROWS);

    private static LineItemServer filled;
    private static LineItemServer empty;

    @BeforeAll
    static void start() throws Exception {
        filled = LineItemServer.filled(ROWS);
        empty = LineItemServer.empty();
    }

    @AfterAll
    static void stop() {
        filled.close();
        empty.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyContenderMovesAllRows(EngineContender contender) throws Exception {
        try (TdsConnection connection = Clients.connect(empty.port())) {
            LineItemServer.run(connection, "TRUNCATE TABLE " + LineItemServer.SET.table());
        }
        try (Move move = contender.open(filled.port(), empty.port(), ROWS)) {
            assertThat(move.run()).isEqualTo(ROWS);
            assertThat(move.run()).isEqualTo(ROWS);
            EngineRun.check(move.arrived(), ROWS);
        }
    }

    @Test
    void whatHasNotArrivedIsNoticed() throws Exception {
        Tally another = Tally.of(DataSet.LINEITEM, ROWS);
        another.add(1);
        assertThatThrownBy(() -> EngineRun.check(another, ROWS)).hasMessageContaining("rows with the checksum " + another.sum());
        assertThatThrownBy(() -> EngineRun.check(LineItemServer.tally(ROWS - 1), ROWS)).hasMessageStartingWith(ROWS - 1 + " rows");
    }

    /** Else the tally of the generated rows would say nothing about those that the server has. */
    @Test
    void theOrdersGoOnWhereTheRowsRepeat() throws Exception {
        int rows = DataSet.REPEAT + 8;
        assertThat(LineItemServer.tally(DataSet.REPEAT).sum()).isEqualTo(Tally.of(DataSet.LINEITEM, DataSet.REPEAT).sum());
        long repeated = Tally.of(DataSet.LINEITEM, rows).sum();
        assertThat(LineItemServer.tally(rows).sum()).isEqualTo(repeated + 8L * (DataSet.REPEAT / 4));
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_PARTS", "LOAD_SESSIONS"})
    void aRunOfAnotherProcessGivesItsFigures(EngineContender contender) throws Exception {
        assertThat(new EngineProbe(contender, SHORT).run())
                .allSatisfy(figure -> assertThat(figure.value()).isNotNegative())
                .extracting(Figure::name)
                .containsExactly("rows", "CPU", "allocated", "peak RSS");
    }

    @Test
    void bothDirectionsAreComparedWithThePeerAndOursIsFirst() {
        assertThat(new EngineWorkload().comparisons(SHORT)).extracting(Comparison::label).containsExactly("lineitem into DuckDB", "lineitem from DuckDB");
        assertThat(new EngineWorkload().comparisons(SHORT))
                .allSatisfy(comparison -> assertThat(comparison.contenders())
                        .extracting(Contender::role)
                        .startsWith(Contender.Role.OURS)
                        .endsWith(Contender.Role.PEER));
    }
}
