package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Cell;
import dev.tidegate.jdbc.convert.LegacyTime;
import dev.tidegate.jdbc.convert.ObjectConversion;
import dev.tidegate.jdbc.convert.SqlKind;
import dev.tidegate.tds.token.Column;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.sql.Array;
import java.sql.Date;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The getters by number for values that fit in memory. Conversions are those of {@link Cell}; NULL is 0, false or null. */
abstract class ValueResultSet extends ForwardOnlyResultSet {
    private final List<Column> columns;
    private final SqlKind[] kinds;
    /** How error texts name the columns; a text for each value would cost more than the value. */
    private final String[] subjects;

    private final ReentrantLock lock;
    /** How the row is read without the lock; null where it is not. */
    private InPlaceRow inPlace;

    private boolean lastWasNull;
    private boolean anyRead;

    ValueResultSet(List<Column> columns, ReentrantLock lock) {
        this.columns = columns;
        this.lock = lock;
        this.kinds = new SqlKind[columns.size()];
        this.subjects = new String[columns.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = SqlKind.of(columns.get(i).type());
        }
    }

    /** The row that the result stands on; called under the lock. */
    abstract Row row() throws SQLException;

    /** Whether the result itself was closed, whatever has become of its connection. */
    abstract boolean isMarkedClosed();

    final List<Column> columns() {
        return columns;
    }

    final ReentrantLock lock() {
        return lock;
    }

    final SqlKind kind(int column) {
        return kinds[column - 1];
    }

    final void checkColumn(int column) throws SQLException {
        requireRow();
        if (column < 1 || column > kinds.length) {
            throw Failures.invalid("there is no column " + column + ": the result has columns 1 to " + kinds.length);
        }
    }

    private String subject(int column) {
        String subject = subjects[column - 1];
        if (subject == null) {
            String name = columns.get(column - 1).name();
            subject = name.isEmpty() ? "column " + column : "column " + column + " (" + name + ")";
            subjects[column - 1] = subject;
        }
        return subject;
    }

    final void noteNull(boolean isNull) {
        lastWasNull = isNull;
        anyRead = true;
    }

    /** @param row null: values are read under the lock */
    final void readInPlace(InPlaceRow row) {
        inPlace = row;
    }

    /** Moves to the next row without the lock, if it has come already and this thread reads the one before. */
    final boolean advanceInPlace() {
        InPlaceRow row = inPlace;
        return row != null && row.advance();
    }

    /** The row to be read without the lock by this thread; null if it has to take it, also to be told what is wrong. */
    private InPlaceRow inPlace(int column) {
        InPlaceRow row = inPlace;
        return row != null && row.isReadable() && !isMarkedClosed() && column >= 1 && column <= kinds.length
                ? row
                : null;
    }

    /** Whether the value that was read in place is good. */
    private boolean noted(InPlaceRow row) {
        boolean holds = row.holds();
        if (holds) {
            noteNull(row.reader().wasNull());
        }
        return holds;
    }

    /** The value in the Java form of its type; null for NULL. A getter whose form it is has nothing more to do. */
    final Object value(int column) throws SQLException {
        InPlaceRow row = inPlace(column);
        if (row != null) {
            Object value = row.reader().value(column - 1);
            if (noted(row)) {
                return value;
            }
        }
        return lockedValue(column);
    }

