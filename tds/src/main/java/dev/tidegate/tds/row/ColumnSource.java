package dev.tidegate.tds.row;

/**
 * Gives the values of one column to a {@link RowEncoder}, row by row: the mirror image of {@link ColumnSink}. An encoder calls only
 * {@link #isNull} and the method that fits the target column's type. Arrays stay valid until the next call on this source. Not
 * thread-safe.
 */
public interface ColumnSource {
    boolean isNull(int row);

    long getLong(int row);

    double getDouble(int row);

    /** Low 64 bits of the unscaled value in the target column's scale. */
    long getDecimalLow(int row);

    /** High 64 bits of the unscaled value in the target column's scale. */
    long getDecimalHigh(int row);

    /** Days since 1970-01-01; of a timestamp, its date part (for datetimeoffset: in UTC). */
    int getEpochDay(int row);

    /** 100-nanosecond units since midnight; of a timestamp, its time part (for datetimeoffset: in UTC). */
    long getTicks(int row);

    /** Minutes east of UTC that a datetimeoffset is shown with. */
    int getOffsetMinutes(int row);

    long getUuidHigh(int row);

    long getUuidLow(int row);

    /** Text for character columns, xml and json. */
    CharSequence getText(int row);

    /** Bytes for binary columns. */
    byte[] getBytes(int row);
}
