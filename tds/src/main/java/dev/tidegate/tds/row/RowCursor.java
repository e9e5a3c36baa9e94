package dev.tidegate.tds.row;

import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;

/**
 * Reads the values of the current row where they stand. {@link #load} begins a row; {@link #finish} must be called before anything else
 * is read from the same reader. Columns count from 0. Not thread-safe.
 */
public final class RowCursor {
    private final RowDecoder decoder;
    private Object[] values;

    public RowCursor(List<TypeInfo> types) {
        this.decoder = RowDecoder.of(types);
    }

    /** Begins the row on whose first byte the reader stands. */
    public void load(TdsReader in, RowMarker marker) throws IOException {
        values = decoder.decode(in, marker);
    }

    /** Skips what is left of the row; its values can no longer be read. */
    public void finish() throws IOException {
        values = null;
    }

    public boolean isNull(int column) throws IOException {
        return values[column] == null;
    }

    public boolean getBoolean(int column) throws IOException {
        return values[column] instanceof Boolean flag ? flag : getLong(column) != 0;
    }

    public int getInt(int column) throws IOException {
        return Math.toIntExact(getLong(column));
    }

    public long getLong(int column) throws IOException {
        return values[column] instanceof Boolean flag
                ? (flag ? 1 : 0)
                : number(column).longValue();
    }

    public double getDouble(int column) throws IOException {
        return number(column).doubleValue();
    }

    private Number number(int column) {
        if (values[column] instanceof Number number) {
            return number;
        }
        throw new ValueOutOfRangeException(column, "the value is no number");
    }

    public BigDecimal getBigDecimal(int column) throws IOException {
        return (BigDecimal) values[column];
    }

    public String getString(int column) throws IOException {
        return (String) values[column];
    }

    public byte[] getBytes(int column) throws IOException {
        return (byte[]) values[column];
    }

    public Object getObject(int column) throws IOException {
        return values[column];
    }

    public InputStream stream(int column) throws IOException {
        byte[] bytes = values[column] instanceof String text
                ? text.getBytes(java.nio.charset.StandardCharsets.UTF_16LE)
                : (byte[]) values[column];
        return new ByteArrayInputStream(bytes);
    }
}
