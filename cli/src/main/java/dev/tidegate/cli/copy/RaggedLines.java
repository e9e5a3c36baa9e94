package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Looks for the reason that no separator fits a CSV file. DuckDB then takes each line for a single field, with its commas, and makes a table
 * of one column whose name is the whole header, which is not what anybody meant.
 */
final class RaggedLines {
    private static final String SEPARATORS = ",;\t|";

    private final Reader reader;
    private long line = 1;
    private long begunAt;

    private RaggedLines(Reader reader) {
        this.reader = reader;
    }

    /** @throws CliException if the first record has several fields by some separator, and another record has more or fewer */
    static void refuse(Path file) throws IOException {
        try (Reader reader = open(file)) {
            RaggedLines records = new RaggedLines(reader);
            int[] first = records.next();
            int separator = first == null ? 0 : mostFrequent(first);
            if (first == null || first[separator] == 0) {
                return;
            }
            for (int[] counts = records.next(); counts != null; counts = records.next()) {
                if (counts[separator] != first[separator]) {
                    throw new CliException(
                            ExitCode.FAILED,
                            file + ": line " + records.begunAt + " has " + fields(counts[separator]) + " and the first line "
                                    + fields(first[separator]) + ", separated by " + name(separator)
                                    + "; give all lines the same number of fields, and put fields that contain the"
                                    + " separator between double quotes");
                }
            }
        }
    }

    /** Separators, quotes and the ends of lines are ASCII; what else stands there does not matter. */
    private static Reader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        InputStream plain = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1));
    }

    /** How often each separator stands outside of quotes in the next record that is not empty; null at the end. */
    private int[] next() throws IOException {
        int[] counts = new int[SEPARATORS.length()];
        boolean quoted = false;
        boolean empty = true;
        begunAt = line;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                line++;
                if (!quoted && !empty) {
                    return counts;
                }
                begunAt = quoted ? begunAt : line;
            } else if (c != '\r') {
                empty = false;
                quoted ^= c == '"';
                int separator = quoted ? -1 : SEPARATORS.indexOf(c);
                if (separator >= 0) {
                    counts[separator]++;
                }
            }
        }
        return empty ? null : counts;
    }

    private static int mostFrequent(int[] counts) {
        int most = 0;
        for (int i = 1; i < counts.length; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        return most;
    }

    private static String fields(int separators) {
        return separators == 0 ? "1 field" : separators + 1 + " fields";
    }

    private static String name(int separator) {
        char c = SEPARATORS.charAt(separator);
        return c == '\t' ? "tabs" : "'" + c + "'";
    }
}
