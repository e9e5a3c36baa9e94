package dev.tidegate.server.h2.row;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.row.ColumnSource;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/**
 * One column of a result: takes H2's value of the current row and gives it to the encoder of the column's type, in the same form, with
 * the same roundings and the same errors as {@code JavaForm} does, but without an object for each number and time. The row that an
 * encoder asks for makes no difference. Used by one thread.
 */
public abstract class Cell implements ColumnSource {
    /** Whole numbers; the low half of decimals and uniqueidentifiers; ticks of times. */
    long low;

    /** The high half of decimals and uniqueidentifiers. */
    long high;

    double real;
    int day;
    int minutes;
    String text;
    byte[] bytes;

    private boolean empty = true;

    /**
     * Takes the value of the current row.
     *
     * @throws SqlServerException if the column's type does not hold it
     * @throws org.h2.message.DbException (unchecked) if H2 cannot convert it
     */
    public final void take(Value value) throws SqlServerException {
        empty = value == null || value == ValueNull.INSTANCE;
        if (!empty) {
            read(value);
        }
    }

    abstract void read(Value value) throws SqlServerException;

    @Override
    public final boolean isNull(int row) {
        return empty;
    }

    @Override
    public final long getLong(int row) {
        return low;
    }

    @Override
    public final double getDouble(int row) {
        return real;
    }

    @Override
    public final long getDecimalLow(int row) {
        return low;
    }

    @Override
    public final long getDecimalHigh(int row) {
        return high;
    }

    @Override
    public final int getEpochDay(int row) {
        return day;
    }

    @Override
    public final long getTicks(int row) {
        return low;
    }

    @Override
    public final int getOffsetMinutes(int row) {
        return minutes;
    }

    @Override
    public final long getUuidHigh(int row) {
        return high;
    }

    @Override
    public final long getUuidLow(int row) {
        return low;
    }

    @Override
    public final CharSequence getText(int row) {
        return text;
    }

    @Override
    public final byte[] getBytes(int row) {
        return bytes;
    }
}