    private Object lockedValue(int column) throws SQLException {
        lock.lock();
        try {
            checkColumn(column);
            Object value = row().value(column - 1);
            noteNull(value == null);
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** A value of {@link #value} that is not null, and all that a conversion needs. */
    final Cell cell(int column, Object value) {
        return Cell.of(value, columns.get(column - 1).type(), subject(column));
    }

    /** The value and all that a conversion needs; null for NULL. */
    final Cell cell(int column) throws SQLException {
        Object value = value(column);
        return value == null ? null : cell(column, value);
    }

    /** The short way for integer columns, which are most: no object is made. */
    private long integer(int column, long min, long max, String target) throws SQLException {
        InPlaceRow row = inPlace(column);
        if (row != null) {
            long value = row.reader().integer(column - 1);
            if (value >= min && value <= max && noted(row)) {
                return value;
            }
        }
        return lockedInteger(column, min, max, target);
    }

    private long lockedInteger(int column, long min, long max, String target) throws SQLException {
        lock.lock();
        try {
            checkColumn(column);
            if (kinds[column - 1].isInteger()) {
                Row row = row();
                boolean isNull = row.isNull(column - 1);
                noteNull(isNull);
                long value = isNull ? 0 : row.integer(column - 1);
                if (value >= min && value <= max) {
                    return value;
                }
            }
        } finally {
            lock.unlock();
        }
        Cell cell = cell(column);
        return cell == null ? 0 : cell.toWhole(min, max, target);
    }

    @Override
    public boolean wasNull() throws SQLException {
        requireOpen();
        if (!anyRead) {
            throw Failures.sequence("wasNull speaks of the value read last, and none was read yet");
        }
        return lastWasNull;
    }

    @Override
    public String getString(int column) throws SQLException {
        InPlaceRow row = inPlace(column);
        if (row != null) {
            String text = row.reader().text(column - 1);
            if (noted(row)) {
                return text;
            }
        }
        Object value = value(column);
        return value == null || value instanceof String
                ? (String) value
                : cell(column, value).toText();
    }

    @Override
    public String getNString(int column) throws SQLException {
        return getString(column);
    }

    @Override
    public boolean getBoolean(int column) throws SQLException {
        Object value = value(column);
        if (value instanceof Boolean bit) {
            return bit;
        }
        return value != null && cell(column, value).toBoolean();
    }

    @Override
    public byte getByte(int column) throws SQLException {
        return (byte) integer(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    @Override
    public short getShort(int column) throws SQLException {
        return (short) integer(column, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    @Override
    public int getInt(int column) throws SQLException {
        return (int) integer(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    @Override
    public long getLong(int column) throws SQLException {
        return integer(column, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }

    @Override
    public float getFloat(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? 0 : cell.toFloat();
    }

    @Override
    public double getDouble(int column) throws SQLException {
        InPlaceRow row = inPlace(column);
        if (row != null) {
            double number = row.reader().real(column - 1);
            if (noted(row)) {
                return number;
            }
        }
        Object value = value(column);
        if (value instanceof Double number) {
            return number;
        }
        return value == null ? 0 : cell(column, value).toDouble();
    }

    @Override
    public BigDecimal getBigDecimal(int column) throws SQLException {
        InPlaceRow row = inPlace(column);
        if (row != null) {
            BigDecimal number = row.reader().decimal(column - 1);
            if (noted(row)) {
                return number;
            }
        }
        Object value = value(column);
        return value == null || value instanceof BigDecimal
                ? (BigDecimal) value
                : cell(column, value).toBigDecimal();
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int column, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(column);
        return value == null ? null : value.setScale(scale, RoundingMode.DOWN);
    }

    @Override
    public byte[] getBytes(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : cell.toBytes();
    }

    @Override
    public Date getDate(int column) throws SQLException {
        return getDate(column, null);
    }

    @Override
    public Date getDate(int column, Calendar calendar) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : LegacyTime.toDate(cell, calendar);
    }

    @Override
    public Time getTime(int column) throws SQLException {
        return getTime(column, null);
    }

    @Override
    public Time getTime(int column, Calendar calendar) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : LegacyTime.toTime(cell, calendar);
    }

    @Override
    public Timestamp getTimestamp(int column) throws SQLException {
        return getTimestamp(column, null);
    }

    @Override
    public Timestamp getTimestamp(int column, Calendar calendar) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : LegacyTime.toTimestamp(cell, calendar);
    }

    @Override
    public Object getObject(int column) throws SQLException {
        Cell cell = cell(column);
        return cell == null ? null : ObjectConversion.toObject(cell);
    }

    @Override
    public Object getObject(int column, Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw Failures.unsupported("type maps are not supported: ask for the class with getObject(column, Class)");
        }
        return getObject(column);
    }

    @Override
    public Ref getRef(int column) throws SQLException {
        throw Failures.unsupported("SQL Server has no REF values");
    }

    @Override
    public Array getArray(int column) throws SQLException {
        throw Failures.unsupported("SQL Server has no ARRAY values");
    }

    @Override
    public RowId getRowId(int column) throws SQLException {
        throw Failures.unsupported("SQL Server has no ROWID values");
    }

    @Override
    public URL getURL(int column) throws SQLException {
        throw Failures.unsupported("SQL Server has no DATALINK values: use getString");
    }

    @Override
    @Deprecated
    public InputStream getUnicodeStream(int column) throws SQLException {
        throw Failures.unsupported("getUnicodeStream is deprecated in JDBC: use getCharacterStream");
    }
}
