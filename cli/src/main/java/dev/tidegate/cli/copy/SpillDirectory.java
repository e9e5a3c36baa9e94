package dev.tidegate.cli.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A temporary directory for what does not fit into memory. Making one also deletes those of processes that were killed. */
final class SpillDirectory implements AutoCloseable {
    private static final String PREFIX = "tidegate-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(" + ProcessMark.PATTERN + ")-.*");

    private final Path path;

    SpillDirectory() throws IOException {
        path = Files.createTempDirectory(PREFIX + ProcessMark.own() + "-");
        // A process that a signal ends before there is anything to clean up does not come to close().
        path.toFile().deleteOnExit();
        try {
            removeAbandoned();
        } catch (IOException | UncheckedIOException e) {
            // They are in nobody's way; the next start tries again.
            System.getLogger(SpillDirectory.class.getName())
                    .log(System.Logger.Level.DEBUG, "an abandoned directory could not be deleted", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeAbandoned() throws IOException {
        UserPrincipal own = Files.getOwner(path);
        try (Stream<Path> siblings = Files.list(path.getParent())) {
            for (Path sibling : siblings.toList()) {
                Matcher mark = NAME.matcher(sibling.getFileName().toString());
                // Others may write to the temporary directory too: what is not this user's is left alone, whatever its
                // name.
                if (mark.matches()
                        && ProcessMark.isAbandoned(mark.group(1))
                        && Files.isDirectory(sibling, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(sibling, LinkOption.NOFOLLOW_LINKS).equals(own)) {
                    delete(sibling);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
