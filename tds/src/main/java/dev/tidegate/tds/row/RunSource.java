package dev.tidegate.tds.row;

/**
 * A source that also gives its values in runs of consecutive rows, one call a run in place of one a value: a loop over one column's values
 * is what processors and compilers are good at. The methods here ask for each value in turn; a source whose values lie side by side
 * overrides them.
 *
 * <p>In each method row {@code first} goes to index 0 of the arrays, and {@code nulls} is what {@link #getNulls} has filled, or null if no
 * row of the run is NULL. A row that is NULL gives 0. A source may throw what it throws for a single value; the rows are asked for one by
 * one then, so that the error is that of the first row and column that has one.
 */
public interface RunSource extends ColumnSource {
    /**
     * Tells which rows are NULL.
     *
     * @param into set for every row of the run, if there is any; untouched or not otherwise
     * @return whether any row is NULL
     */
    default boolean getNulls(int first, int count, boolean[] into) {
        boolean any = false;
        for (int i = 0; i < count; i++) {
            into[i] = isNull(first + i);
            any |= into[i];
        }
        return any;
    }

    default void getLongs(int first, int count, boolean[] nulls, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = isNull(nulls, i) ? 0 : getLong(first + i);
        }
    }

    default void getDoubles(int first, int count, boolean[] nulls, double[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = isNull(nulls, i) ? 0 : getDouble(first + i);
        }
    }

    /** Both halves of the unscaled values, in the target column's scale. */
    default void getDecimals(int first, int count, boolean[] nulls, long[] high, long[] low) {
        for (int i = 0; i < count; i++) {
            boolean isNull = isNull(nulls, i);
            high[i] = isNull ? 0 : getDecimalHigh(first + i);
            low[i] = isNull ? 0 : getDecimalLow(first + i);
        }
    }

    default void getEpochDays(int first, int count, boolean[] nulls, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = isNull(nulls, i) ? 0 : getEpochDay(first + i);
        }
    }

    default void getTicks(int first, int count, boolean[] nulls, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = isNull(nulls, i) ? 0 : getTicks(first + i);
        }
    }

    default void getOffsetMinutes(int first, int count, boolean[] nulls, long[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = isNull(nulls, i) ? 0 : getOffsetMinutes(first + i);
        }
    }

    default void getUuids(int first, int count, boolean[] nulls, long[] high, long[] low) {
        for (int i = 0; i < count; i++) {
            boolean isNull = isNull(nulls, i);
            high[i] = isNull ? 0 : getUuidHigh(first + i);
            low[i] = isNull ? 0 : getUuidLow(first + i);
        }
    }

    /** Whether {@link #getUtf8} gives the text; else it is asked for value by value. */
    default boolean givesUtf8() {
        return false;
    }

    /**
     * The text of all rows, one after the other, as it stands in the source: not looked at, which is the caller's to do.
     *
     * @param starts takes where each row's text begins in the answer, and behind the last one where that ends: {@code count} + 1 numbers
     * @return valid until the next call on this source; null if there is more of it than should be copied at once
     */
    default byte[] getUtf8(int first, int count, boolean[] nulls, int[] starts) {
        return null;
    }

    /** Whether {@link #getBinary} gives the bytes; else they are asked for value by value. */
    default boolean givesBinary() {
        return false;
    }

    /** As {@link #getUtf8}, of binary values. */
    default byte[] getBinary(int first, int count, boolean[] nulls, int[] starts) {
        return null;
    }

    private static boolean isNull(boolean[] nulls, int index) {
        return nulls != null && nulls[index];
    }
}
