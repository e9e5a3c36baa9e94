package dev.tidegate.client.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Everything that the driver tells from its start until it is read. */
public final class FlightRecording implements AutoCloseable {
    /** All that there are. */
    public static final List<String> NAMES = List.of(
            "ConnectionOpen",
            "ConnectionClose",
            "AcquireWait",
            "AcquireTimeout",
            "Leak",
            "PoolGeneration",
            "ResetRefused",
            "Reconnect",
            "Cancel",
            "Timeout",
            "Batch");

    private final Recording recording = new Recording();
    private final Path folder;

    private FlightRecording(Path folder) {
        this.folder = folder;
    }

    /** @param folder for its file */
    public static FlightRecording start(Path folder) {
        FlightRecording started = new FlightRecording(folder);
        NAMES.forEach(name -> started.recording.enable("dev.tidegate." + name).withThreshold(Duration.ZERO));
        started.recording.start();
        return started;
    }

    /** Those of one name so far, in the order of their end. */
    public List<RecordedEvent> events(String name) throws IOException {
        return RecordingFile.readAllEvents(dump()).stream()
                .filter(event -> event.getEventType().getName().equals("dev.tidegate." + name))
                .sorted((a, b) -> a.getEndTime().compareTo(b.getEndTime()))
                .toList();
    }

    /** A file of what there is so far. */
    public Path dump() throws IOException {
        Path file = Files.createTempFile(folder, "recording", ".jfr");
        recording.dump(file);
        return file;
    }

    @Override
    public void close() {
        recording.close();
    }
}
