package dev.tidegate.jdbc;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** The getters of output parameters by name: each finds its number and asks the getter by number. */
abstract class NamedOutputGetters extends OutputGetters {
    NamedOutputGetters(TidegateConnection connection, String sql) throws SQLException {
        super(connection, sql);
    }

    @Override
    public String getString(String parameter) throws SQLException {
        return getString(indexOf(parameter));
    }

    @Override
    public boolean getBoolean(String parameter) throws SQLException {
        return getBoolean(indexOf(parameter));
    }

    @Override
    public byte getByte(String parameter) throws SQLException {
        return getByte(indexOf(parameter));
    }

    @Override
    public short getShort(String parameter) throws SQLException {
        return getShort(indexOf(parameter));
    }

    @Override
    public int getInt(String parameter) throws SQLException {
        return getInt(indexOf(parameter));
    }

    @Override
    public long getLong(String parameter) throws SQLException {
        return getLong(indexOf(parameter));
    }

    @Override
    public float getFloat(String parameter) throws SQLException {
        return getFloat(indexOf(parameter));
    }

    @Override
    public double getDouble(String parameter) throws SQLException {
        return getDouble(indexOf(parameter));
    }

    @Override
    public BigDecimal getBigDecimal(String parameter) throws SQLException {
        return getBigDecimal(indexOf(parameter));
    }

    @Override
    public byte[] getBytes(String parameter) throws SQLException {
        return getBytes(indexOf(parameter));
    }

    @Override
    public Object getObject(String parameter) throws SQLException {
        return getObject(indexOf(parameter));
    }

    @Override
    public Blob getBlob(String parameter) throws SQLException {
        return getBlob(indexOf(parameter));
    }

    @Override
    public Clob getClob(String parameter) throws SQLException {
        return getClob(indexOf(parameter));
    }

    @Override
    public NClob getNClob(String parameter) throws SQLException {
        return getNClob(indexOf(parameter));
    }

    @Override
    public SQLXML getSQLXML(String parameter) throws SQLException {
        return getSQLXML(indexOf(parameter));
    }

    @Override
    public Reader getCharacterStream(String parameter) throws SQLException {
        return getCharacterStream(indexOf(parameter));
    }

    @Override
    public Reader getNCharacterStream(String parameter) throws SQLException {
        return getNCharacterStream(indexOf(parameter));
    }

    @Override
    public String getNString(String parameter) throws SQLException {
        return getNString(indexOf(parameter));
    }

    @Override
    public Date getDate(String parameter) throws SQLException {
        return getDate(indexOf(parameter));
    }

    @Override
    public Time getTime(String parameter) throws SQLException {
        return getTime(indexOf(parameter));
    }

    @Override
    public Timestamp getTimestamp(String parameter) throws SQLException {
        return getTimestamp(indexOf(parameter));
    }

    @Override
    public Ref getRef(String parameter) throws SQLException {
        return getRef(indexOf(parameter));
    }

    @Override
    public Array getArray(String parameter) throws SQLException {
        return getArray(indexOf(parameter));
    }

    @Override
    public RowId getRowId(String parameter) throws SQLException {
        return getRowId(indexOf(parameter));
    }

    @Override
    public URL getURL(String parameter) throws SQLException {
        return getURL(indexOf(parameter));
    }

    @Override
    public Date getDate(String parameter, Calendar calendar) throws SQLException {
        return getDate(indexOf(parameter), calendar);
    }

    @Override
    public Time getTime(String parameter, Calendar calendar) throws SQLException {
        return getTime(indexOf(parameter), calendar);
    }

    @Override
    public Timestamp getTimestamp(String parameter, Calendar calendar) throws SQLException {
        return getTimestamp(indexOf(parameter), calendar);
    }

    @Override
    public Object getObject(String parameter, Map<String, Class<?>> map) throws SQLException {
        return getObject(indexOf(parameter), map);
    }

    @Override
    public <T> T getObject(String parameter, Class<T> type) throws SQLException {
        return getObject(indexOf(parameter), type);
    }
}
