package dev.tidegate.cli.copy;

import java.nio.file.Path;
import java.util.UUID;

/** Names of files that are being written. */
final class PartialFile {
    private PartialFile() {}

    /** A hidden name in the same directory, so that a rename completes the file; nobody takes it for the file itself. */
    static Path beside(Path file) {
        Path whole = file.toAbsolutePath();
        return whole.resolveSibling(
                "." + whole.getFileName() + "." + UUID.randomUUID().toString().substring(0, 8) + ".part");
    }
}
