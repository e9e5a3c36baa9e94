package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tidegate.client.event.FlightRecording;
import dev.tidegate.client.transport.Deadline;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in a pool is told to the JDK Flight Recorder. */
class PoolEventsTest extends OnPool {
    private static final Duration SHORT = Duration.ofMillis(30);

    private final AtomicLong clock = new AtomicLong(1);
    private final FakeOpener opener = new FakeOpener();

    @TempDir
    private Path folder;

    private interface Use {
        void of(Pool<FakeMember> pool) throws Exception;
    }

    private void with(PoolSettings.Builder settings, Use use) throws Exception {
        Pool<FakeMember> pool = new Pool<>("told", settings.maximumPoolSize(2).build(), opener, clock::get);
        try {
            use.of(pool);
        } finally {
            pool.close(Deadline.after(Duration.ofSeconds(20), "test"));
        }
    }

    private static List<RecordedEvent> told(FlightRecording recording, String name) throws Exception {
        return recording.events(name).stream()
                .filter(event ->
                        event.getString(name.equals("Leak") ? "owner" : "pool").equals("told"))
                .toList();
    }

    @Test
    void callersThatWait() throws Exception {
        try (FlightRecording recording = FlightRecording.start(folder)) {
            with(PoolSettings.builder(), pool -> {
                Lease<FakeMember> first = pool.acquire(Duration.ZERO);
                Lease<FakeMember> second = pool.acquire(Duration.ZERO);
                assertThatThrownBy(() -> pool.acquire(SHORT)).isInstanceOf(SQLTimeoutException.class);
                pool.release(first);
                pool.release(second);
            });
            List<RecordedEvent> waits = told(recording, "AcquireWait");
            assertThat(waits)
                    .extracting(event -> event.getString("outcome"))
                    .containsExactly("ACQUIRED", "ACQUIRED", "HYT00");
            assertThat(waits.get(2).getDuration()).isGreaterThan(SHORT.dividedBy(2));
            assertThat(told(recording, "AcquireTimeout")).singleElement().satisfies(event -> {
                assertThat(event.getDuration("limit")).isEqualTo(SHORT);
                assertThat(event.getInt("active")).isEqualTo(2);
                assertThat(event.getInt("idle")).isZero();
                assertThat(event.getInt("opening")).isZero();
                assertThat(event.getInt("maximum")).isEqualTo(2);
            });
        }
    }

    @Test
    void aServerThatTakesNoConnections() throws Exception {
        opener.failures = attempt -> new SQLNonTransientConnectionException("refused", "08001");
        try (FlightRecording recording = FlightRecording.start(folder)) {
            with(
                    PoolSettings.builder(),
                    pool -> assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                            .isInstanceOf(SQLException.class));
            assertThat(told(recording, "AcquireWait"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getString("outcome")).isEqualTo("08001"));
        }
    }

    @Test
    void anOutageMovesTheGenerationOnce() throws Exception {
        try (FlightRecording recording = FlightRecording.start(folder)) {
            with(PoolSettings.builder(), pool -> {
                Lease<FakeMember> first = pool.acquire(Duration.ZERO);
                Lease<FakeMember> second = pool.acquire(Duration.ZERO);
                opener.members().forEach(FakeMember::kill);
                pool.release(first);
                pool.release(second);
                pool.evict();
            });
            assertThat(told(recording, "PoolGeneration"))
                    .extracting(event -> event.getString("reason") + " " + event.getInt("generation"))
                    .containsExactly("DEAD 1", "EVICTED 2");
        }
    }

    @Test
    void leaks() throws Exception {
        try (FlightRecording recording = FlightRecording.start(folder)) {
            PoolSettings.Builder settings = PoolSettings.builder().leakDetectionThreshold(Duration.ofSeconds(5));
            with(settings, pool -> {
                Housekeeper<FakeMember> housekeeper = new Housekeeper<>("told", pool, new RecordingLog());
                try {
                    Lease<FakeMember> kept = pool.acquire(Duration.ZERO);
                    clock.addAndGet(Duration.ofSeconds(6).toNanos());
                    housekeeper.run(clock.get());
                    housekeeper.run(clock.get());
                    kept.lentAs(new Object());
                    while (pool.statistics().active() > 0) {
                        System.gc();
                        housekeeper.run(clock.get());
                    }
                } finally {
                    housekeeper.stop(Deadline.after(Duration.ofSeconds(20), "test"));
                }
            });
            assertThat(told(recording, "Leak"))
                    .extracting(event -> event.getString("reason"))
                    .containsExactly("KEPT", "LOST");
            assertThat(told(recording, "Leak").get(0).getString("origin")).contains(PoolEventsTest.class.getName());
        }
    }

    @Test
    void whyAConnectionWasClosed() throws Exception {
        try (FlightRecording recording = FlightRecording.start(folder)) {
            try (ConnectionPool pool = pool(2)) {
                pool.acquire().close();
                pool.evict();
                pool.acquire().discard();
                pool.acquire().close();
            }
            assertThat(recording.events("ConnectionClose"))
                    .filteredOn(event -> event.getInt("port") == server().port())
                    .extracting(event -> event.getString("reason"))
                    .containsExactly("EVICTED", "SPOILT", "POOL_CLOSED");
        }
    }

    /** The way that is taken millions of times has no event. */
    @Test
    void aConnectionThatIsReadyIsTakenAndGivenBackWithoutOne() throws Exception {
        with(PoolSettings.builder(), pool -> {
            long plain = allocatedALease(pool);
            try (FlightRecording recording = FlightRecording.start(folder)) {
                // An event has 40 bytes at least.
                assertThat(allocatedALease(pool)).isLessThan(plain + 16);
                assertThat(told(recording, "AcquireWait")).isEmpty();
            }
        });
    }

    private static long allocatedALease(Pool<FakeMember> pool) throws SQLException {
        int rounds = 20_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        pool.release(pool.acquire(Duration.ZERO));
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            pool.release(pool.acquire(Duration.ZERO));
        }
        return Math.round((double) (threads.getCurrentThreadAllocatedBytes() - before) / rounds);
    }
}
