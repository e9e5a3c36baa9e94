package dev.tidegate.cli.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of files that are being written. */
final class PartialFile {
    private PartialFile() {}

    /** A hidden name in the same directory, so that a rename completes the file; nobody takes it for the file itself. */
    static Path beside(Path file) {
        Path whole = file.toAbsolutePath();
        String unique = UUID.randomUUID().toString().substring(0, 4);
        return whole.resolveSibling("." + whole.getFileName() + "." + ProcessMark.own() + "-" + unique + ".part");
    }

    /** An error of the writing, told of the file that the user knows. */
    static SQLException renamed(SQLException failure, Path partial, Path file) {
        String message = String.valueOf(failure.getMessage());
        String known = message.replace(partial.toString(), file.toString());
        return known.equals(message) ? failure : new SQLException(known, failure.getSQLState(), failure);
    }

    /** Deletes what processes that were killed have left of this very file, where that is possible. */
    static void removeAbandoned(Path file) {
        Path whole = file.toAbsolutePath();
        Pattern name = Pattern.compile("\\." + Pattern.quote(whole.getFileName().toString()) + "\\.("
                + ProcessMark.PATTERN + ")-[0-9a-f]{4}\\.part(\\.wal)?");
        try (Stream<Path> siblings = Files.list(whole.getParent())) {
            for (Path sibling : siblings.toList()) {
                Matcher mark = name.matcher(sibling.getFileName().toString());
                if (mark.matches() && ProcessMark.isAbandoned(mark.group(1))) {
                    Files.deleteIfExists(sibling);
                }
            }
        } catch (IOException e) {
            // It is in nobody's way; the next copy tries again.
            System.getLogger(PartialFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "an abandoned file could not be deleted", e);
        }
    }
}
