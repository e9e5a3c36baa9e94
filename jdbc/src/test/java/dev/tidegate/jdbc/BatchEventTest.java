package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How each batch went is told to the JDK Flight Recorder, without a word of its statement or its values. */
class BatchEventTest extends OnEmbeddedServer {
    private static final String TEXT = "not-to-be-seen";

    @TempDir
    private Path folder;

    private void batch(String properties, int rows, int wrong) throws SQLException {
        try (Connection connection = connect(properties);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (id, s) VALUES (?, ?)")) {
            for (int row = 0; row < rows; row++) {
                insert.setInt(1, row == wrong ? 0 : row);
                insert.setString(2, TEXT);
                insert.addBatch();
            }
            insert.executeBatch();
        } finally {
            run("DELETE FROM t");
        }
    }

    @Test
    void eachBatchIsToldWithItsWay() throws Exception {
        run("CREATE TABLE t (id int CONSTRAINT pk PRIMARY KEY, s nvarchar(50))");
        List<RecordedEvent> events;
        try (Recording recording = new Recording()) {
            recording.enable("dev.tidegate.Batch");
            recording.start();
            batch("", 300, -1);
            batch(";useBulkCopyForBatchInsert=false", 300, -1);
            batch("", 2, -1);
            assertThatThrownBy(() -> batch("", 300, 299)).isInstanceOf(BatchUpdateException.class);
            Path file = folder.resolve("batches.jfr");
            recording.dump(file);
            events = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals("dev.tidegate.Batch"))
                    .filter(event -> event.getInt("port") == server().port())
                    .sorted((a, b) -> a.getEndTime().compareTo(b.getEndTime()))
                    .toList();
        }
        assertThat(events)
                .extracting(event -> event.getInt("rows") + " " + event.getString("way") + " "
                        + event.getLong("loadedRows") + " " + event.getString("outcome"))
                .containsExactly(
                        "300 LOADED 299 DONE",
                        "300 SWITCHED_OFF 0 DONE",
                        "2 FEW_ROWS 0 DONE",
                        "300 LOAD_FAILED 0 23000");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getString("host")).isEqualTo("127.0.0.1");
            assertThat(event.getString("database")).isEqualTo("demo");
            assertThat(event.getDuration()).isPositive();
            assertThat(event.toString()).doesNotContain("INSERT", TEXT);
        });
    }
}
