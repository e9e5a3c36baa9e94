package dev.tidegate.cli.demo;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The demo's data: a Parquet file on the class path, lent to DuckDB as a temporary file. */
final class FlightData implements AutoCloseable {
    static final long ROWS = 3_000_000;

    private static final String RESOURCE = "/flights-3m.parquet";

    private final Path file;

    FlightData() throws IOException {
        file = Files.createTempFile("tidegate-flights-", ".parquet");
        // Also when the process is ended by a signal.
        file.toFile().deleteOnExit();
        try (InputStream in = FlightData.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new CliException(ExitCode.FAILED, "this installation lacks the demo's data, " + RESOURCE);
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
