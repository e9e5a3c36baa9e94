package dev.tidegate.server.h2.row;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.row.ColumnSink;
import java.nio.charset.Charset;
import org.h2.value.Value;
import org.h2.value.ValueNull;

/**
 * One column of a bulk load: takes the value of the current row from the wire and makes that of H2 of it, in the very type of the
 * table's column, so that nothing converts it again. The number of the row makes no difference. Used by one thread.
 */
public abstract class LoadCell implements ColumnSink {
    Value value = ValueNull.INSTANCE;
    private SqlServerException refusal;

    /** The value of the current row. */
    public final Value value() {
        return value;
    }

    /** Why the column cannot take the current row's value; null if it can. Asked once a row. */
    public final SqlServerException refusal() {
        SqlServerException why = refusal;
        refusal = null;
        return why;
    }

    final void refuse(SqlServerException why) {
        refusal = why;
        value = ValueNull.INSTANCE;
    }

    @Override
    public final void setNull(int row) {
        value = ValueNull.INSTANCE;
    }

    @Override
    public void setLong(int row, long number) {
        throw unexpected();
    }

    @Override
    public void setDouble(int row, double number) {
        throw unexpected();
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        throw unexpected();
    }

    @Override
    public void setDate(int row, int epochDay) {
        throw unexpected();
    }

    @Override
    public void setTime(int row, long ticks) {
        throw unexpected();
    }

    @Override
    public void setTimestamp(int row, int epochDay, long ticks) {
        throw unexpected();
    }

    @Override
    public void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes) {
        throw unexpected();
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        throw unexpected();
    }

    @Override
    public void setUtf16(int row, byte[] bytes, int offset, int length) {
        throw unexpected();
    }

    @Override
    public void setText(int row, byte[] bytes, int offset, int length, Charset charset) {
        throw unexpected();
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        throw unexpected();
    }

    /** The cell was chosen for another type than the decoder. */
    private IllegalStateException unexpected() {
        return new IllegalStateException(getClass().getSimpleName() + " got a value of another type");
    }
}
