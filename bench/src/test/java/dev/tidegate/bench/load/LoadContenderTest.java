package dev.tidegate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.MeasuredRun;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.bench.replay.ReplayPeer;
import dev.tidegate.server.Tls;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender does the work that it is measured at: the server compares each value of the first load. */
@Timeout(180)
class LoadContenderTest {
    private static final int ROWS = 700;
    private static final Pace SHORT = new Pace(1, Duration.ZERO, Duration.ofMillis(1), ROWS);

    private static final AtomicLong LOADED = new AtomicLong();
    private static DataServer server;

    @BeforeAll
    static void start() throws Exception {
        server = DataServer.start(ROWS, Tls.none(), LOADED::addAndGet);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> all() {
        return Arrays.stream(LoadContender.values())
                .flatMap(contender -> Arrays.stream(DataSet.values()).map(set -> Arguments.of(contender, set)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void loadsWhatWasGenerated(LoadContender contender, DataSet set) throws Exception {
        LOADED.set(0);
        try (ReplayPeer peer = ReplayPeer.before(server.port());
                Loader loader = contender.open(peer.port(), server.port(), set, ROWS)) {
            assertThat(loader.load()).isEqualTo(ROWS);
            assertThat(LOADED).hasValue(ROWS);
            long bytes = peer.bulkBytes();
            assertThat(bytes).isGreaterThan(ROWS * 5L);
            assertThat(loader.load()).isEqualTo(ROWS);
            assertThat(LOADED).as("the second time the peer has taken the same bytes").hasValue(ROWS);
            assertThat(peer.bulkBytes()).isEqualTo(bytes);
        }
    }

    /** Else the ratio to the limit would compare two things. */
    @ParameterizedTest
    @EnumSource(DataSet.class)
    void theRawWriterWritesWhatArrowsLoadWrites(DataSet set) throws Exception {
        assertThat(bulkBytes(LoadContender.RAW, set)).isEqualTo(bulkBytes(LoadContender.ARROW, set));
    }

    private static long bulkBytes(LoadContender contender, DataSet set) throws Exception {
        try (ReplayPeer peer = ReplayPeer.before(server.port());
                Loader loader = contender.open(peer.port(), server.port(), set, ROWS)) {
            loader.load();
            return peer.bulkBytes();
        }
    }

    @Test
    void aRunOfAnotherProcessGivesItsFigures() throws Exception {
        MeasuredRun.check(new LoadProbe(LoadContender.DUCKDB, DataSet.FLIGHTS, SHORT).run());
    }

    @Test
    void everyDataSetIsATableWithOursFirst() {
        List<Comparison> all = new LoadWorkload().comparisons(SHORT);
        assertThat(all).extracting(Comparison::label).containsExactly("lineitem", "flights", "wide", "text", "nulls");
        assertThat(all)
                .allSatisfy(comparison -> assertThat(comparison.contenders())
                        .extracting(Contender::role)
                        .containsExactly(
                                Contender.Role.OURS,
                                Contender.Role.OURS,
                                Contender.Role.OURS,
                                Contender.Role.OURS,
                                Contender.Role.PEER,
                                Contender.Role.PEER,
                                Contender.Role.LIMIT));
    }
}
