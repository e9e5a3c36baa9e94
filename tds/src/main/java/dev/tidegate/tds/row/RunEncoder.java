package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Encodes many rows at once from sources that give their values in runs ({@link RunSource}), column by column: all lengths first, so that it
 * is known where each row begins, and then the cells of one column after the other straight into the packets. The bytes are those that a
 * {@link RowEncoder} writes.
 *
 * <p>Nothing of a run is written before every value of it was found to fit. A run with a value that does not, or whose values have more than
 * 256 KB in a column or 4 MB in all columns, is not taken: its rows are then encoded one by one, which also finds the error of the first row
 * that has one. Between runs at most twice as much is kept. Not thread-safe.
 */
public final class RunEncoder {
    /** Rows of a run. */
    public static final int MOST_ROWS = ColumnRun.MOST_ROWS;

    /** Bytes of all values of a run. */
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final byte ROW = (byte) 0xD1;

    private final RowEncoder rows;
    private final ColumnRun[] columns;
    private final int[] lengths = new int[MOST_ROWS];
    private final int[] places = new int[MOST_ROWS];

    private RunEncoder(RowEncoder rows, ColumnRun[] columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * @param types of the columns, as for {@link RowEncoder#of}
     * @param rows for the same columns
     * @return empty if a column is of a type whose values are only encoded one by one
     */
    public static Optional<RunEncoder> of(List<TypeInfo> types, RowEncoder rows) {
        ColumnRun[] columns = new ColumnRun[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = ColumnRuns.of(types.get(i));
            if (columns[i] == null) {
                return Optional.empty();
            }
        }
        return Optional.of(new RunEncoder(rows, columns));
    }

    /** Whether all of the sources give runs. */
    public static boolean takes(ColumnSource[] sources) {
        for (ColumnSource source : sources) {
            if (!(source instanceof RunSource)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes rows.
     *
     * @param sources one for each column, all of them {@link RunSource}s
     * @param count 1 to {@link #MOST_ROWS}
     * @return false if nothing was written, because the rows have to be encoded one by one
     */
    public boolean encode(TdsWriter out, ColumnSource[] sources, int first, int count) throws IOException {
        if (sources.length != columns.length) {
            throw new IllegalArgumentException(
                    "rows of " + sources.length + " values for " + columns.length + " columns");
        }
        boolean taken = take(sources, first, count);
        if (taken) {
            write(out, sources, first, count);
        }
        forgetMuch();
        return taken;
    }

    private boolean take(ColumnSource[] sources, int first, int count) {
        long bytes = 0;
        try {
            for (int i = 0; i < columns.length; i++) {
                if (!columns[i].take((RunSource) sources[i], first, count)) {
                    return false;
                }
                bytes += columns[i].bytes();
                if (bytes > MOST_BYTES) {
                    return false;
                }
            }
        } catch (RuntimeException e) {
            // Of a source, or of a character that does not exist in a code page: thrown again when the rows are asked
            // for one by one.
            return false;
        }
        return true;
    }

    /** What a column once needed most is not kept by all of them. */
    private void forgetMuch() {
        if (kept() > 2L * MOST_BYTES) {
            for (ColumnRun column : columns) {
                column.forget();
            }
        }
    }

    /** Bytes that wait for the values of the next run. */
    long kept() {
        long kept = 0;
        for (ColumnRun column : columns) {
            kept += column.kept();
        }
        return kept;
    }

    private void write(TdsWriter out, ColumnSource[] sources, int first, int count) throws IOException {
        measure(count);
        int from = 0;
        while (from < count) {
            if (lengths[from] > TdsWriter.MAX_ENSURE) {
                rows.encode(out, sources, first + from);
                from++;
            } else {
                from = write(out, from, count);
            }
        }
    }

    private void measure(int count) {
        int fixed = 1;
        for (ColumnRun column : columns) {
            fixed += column.width();
        }
        Arrays.fill(lengths, 0, count, fixed);
        for (ColumnRun column : columns) {
            if (column.width() == 0) {
                column.measure(count, lengths);
            }
        }
    }

    /** Writes as many rows as there can be made room for at once. */
    private int write(TdsWriter out, int from, int count) throws IOException {
        out.ensure(TdsWriter.MAX_ENSURE);
        byte[] target = out.buffer();
        int to = from;
        int place = out.offset();
        int end = place + TdsWriter.MAX_ENSURE;
        while (to < count && lengths[to] <= end - place) {
            target[place] = ROW;
            places[to] = place;
            place += lengths[to++];
        }
        int shift = 1;
        for (ColumnRun column : columns) {
            column.write(target, places, shift, from, to);
            shift += column.width();
        }
        out.advance(place - out.offset());
        return to;
    }
}
