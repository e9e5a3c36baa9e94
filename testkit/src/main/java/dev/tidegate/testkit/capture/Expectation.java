package dev.tidegate.testkit.capture;

import java.util.List;

/** One {@code expect} line of a capture: what the recording client decoded. Values stay in the text form of the file. */
public sealed interface Expectation {
    /** Columns of a result as {@code name type} or {@code name type(precision,scale)}. */
    record Columns(List<String> columns) implements Expectation {}

    /**
     * @param number from 1; 0 where the file gives none
     * @param cells see {@link CellText}
     */
    record Row(int number, List<String> cells) implements Expectation {}

    /**
     * Rows that are not listed, but hashed with all others.
     *
     * @param sha256 over the texts of all rows of the result, each ended by a line feed
     */
    record Unlisted(int first, int last, String sha256) implements Expectation {}

    /** Number of rows of the result before it. */
    record RowCount(long count) implements Expectation {}

    record UpdateCount(long count) implements Expectation {}

    /** Counts of a batch that was executed at once. */
    record UpdateCounts(List<Long> counts) implements Expectation {}

    /**
     * A message or an error.
     *
     * @param fromServer false if the client made it up, or says nothing of the server's state and class
     * @param state -1 if not given
     * @param severity -1 if not given
     * @param line -1 if not given
     * @param server null if not given
     * @param procedure null if not given
     */
    record Message(
            boolean error,
            boolean fromServer,
            long number,
            int state,
            int severity,
            long line,
            String server,
            String procedure,
            String text)
            implements Expectation {}

    record ReturnStatus(int value) implements Expectation {}

    /** A procedure's return value and its output parameters, in order. */
    record ReturnValue(int value, List<String> outputs) implements Expectation {}

    record Output(String name, String value) implements Expectation {}

    record RowsLoaded(long count) implements Expectation {}

    /** A line that a command line client printed. */
    record ClientOutput(String line) implements Expectation {}

    /** Anything else: remarks of the recording client that say nothing of the bytes. */
    record Remark(String text) implements Expectation {}
}
