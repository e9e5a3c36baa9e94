package dev.tidegate.tds.type;

/**
 * A value does not fit the type that it was to be written as, or read as. The connection is not harmed by it, unless {@link
 * #partlyWritten()}.
 */
public final class ValueOutOfRangeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final String why;
    private final boolean partlyWritten;

    /** @param why what does not fit, and the range that would */
    public ValueOutOfRangeException(String why) {
        this(-1, why);
    }

    /** @param column index of the column, from 0; -1 if unknown */
    public ValueOutOfRangeException(int column, String why) {
        this(column, "column " + (column + 1), why, false, null);
    }

    private ValueOutOfRangeException(int column, String place, String why, boolean partlyWritten, Throwable cause) {
        super(column < 0 ? why : place + ": " + why, cause);
        this.column = column;
        this.why = why;
        this.partlyWritten = partlyWritten;
    }

    /**
     * The same finding, told of a column.
     *
     * @param shown how the text names the column
     * @param partOfTheRowIsWritten see {@link #partlyWritten()}
     */
    public ValueOutOfRangeException atColumn(int index, String shown, boolean partOfTheRowIsWritten) {
        return new ValueOutOfRangeException(index, shown, why, partOfTheRowIsWritten, this);
    }

    /** Index of the column, from 0; -1 if the value did not stand in a row. */
    public int column() {
        return column;
    }

    /** What does not fit, without the column. */
    public String why() {
        return why;
    }

    /**
     * True if the beginning of the value's row is already on its way, so that the message cannot go on after it: a bulk load must be
     * given up, a response must end with its connection. False if nothing of the row was written.
     */
    public boolean partlyWritten() {
        return partlyWritten;
    }
}
