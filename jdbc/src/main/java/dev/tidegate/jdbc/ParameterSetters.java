package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Binder;
import dev.tidegate.jdbc.convert.Binding;
import dev.tidegate.jdbc.convert.LegacyTime;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Calendar;

/** The setters by number: each says which type its value is sent as. */
abstract class ParameterSetters extends TextlessStatement implements PreparedStatement {
    private static final int KEEP_SCALE = -1;

    ParameterSetters(TidegateConnection connection) throws SQLException {
        super(connection);
    }

    abstract Binder binder();

    /** @param index from 1 */
    abstract void bind(int index, Binding binding) throws SQLException;

    private static void requireLength(long length) throws SQLException {
        if (length < 0) {
            throw Failures.invalid("a length of " + length + " is negative; leave it out if it is not known");
        }
    }

    /** In memory already, or on the line that the request would go over, so that it has to be taken from there first. */
    private boolean isHere(Object lob) {
        return lob instanceof MemoryBlob
                || lob instanceof MemoryClob
                || lob instanceof RowLob<?, ?> row && row.isOnLineOf(session().lock());
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setBigDecimal(int index, BigDecimal value) throws SQLException {
        bind(index, value == null ? binder().ofNull(Types.DECIMAL) : binder().decimal(value));
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        bind(index, binder().text(value));
    }

    @Override
    public void setNString(int index, String value) throws SQLException {
        bind(index, binder().national(value));
    }

    @Override
    public void setBytes(int index, byte[] value) throws SQLException {
        bind(index, binder().bytes(value));
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        bind(index, binder().ofNull(sqlType));
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        bind(index, binder().ofNull(sqlType));
    }

    @Override
    public void setDate(int index, Date value) throws SQLException {
        setDate(index, value, null);
    }

    @Override
    public void setDate(int index, Date value, Calendar calendar) throws SQLException {
        bind(index, binder().date(value == null ? null : LegacyTime.of(value, calendar)));
    }

    @Override
    public void setTime(int index, Time value) throws SQLException {
        setTime(index, value, null);
    }

    @Override
    public void setTime(int index, Time value, Calendar calendar) throws SQLException {
        bind(index, binder().time(value == null ? null : LegacyTime.of(value, calendar)));
    }

    @Override
    public void setTimestamp(int index, Timestamp value) throws SQLException {
        setTimestamp(index, value, null);
    }

    @Override
    public void setTimestamp(int index, Timestamp value, Calendar calendar) throws SQLException {
        bind(index, binder().timestamp(value == null ? null : LegacyTime.of(value, calendar)));
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        bind(index, binder().of(value));
    }

    @Override
    public void setObject(int index, Object value, int sqlType) throws SQLException {
        bind(index, binder().of(value, sqlType, KEEP_SCALE));
    }

    /** @param scaleOrLength digits after the point for decimals, length for streams; else without meaning */
    @Override
    public void setObject(int index, Object value, int sqlType, int scaleOrLength) throws SQLException {
        if (value instanceof InputStream stream) {
            setBinaryStream(index, stream, scaleOrLength);
        } else if (value instanceof Reader reader) {
            setCharacterStream(index, reader, scaleOrLength);
        } else {
            bind(index, binder().of(value, sqlType, scaleOrLength));
        }
    }

    @Override
    public void setObject(int index, Object value, SQLType type) throws SQLException {
        setObject(index, value, type.getVendorTypeNumber());
    }

    @Override
    public void setObject(int index, Object value, SQLType type, int scaleOrLength) throws SQLException {
        setObject(index, value, type.getVendorTypeNumber(), scaleOrLength);
    }

    @Override
    public void setBinaryStream(int index, InputStream value, int length) throws SQLException {
        setBinaryStream(index, value, (long) length);
    }

    @Override
    public void setBinaryStream(int index, InputStream value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.bytes(value, length, binder()));
    }

    @Override
    public void setBinaryStream(int index, InputStream value) throws SQLException {
        bind(index, LongValue.bytes(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setAsciiStream(int index, InputStream value, int length) throws SQLException {
        setAsciiStream(index, value, (long) length);
    }

    @Override
    public void setAsciiStream(int index, InputStream value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.ascii(value, length, binder()));
    }

    @Override
    public void setAsciiStream(int index, InputStream value) throws SQLException {
        bind(index, LongValue.ascii(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setCharacterStream(int index, Reader value, int length) throws SQLException {
        setCharacterStream(index, value, (long) length);
    }

    @Override
    public void setCharacterStream(int index, Reader value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.text(value, length, binder()));
    }

    @Override
    public void setCharacterStream(int index, Reader value) throws SQLException {
        bind(index, LongValue.text(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setNCharacterStream(int index, Reader value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.national(value, length, binder()));
    }

    @Override
    public void setNCharacterStream(int index, Reader value) throws SQLException {
        bind(index, LongValue.national(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setBlob(int index, InputStream value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.bytes(value, length, binder()));
    }

    @Override
    public void setBlob(int index, InputStream value) throws SQLException {
        bind(index, LongValue.bytes(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setClob(int index, Reader value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.text(value, length, binder()));
    }

    @Override
    public void setClob(int index, Reader value) throws SQLException {
        bind(index, LongValue.text(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setNClob(int index, Reader value, long length) throws SQLException {
        requireLength(length);
        bind(index, LongValue.national(value, length, binder()));
    }

    @Override
    public void setNClob(int index, Reader value) throws SQLException {
        bind(index, LongValue.national(value, LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setBlob(int index, Blob value) throws SQLException {
        if (value == null) {
            bind(index, binder().bytes(null));
            return;
        }
        bind(
                index,
                isHere(value)
                        ? binder().of(value)
                        : LongValue.bytes(value.getBinaryStream(), LongValue.UNKNOWN, binder()));
    }

    @Override
    public void setClob(int index, Clob value) throws SQLException {
        if (value == null) {
            bind(index, binder().text((String) null));
        } else {
            bind(
                    index,
                    isHere(value)
                            ? binder().of(value)
                            : LongValue.text(value.getCharacterStream(), LongValue.UNKNOWN, binder()));
        }
    }

    @Override
    public void setNClob(int index, NClob value) throws SQLException {
        if (value == null) {
            bind(index, binder().national(null));
        } else {
            bind(
                    index,
                    isHere(value)
                            ? binder().of(value)
                            : LongValue.national(value.getCharacterStream(), LongValue.UNKNOWN, binder()));
        }
    }

    @Override
    public void setSQLXML(int index, SQLXML value) throws SQLException {
        bind(index, binder().national(value == null ? null : value.getString()));
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, InputStream value, int length) throws SQLException {
        throw Failures.unsupported("setUnicodeStream is deprecated in JDBC: use setCharacterStream");
    }

    @Override
    public void setRef(int index, Ref value) throws SQLException {
        throw Failures.unsupported("SQL Server has no REF values");
    }

    @Override
    public void setArray(int index, Array value) throws SQLException {
        throw Failures.unsupported("SQL Server has no ARRAY values");
    }

    @Override
    public void setRowId(int index, RowId value) throws SQLException {
        throw Failures.unsupported("SQL Server has no ROWID values");
    }

    @Override
    public void setURL(int index, URL value) throws SQLException {
        setString(index, value == null ? null : value.toString());
    }
}
