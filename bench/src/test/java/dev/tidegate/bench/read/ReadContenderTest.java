package dev.tidegate.bench.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.MeasuredRun;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.bench.replay.ReplayPeer;
import dev.tidegate.server.Tls;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender does the work that it is measured at: what it reads is what was generated, recorded and played back. */
@Timeout(180)
class ReadContenderTest {
    private static final int ROWS = 700;
    private static final Pace SHORT = new Pace(1, Duration.ZERO, Duration.ofMillis(1), ROWS);

    /** They count rows only. */
    private static final Set<ReadContender> COUNTING = EnumSet.of(ReadContender.MSSQL_JDBC_NEXT, ReadContender.DRAIN);

    private static final Map<Boolean, DataServer> SERVERS = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        SERVERS.put(false, DataServer.start(ROWS));
        SERVERS.put(true, DataServer.start(ROWS, Tls.selfSigned(), loaded -> {}));
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(DataServer::close);
    }

    static Stream<Arguments> all() {
        return Arrays.stream(ReadContender.values())
                .flatMap(contender -> Arrays.stream(DataSet.values())
                        .filter(contender::takes)
                        .map(set -> Arguments.of(contender, set)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsWhatWasGenerated(ReadContender contender, DataSet set) throws Exception {
        DataServer server = SERVERS.get(contender == ReadContender.R2DBC);
        try (ReplayPeer peer = ReplayPeer.before(server.port());
                RowReader reader = contender.open(peer.port(), set)) {
            assertThat(reader.read()).isEqualTo(ROWS);
            long before = peer.played();
            if (COUNTING.contains(contender)) {
                assertThat(reader.read()).isEqualTo(ROWS);
                assertThatThrownBy(reader::check).isInstanceOf(UnsupportedOperationException.class);
            } else {
                Tally read = reader.check();
                assertThat(read.rows()).isEqualTo(ROWS);
                assertThat(read.sum()).isEqualTo(Tally.of(set, ROWS).sum());
            }
            assertThat(peer.played()).as("the second time comes from memory").isGreaterThan(before);
        }
    }

    /** Of a row of lineitem, numbers, dates and texts themselves are about 600 bytes. */
    @Test
    void ourGettersMakeLittleBesideTheValues() throws Exception {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        try (RowReader reader = ReadContender.GETTERS.open(SERVERS.get(false).port(), DataSet.LINEITEM)) {
            reader.read();
            long before = threads.getCurrentThreadAllocatedBytes();
            reader.read();
            assertThat((threads.getCurrentThreadAllocatedBytes() - before) / ROWS).isLessThan(1_000);
        }
    }

    @Test
    void aRunOfAnotherProcessGivesItsFigures() throws Exception {
        MeasuredRun.check(new ReadProbe(ReadContender.GETTERS, DataSet.FLIGHTS, SHORT).run());
    }

    @Test
    void everyDataSetIsATableWithOursFirst() {
        List<Comparison> all = new ReadWorkload().comparisons(SHORT);
        assertThat(all).extracting(Comparison::label).containsExactly("lineitem", "flights", "wide", "text", "nulls");
        assertThat(all).allSatisfy(comparison -> {
            assertThat(comparison.contenders()).extracting(Contender::name).startsWith("Tidegate, Arrow batches").contains("raw drain");
            assertThat(comparison.contenders()).extracting(Contender::role).contains(Contender.Role.PEER, Contender.Role.LIMIT);
        });
    }
}
