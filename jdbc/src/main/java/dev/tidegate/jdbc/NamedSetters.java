package dev.tidegate.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** The setters by name: each finds its number and asks the setter by number. */
abstract class NamedSetters extends PreparedExecution implements CallableStatement {
    NamedSetters(TidegateConnection connection, String sql) throws SQLException {
        super(connection, sql, false);
    }

    /** The number of the marker that a name stands for, from 1. */
    abstract int indexOf(String parameter) throws SQLException;

    @Override
    public void setBoolean(String parameter, boolean value) throws SQLException {
        setBoolean(indexOf(parameter), value);
    }

    @Override
    public void setByte(String parameter, byte value) throws SQLException {
        setByte(indexOf(parameter), value);
    }

    @Override
    public void setShort(String parameter, short value) throws SQLException {
        setShort(indexOf(parameter), value);
    }

    @Override
    public void setInt(String parameter, int value) throws SQLException {
        setInt(indexOf(parameter), value);
    }

    @Override
    public void setLong(String parameter, long value) throws SQLException {
        setLong(indexOf(parameter), value);
    }

    @Override
    public void setFloat(String parameter, float value) throws SQLException {
        setFloat(indexOf(parameter), value);
    }

    @Override
    public void setDouble(String parameter, double value) throws SQLException {
        setDouble(indexOf(parameter), value);
    }

    @Override
    public void setBigDecimal(String parameter, BigDecimal value) throws SQLException {
        setBigDecimal(indexOf(parameter), value);
    }

    @Override
    public void setString(String parameter, String value) throws SQLException {
        setString(indexOf(parameter), value);
    }

    @Override
    public void setNString(String parameter, String value) throws SQLException {
        setNString(indexOf(parameter), value);
    }

    @Override
    public void setBytes(String parameter, byte[] value) throws SQLException {
        setBytes(indexOf(parameter), value);
    }

    @Override
    public void setDate(String parameter, Date value) throws SQLException {
        setDate(indexOf(parameter), value);
    }

    @Override
    public void setTime(String parameter, Time value) throws SQLException {
        setTime(indexOf(parameter), value);
    }

    @Override
    public void setTimestamp(String parameter, Timestamp value) throws SQLException {
        setTimestamp(indexOf(parameter), value);
    }

    @Override
    public void setObject(String parameter, Object value) throws SQLException {
        setObject(indexOf(parameter), value);
    }

    @Override
    public void setBlob(String parameter, Blob value) throws SQLException {
        setBlob(indexOf(parameter), value);
    }

    @Override
    public void setClob(String parameter, Clob value) throws SQLException {
        setClob(indexOf(parameter), value);
    }

    @Override
    public void setNClob(String parameter, NClob value) throws SQLException {
        setNClob(indexOf(parameter), value);
    }

    @Override
    public void setSQLXML(String parameter, SQLXML value) throws SQLException {
        setSQLXML(indexOf(parameter), value);
    }

    @Override
    public void setRowId(String parameter, RowId value) throws SQLException {
        setRowId(indexOf(parameter), value);
    }

    @Override
    public void setURL(String parameter, URL value) throws SQLException {
        setURL(indexOf(parameter), value);
    }

    @Override
    public void setDate(String parameter, Date value, Calendar calendar) throws SQLException {
        setDate(indexOf(parameter), value, calendar);
    }

    @Override
    public void setTime(String parameter, Time value, Calendar calendar) throws SQLException {
        setTime(indexOf(parameter), value, calendar);
    }

    @Override
    public void setTimestamp(String parameter, Timestamp value, Calendar calendar) throws SQLException {
        setTimestamp(indexOf(parameter), value, calendar);
    }

    @Override
    public void setObject(String parameter, Object value, int sqlType) throws SQLException {
        setObject(indexOf(parameter), value, sqlType);
    }

    @Override
    public void setObject(String parameter, Object value, int sqlType, int scale) throws SQLException {
        setObject(indexOf(parameter), value, sqlType, scale);
    }

    @Override
    public void setObject(String parameter, Object value, SQLType type) throws SQLException {
        setObject(indexOf(parameter), value, type);
    }

    @Override
    public void setObject(String parameter, Object value, SQLType type, int scaleOrLength) throws SQLException {
        setObject(indexOf(parameter), value, type, scaleOrLength);
    }

    @Override
    public void setAsciiStream(String parameter, InputStream value, int length) throws SQLException {
        setAsciiStream(indexOf(parameter), value, length);
    }

    @Override
    public void setAsciiStream(String parameter, InputStream value, long length) throws SQLException {
        setAsciiStream(indexOf(parameter), value, length);
    }

    @Override
    public void setAsciiStream(String parameter, InputStream value) throws SQLException {
        setAsciiStream(indexOf(parameter), value);
    }

    @Override
    public void setBinaryStream(String parameter, InputStream value, int length) throws SQLException {
        setBinaryStream(indexOf(parameter), value, length);
    }

    @Override
    public void setBinaryStream(String parameter, InputStream value, long length) throws SQLException {
        setBinaryStream(indexOf(parameter), value, length);
    }

    @Override
    public void setBinaryStream(String parameter, InputStream value) throws SQLException {
        setBinaryStream(indexOf(parameter), value);
    }

    @Override
    public void setCharacterStream(String parameter, Reader value, int length) throws SQLException {
        setCharacterStream(indexOf(parameter), value, length);
    }

    @Override
    public void setCharacterStream(String parameter, Reader value, long length) throws SQLException {
        setCharacterStream(indexOf(parameter), value, length);
    }

    @Override
    public void setCharacterStream(String parameter, Reader value) throws SQLException {
        setCharacterStream(indexOf(parameter), value);
    }

    @Override
    public void setNCharacterStream(String parameter, Reader value, long length) throws SQLException {
        setNCharacterStream(indexOf(parameter), value, length);
    }

    @Override
    public void setNCharacterStream(String parameter, Reader value) throws SQLException {
        setNCharacterStream(indexOf(parameter), value);
    }

    @Override
    public void setBlob(String parameter, InputStream value, long length) throws SQLException {
        setBlob(indexOf(parameter), value, length);
    }

    @Override
    public void setBlob(String parameter, InputStream value) throws SQLException {
        setBlob(indexOf(parameter), value);
    }

    @Override
    public void setClob(String parameter, Reader value, long length) throws SQLException {
        setClob(indexOf(parameter), value, length);
    }

    @Override
    public void setClob(String parameter, Reader value) throws SQLException {
        setClob(indexOf(parameter), value);
    }

    @Override
    public void setNClob(String parameter, Reader value, long length) throws SQLException {
        setNClob(indexOf(parameter), value, length);
    }

    @Override
    public void setNClob(String parameter, Reader value) throws SQLException {
        setNClob(indexOf(parameter), value);
    }

    @Override
    public void setNull(String parameter, int sqlType) throws SQLException {
        setNull(indexOf(parameter), sqlType);
    }

    @Override
    public void setNull(String parameter, int sqlType, String typeName) throws SQLException {
        setNull(indexOf(parameter), sqlType, typeName);
    }
}
