package dev.tidegate.client.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidegate.client.error.ErrorContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each event has what its name promises; and what nobody records costs nothing. */
@Timeout(120)
class JournalTest {
    private static final int ROUNDS = 20_000;
    private static final ErrorContext WHERE = new ErrorContext("db.example", 1433, "shop", "execute");
    private static final Ended END = new Ended("CLOSED", new IllegalStateException("cut"), 7, 8, 9);
    private static final Crowd CROWD = new Crowd(1, 2, 3, 4, 5);
    private static final Duration QUERY = Duration.ofSeconds(3);
    private static final Duration ACQUIRE = Duration.ofSeconds(4);
    private static final Throwable ORIGIN = new Throwable("taken here");

    @TempDir
    private Path folder;

    private static void tellEverything() {
        Journal.opening().opened(WHERE, true);
        Journal.opening().failed(WHERE, "28000");
        Journal.ended(WHERE, END);
        Journal.reconnecting(WHERE).end("RECONNECTED");
        Journal.resetRefused(WHERE);
        Journal.cancelling(WHERE, "USER").end("CONFIRMED");
        Journal.timedOut(WHERE, "queryTimeout", QUERY);
        Journal.acquiring("pool").end("ACQUIRED");
        Journal.acquireTimedOut("pool", ACQUIRE, CROWD);
        Journal.leaked("pool", "KEPT", ORIGIN);
        Journal.generation("pool", "DEAD", 6);
        Journal.batching(WHERE, 300).end("LOADED", 299, "DONE");
    }

    @Test
    void eachIsRecordedWithItsFields() throws Exception {
        try (FlightRecording recording = FlightRecording.start(folder)) {
            tellEverything();
            assertThat(own(recording, "ConnectionOpen"))
                    .extracting(event -> event.getString("outcome"))
                    .containsExactly("OPENED", "28000");
            RecordedEvent opened = own(recording, "ConnectionOpen").get(0);
            assertThat(opened.getString("host")).isEqualTo("db.example");
            assertThat(opened.getInt("port")).isEqualTo(1433);
            assertThat(opened.getString("database")).isEqualTo("shop");
            assertThat(opened.getBoolean("encrypted")).isTrue();
            assertThat(opened.getEventType().getCategoryNames()).containsExactly("Tidegate", "Connection");
            RecordedEvent closed = only(recording, "ConnectionClose");
            assertThat(closed.getString("reason")).isEqualTo("CLOSED");
            assertThat(closed.getString("cause")).isEqualTo("java.lang.IllegalStateException: cut");
            assertThat(closed.getDuration("lifetime")).isEqualTo(Duration.ofNanos(7));
            assertThat(closed.getLong("bytesReceived")).isEqualTo(8);
            assertThat(closed.getLong("bytesSent")).isEqualTo(9);
            assertThat(only(recording, "Reconnect").getString("outcome")).isEqualTo("RECONNECTED");
            assertThat(only(recording, "ResetRefused").getString("host")).isEqualTo("db.example");
            RecordedEvent cancel = only(recording, "Cancel");
            assertThat(cancel.getString("operation")).isEqualTo("execute");
            assertThat(cancel.getString("reason")).isEqualTo("USER");
            assertThat(cancel.getString("outcome")).isEqualTo("CONFIRMED");
            RecordedEvent batch = only(recording, "Batch");
            assertThat(batch.getString("database")).isEqualTo("shop");
            assertThat(batch.getInt("rows")).isEqualTo(300);
            assertThat(batch.getString("way")).isEqualTo("LOADED");
            assertThat(batch.getLong("loadedRows")).isEqualTo(299);
            assertThat(batch.getString("outcome")).isEqualTo("DONE");
            RecordedEvent timeout = only(recording, "Timeout");
            assertThat(timeout.getString("operation")).isEqualTo("execute");
            assertThat(timeout.getString("property")).isEqualTo("queryTimeout");
            assertThat(timeout.getDuration("limit")).isEqualTo(QUERY);
            RecordedEvent wait = only(recording, "AcquireWait");
            assertThat(wait.getString("pool")).isEqualTo("pool");
            assertThat(wait.getString("outcome")).isEqualTo("ACQUIRED");
            assertThat(wait.getEventType().getCategoryNames()).containsExactly("Tidegate", "Pool");
            RecordedEvent none = only(recording, "AcquireTimeout");
            assertThat(none.getDuration("limit")).isEqualTo(ACQUIRE);
            assertThat(none.getInt("active")).isEqualTo(1);
            assertThat(none.getInt("idle")).isEqualTo(2);
            assertThat(none.getInt("opening")).isEqualTo(3);
            assertThat(none.getInt("maximum")).isEqualTo(4);
            assertThat(none.getInt("waiting")).isEqualTo(5);
            RecordedEvent leak = only(recording, "Leak");
            assertThat(leak.getString("owner")).isEqualTo("pool");
            assertThat(leak.getString("reason")).isEqualTo("KEPT");
            assertThat(leak.getString("origin")).contains(JournalTest.class.getName());
            RecordedEvent generation = only(recording, "PoolGeneration");
            assertThat(generation.getString("reason")).isEqualTo("DEAD");
            assertThat(generation.getInt("generation")).isEqualTo(6);
        }
    }

    private static RecordedEvent only(FlightRecording recording, String name) throws Exception {
        List<RecordedEvent> own = own(recording, name);
        assertThat(own).as(name).hasSize(1);
        return own.get(0);
    }

    /** What another test has left may tell something as well. */
    private static List<RecordedEvent> own(FlightRecording recording, String name) throws Exception {
        return recording.events(name).stream()
                .filter(event -> event.hasField("host")
                        ? event.getString("host").equals("db.example")
                        : event.getString(event.hasField("pool") ? "pool" : "owner")
                                .equals("pool"))
                .toList();
    }

    @Test
    void aCancelEndsOnce() throws Exception {
        try (FlightRecording recording = FlightRecording.start(folder)) {
            Span cancel = Journal.cancelling(WHERE, "USER");
            cancel.end("CONFIRMED");
            cancel.end("TOO_LATE");
            assertThat(only(recording, "Cancel").getString("outcome")).isEqualTo("CONFIRMED");
        }
    }

    /** With the settings that a recording has without ours. */
    @Test
    void aShortWaitIsNotRecordedByDefault() throws Exception {
        try (Recording recording = new Recording()) {
            recording.start();
            Journal.acquiring("short wait").end("ACQUIRED");
            Journal.generation("short wait", "EVICTED", 1);
            Path file = folder.resolve("default.jfr");
            recording.dump(file);
            assertThat(RecordingFile.readAllEvents(file))
                    .extracting(event -> event.getEventType().getName())
                    .contains("dev.tidegate.PoolGeneration")
                    .doesNotContain("dev.tidegate.AcquireWait");
        }
    }

    @Test
    void whatNobodyRecordsAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        tellEverything();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            tellEverything();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // Not one byte a round: what there is comes from the measuring.
        assertThat(allocated).isLessThan(ROUNDS);
    }
}
