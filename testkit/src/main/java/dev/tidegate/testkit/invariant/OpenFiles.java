package dev.tidegate.testkit.invariant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Regular files that this process has open, besides programs and libraries; Linux only. */
final class OpenFiles implements Held {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @Override
    public String kind() {
        return "open file";
    }

    @Override
    public Map<Object, String> now() {
        Map<Object, String> files = new HashMap<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return files;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            descriptors.forEach(descriptor -> {
                String target = target(descriptor);
                if (target.startsWith("/") && !isOfTheRuntime(target)) {
                    files.put(descriptor.getFileName() + " " + target, target);
                }
            });
        } catch (IOException e) {
            return new HashMap<>();
        }
        return files;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isOfTheRuntime(String path) {
        return path.startsWith("/dev/")
                || path.startsWith("/proc/")
                || path.startsWith("/sys/")
                || path.startsWith("/memfd:")
                || path.contains("hsperfdata")
                || path.endsWith("/lib/modules")
                || path.endsWith(".jar")
                || path.endsWith(".class")
                || path.contains(".so");
    }
}
