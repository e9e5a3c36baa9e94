package dev.tidegate.tds.row;

import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;

/**
 * One column's part of a run of rows. {@link #take} reads and checks the values of all rows; after that nothing can fail: the cells are
 * measured, and written each into its own row, in a loop over this column alone.
 */
abstract class ColumnRun {
    /** Few enough for what is kept of all columns to stay in a processor's nearest memory, many enough to spread the cost of the calls. */
    static final int MOST_ROWS = 128;

    final TypeInfo type;
    /** Bytes before a value that tell its length: 0, 1 or 2. */
    final int prefix;

    private final boolean[] nulls = new boolean[MOST_ROWS];
    private boolean anyNull;

    ColumnRun(TypeInfo type) {
        this.type = type;
        DataType.Layout layout = type.type().layout();
        this.prefix = layout == DataType.Layout.FIXED ? 0 : layout == DataType.Layout.BYTE_LENGTH ? 1 : 2;
    }

    /**
     * Turns to the values of a run.
     *
     * @param count 1 to {@link #MOST_ROWS}
     * @return false if the rows have to be encoded one by one: because a value does not fit, or is not one for this way
     */
    final boolean take(RunSource source, int first, int count) {
        anyNull = source.getNulls(first, count, nulls);
        boolean takesNull = prefix > 0;
        return (takesNull || !anyNull) && read(source, first, count, nulls());
    }

    /** @param isNull null if no row is NULL */
    abstract boolean read(RunSource source, int first, int count, boolean[] isNull);

    /** For each row of the run; null if no row is NULL. */
    final boolean[] nulls() {
        return anyNull ? nulls : null;
    }

    /** Bytes of the values, where these may be long; else 0. */
    int bytes() {
        return 0;
    }

    /** Bytes that are kept for the values of the next run, where these may be long; else 0. */
    int kept() {
        return 0;
    }

    /** Gives up what is {@link #kept}. */
    void forget() {}

    /** Bytes of each cell of the run; 0 if they differ. */
    abstract int width();

    /** Adds the bytes of each cell, where they differ. */
    abstract void measure(int count, int[] lengths);

    /**
     * Writes the cells of the rows from {@code from} up to and without {@code to}.
     *
     * @param at where each row's cell goes, after {@code shift} has been added; moved on by the bytes of the cell where those differ
     */
    abstract void write(byte[] target, int[] at, int shift, int from, int to);
}
