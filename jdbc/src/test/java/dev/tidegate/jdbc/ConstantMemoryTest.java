package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results and long values of any size need no memory: shown by a process whose heap is a tenth of what it reads and writes. */
class ConstantMemoryTest {
    private static final long ROWS = 5_000_000;
    private static final long BYTES = 512L << 20;

    @TempDir
    Path folder;

    @Test
    @Timeout(240)
    void aSmallHeapIsEnoughForMillionsOfRowsAndForLongValuesBothWays() throws Exception {
        Path output = folder.resolve("output");
        try (GeneratingPeer peer = new GeneratingPeer(ROWS, BYTES)) {
            Process child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx48m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ConstantMemoryProgram.class.getName(),
                            "jdbc:tidegate://127.0.0.1:" + peer.port() + ";encrypt=false",
                            Long.toString(ROWS),
                            Long.toString(BYTES))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(child.waitFor(230, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(output)).isEmpty();
                assertThat(child.exitValue()).isZero();
                assertThat(peer.received()).isGreaterThan(BYTES);
            } finally {
                child.destroyForcibly();
            }
        }
    }
}
