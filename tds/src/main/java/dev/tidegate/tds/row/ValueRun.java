package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;

/**
 * The values of one column in consecutive rows, lent to a {@link RunSink} for a call. Values of text and bytes stand in {@link #bytes};
 * numbers, dates and times in the arrays, from 0 on, with 0 in the place of NULL. Which of the arrays are filled says the method that has
 * them.
 */
public final class ValueRun {
    private long[] longs = new long[0];
    private long[] pairs = new long[0];
    private double[] doubles = new double[0];
    private int[] ints = new int[0];
    private int[] minutes = new int[0];

    private byte[] bytes;
    private int[] starts;
    private int shift;
    private int[] lengths;
    private int length;
    private int[] nullRows;
    private int base;
    private int row;
    private int room;
    private int count;
    private int nulls;

    /**
     * Turns to other rows.
     *
     * @param number of the first of them, as the sinks count
     * @param most rows that a run may have for now
     */
    void begin(byte[] content, int number, int most) {
        bytes = content;
        row = number;
        room = most;
    }

    /**
     * Turns to a column whose values have been found one by one.
     *
     * @param places where each value begins in the bytes, -1 for NULL, from {@code first} on
     * @param sizes in bytes, from {@code first} on
     * @param empty rows of the NULLs, from {@code first} on
     */
    void turnTo(int[] places, int[] sizes, int[] empty, int first, int rows, int emptyRows) {
        starts = places;
        shift = 0;
        lengths = sizes;
        length = -1;
        nullRows = empty;
        base = first;
        count = rows;
        nulls = emptyRows;
    }

    /**
     * Turns to a column that has the same place and length in all rows, or is NULL in all.
     *
     * @param places from which on each value stands, from {@code first} on
     */
    void turnTo(int[] places, int beyond, int size, int first, int rows, int emptyRows) {
        starts = places;
        shift = beyond;
        length = size;
        base = first;
        count = rows;
        nulls = emptyRows;
    }

    /** The first of the rows, as sinks count them. */
    public int row() {
        return row;
    }

    /** How many rows there are; at least 1. */
    public int count() {
        return count;
    }

    /** How many of the values are NULL. */
    public int nulls() {
        return nulls;
    }

    /**
     * The place of a NULL in the run, while not all values are NULL.
     *
     * @param index 0 to {@link #nulls} - 1; in ascending order
     */
    public int nullAt(int index) {
        return nullRows[base + index];
    }

    /** @param index 0 to {@link #count} - 1 */
    public boolean isNull(int index) {
        return nulls == count || starts[base + index] < 0;
    }

    /** Where text and bytes stand. Behind the last value there are at least {@value TdsReader#SPARE} bytes more, which may be read. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} a value begins; -1 if it is NULL. */
    public int start(int index) {
        return starts[base + index] + shift;
    }

    /** As {@link #start}, but a place that may be read for NULL too: so no loop has to ask. */
    int anyStart(int index) {
        return Math.max(starts[base + index] + shift, 0);
    }

    /** Length of a text or binary value in bytes; anything if it is NULL. */
    public int length(int index) {
        return length < 0 ? lengths[base + index] : length;
    }

    /** Length in bytes of every text or binary value, where none is NULL and all are known to have the same one; else -1. */
    public int commonLength() {
        return nulls == 0 ? length : -1;
    }

    /** Bytes of all text or binary values together, where none is NULL. */
    public long totalLength() {
        int common = commonLength();
        if (common >= 0) {
            return (long) count * common;
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[base + i];
        }
        return total;
    }

    /** Bigints; ticks of times and timestamps. */
    public long[] longs() {
        if (longs.length < count) {
            longs = new long[room];
        }
        return longs;
    }

    /** Decimals and uniqueidentifiers, two for each: the low half, then the high one. */
    public long[] pairs() {
        if (pairs.length < 2 * count) {
            pairs = new long[2 * room];
        }
        return pairs;
    }

    public double[] doubles() {
        if (doubles.length < count) {
            doubles = new double[room];
        }
        return doubles;
    }

    /** Whole numbers of 32 bits and less; days since 1970-01-01 of dates and timestamps. */
    public int[] ints() {
        if (ints.length < count) {
            ints = new int[room];
        }
        return ints;
    }

    /** Offsets of datetimeoffsets, in minutes. */
    public int[] minutes() {
        if (minutes.length < count) {
            minutes = new int[room];
        }
        return minutes;
    }
}
