package dev.tidegate.cli.shell;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts lines together to batches. A line with GO alone ends a batch, as in all of SQL Server's tools; when typed, so does a line that
 * ends with a semicolon. Strings, quoted names and comments are recognised, so that neither counts inside them. Not thread-safe.
 */
final class BatchReader {
    private static final Pattern GO =
            Pattern.compile("\\s*go(?:\\s+(\\d{1,6}))?\\s*;?\\s*(?:--.*)?", Pattern.CASE_INSENSITIVE);

    private final boolean semicolonEnds;
    private final StringBuilder text = new StringBuilder();
    private char within;
    private int commentDepth;
    private boolean endsWithSemicolon;

    /**
     * A batch that is ready to run.
     *
     * @param times how often, 1 unless GO said otherwise
     */
    record Batch(String sql, int times) {}

    BatchReader(boolean semicolonEnds) {
        this.semicolonEnds = semicolonEnds;
    }

    /** True when lines are waiting for the end of their batch. */
    boolean isPending() {
        return !text.toString().isBlank();
    }

    /** Takes a line without its end; gives the batch that the line completes. */
    Optional<Batch> line(String line) {
        if (isOutside()) {
            Matcher go = GO.matcher(line);
            if (go.matches()) {
                return take(go.group(1) == null ? 1 : Integer.parseInt(go.group(1)));
            }
        }
        text.append(line).append('\n');
        scan(line);
        return semicolonEnds && isOutside() && endsWithSemicolon ? take(1) : Optional.empty();
    }

    /** The end of the input ends the last batch too. */
    Optional<Batch> end() {
        return take(1);
    }

    void clear() {
        text.setLength(0);
        within = 0;
        commentDepth = 0;
        endsWithSemicolon = false;
    }

    private boolean isOutside() {
        return within == 0 && commentDepth == 0;
    }

    private Optional<Batch> take(int times) {
        String sql = text.toString();
        clear();
        return sql.isBlank() ? Optional.empty() : Optional.of(new Batch(sql, times));
    }

    private void scan(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (commentDepth > 0) {
                int change = line.startsWith("*/", i) ? -1 : line.startsWith("/*", i) ? 1 : 0;
                commentDepth += change;
                i += Math.abs(change);
            } else if (within != 0) {
                if (within == ']' && line.startsWith("]]", i)) {
                    i++;
                } else if (c == within) {
                    // A doubled quote closes and opens again: the state after it is right without looking ahead.
                    within = 0;
                }
            } else if (line.startsWith("--", i)) {
                return;
            } else if (line.startsWith("/*", i)) {
                commentDepth++;
                i++;
            } else if (!Character.isWhitespace(c)) {
                within = c == '[' ? ']' : c == '\'' || c == '"' ? c : 0;
                endsWithSemicolon = c == ';';
            }
        }
    }
}
