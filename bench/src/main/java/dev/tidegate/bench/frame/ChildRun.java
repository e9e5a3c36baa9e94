package dev.tidegate.bench.frame;

import dev.tidegate.testkit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A run in a JVM of its own that prints what it has measured, and leaves nothing behind. */
public final class ChildRun {
    /** For what a driver may insist on doing. */
    private static final Duration AT_MOST = Duration.ofMinutes(15);

    private ChildRun() {}

    /**
     * Runs a main class to its end.
     *
     * @param options of the JVM
     * @return the lines that it has printed
     * @throws IOException with what it has written to its standard error output, if it fails
     */
    public static List<String> lines(List<String> options, Class<?> mainClass, String... arguments) throws IOException {
        Path folder = Files.createTempDirectory("tidegate-bench-");
        try (ChildJvm child =
                ChildJvm.of(mainClass, arguments).options(options.toArray(String[]::new)).start(folder)) {
            ChildJvm.Result result = child.await(AT_MOST);
            if (result.exitCode() != 0) {
                throw new IOException(String.join(" ", arguments) + " failed: " + result.errors());
            }
            return result.output().lines().toList();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
