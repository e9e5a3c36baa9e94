package dev.tidegate.testkit.invariant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What lies in a folder. */
record FilesIn(Path folder) implements Held {
    @Override
    public String kind() {
        return "file";
    }

    @Override
    public Map<Object, String> now() {
        Map<Object, String> files = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(file -> !file.equals(folder)).forEach(file -> files.put(file, file.toString()));
            } catch (UncheckedIOException | IOException e) {
                // Something was deleted meanwhile; the next look is a better one.
                return files;
            }
        }
        return files;
    }
}
