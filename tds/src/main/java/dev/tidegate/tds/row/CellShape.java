package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the cells of neighbouring columns stand in most rows: which are NULL, and how long the others are. Whether a row has this shape is seen
 * by looking at places that are known beforehand, eight bytes at a time, so that the processor need not wait for one length to find the next.
 */
final class CellShape {
    /** Bytes after which columns have another shape: declared lengths are claims, and their sum need not be a number that is known here. */
    private static final int MOST_BYTES = 64 * 1024;

    /** Bytes of all cells. */
    final int length;

    /** Where the value of each column begins, from the first cell on; -1 if it is NULL. */
    final int[] starts;

    /** The length of the value of each column. */
    final int[] sizes;

    /** Places of eight bytes in which there are some that tell lengths; what these are, and where among the eight. */
    private final int[] windows;

    private final long[] expected;
    private final long[] masks;

    /**
     * Where the columns end that have a shape together, from one on: their cells are alike in most rows.
     *
     * @param layouts null for a column whose cells are not known to be
     */
    static int end(CellLayout[] layouts, int first) {
        int end = first;
        int bytes = 0;
        while (end < layouts.length && bytes < MOST_BYTES && layouts[end] != null && layouts[end].isAlike()) {
            bytes += layouts[end].maxLength();
            end++;
        }
        return end;
    }

    /** Nothing is NULL in neighbouring columns. */
    static CellShape of(CellLayout[] layouts, int first, int end) {
        return new CellShape(List.of(Arrays.copyOfRange(layouts, first, end)), new boolean[end - first]);
    }

    /** @param isNull for each column */
    CellShape(List<CellLayout> columns, boolean[] isNull) {
        this.starts = new int[columns.size()];
        this.sizes = new int[columns.size()];
        List<Integer> places = new ArrayList<>();
        List<Integer> bytes = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            int size = columns.get(i).maxContent;
            int prefix = columns.get(i).prefix;
            int told = !isNull[i] ? size : prefix == 1 ? 0 : 0xFFFF;
            for (int k = 0; k < prefix; k++) {
                places.add(at + k);
                bytes.add(told >> Byte.SIZE * k & 0xFF);
            }
            at += prefix;
            starts[i] = isNull[i] ? -1 : at;
            sizes[i] = size;
            at += isNull[i] ? 0 : size;
        }
        this.length = at;
        int[] found = new int[places.size()];
        long[] wanted = new long[places.size()];
        long[] where = new long[places.size()];
        int count = 0;
        for (int i = 0; i < places.size(); i++) {
            if (count == 0 || places.get(i) >= found[count - 1] + Long.BYTES) {
                found[count++] = places.get(i);
            }
            int shift = Byte.SIZE * (places.get(i) - found[count - 1]);
            wanted[count - 1] |= (long) bytes.get(i) << shift;
            where[count - 1] |= 0xFFL << shift;
        }
        this.windows = Arrays.copyOf(found, count);
        this.expected = Arrays.copyOf(wanted, count);
        this.masks = Arrays.copyOf(where, count);
    }

    /** Whether the cells have this shape; {@link #length} bytes are there, and the reader's spare ones behind them. */
    boolean fits(byte[] bytes, int at) {
        long other = 0;
        for (int i = 0; i < windows.length; i++) {
            other |= (LittleEndian.getLong(bytes, at + windows[i]) ^ expected[i]) & masks[i];
        }
        return other == 0;
    }

    /**
     * Whether the cells of many rows have this shape: as {@link #fits(byte[], int)}, two windows after two others, so that nothing is looked up
     * for each row.
     *
     * @param places where the cells begin in each row, from {@code first} on
     */
    boolean fits(byte[] bytes, int[] places, int first, int rows) {
        long other = 0;
        for (int i = 0; i < windows.length; i += 2) {
            // Of an odd number the last is looked at twice.
            int next = Math.min(i + 1, windows.length - 1);
            other |= other(bytes, places, first, rows, i, next);
        }
        return other == 0;
    }

    private long other(byte[] bytes, int[] places, int first, int rows, int one, int next) {
        int window = windows[one];
        long wanted = expected[one];
        long where = masks[one];
        int nextWindow = windows[next];
        long nextWanted = expected[next];
        long nextWhere = masks[next];
        long other = 0;
        for (int row = first; row < first + rows; row++) {
            int at = places[row];
            other |= (LittleEndian.getLong(bytes, at + window) ^ wanted) & where
                    | (LittleEndian.getLong(bytes, at + nextWindow) ^ nextWanted) & nextWhere;
        }
        return other;
    }
}
