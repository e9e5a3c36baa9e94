package dev.tidegate.jdbc;

import dev.tidegate.jdbc.convert.Cell;
import dev.tidegate.jdbc.convert.LegacyTime;
import dev.tidegate.jdbc.convert.ObjectConversion;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

/** The getters of output parameters by number. */
abstract class OutputGetters extends NamedSetters {
    OutputGetters(TidegateConnection connection, String sql) throws SQLException {
        super(connection, sql);
    }

    /** The value that came back; null for NULL. */
    abstract Cell output(int index) throws SQLException;

    @Override
    public String getString(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : cell.toText();
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        Cell cell = output(index);
        return cell != null && cell.toBoolean();
    }

    @Override
    public byte getByte(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? 0 : cell.toByte();
    }

    @Override
    public short getShort(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? 0 : cell.toShort();
    }

    @Override
    public int getInt(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? 0 : cell.toInt();
    }

    @Override
    public long getLong(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? 0 : cell.toLong();
    }

    @Override
    public float getFloat(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? 0 : cell.toFloat();
    }

    @Override
    public double getDouble(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? 0 : cell.toDouble();
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : cell.toBigDecimal();
    }

    @Override
    public byte[] getBytes(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : cell.toBytes();
    }

    @Override
    public Object getObject(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : ObjectConversion.toObject(cell);
    }

    @Override
    public Blob getBlob(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : new MemoryBlob(cell.toBytes());
    }

    @Override
    public NClob getNClob(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : new MemoryClob(cell.toText());
    }

    @Override
    public SQLXML getSQLXML(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : new MemoryXml(cell.toText());
    }

    @Override
    public Reader getCharacterStream(int index) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : new StringReader(cell.toText());
    }

    @Override
    public Date getDate(int index) throws SQLException {
        return getDate(index, null);
    }

    @Override
    public Date getDate(int index, Calendar calendar) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : LegacyTime.toDate(cell, calendar);
    }

    @Override
    public Time getTime(int index) throws SQLException {
        return getTime(index, null);
    }

    @Override
    public Time getTime(int index, Calendar calendar) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : LegacyTime.toTime(cell, calendar);
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        return getTimestamp(index, null);
    }

    @Override
    public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : LegacyTime.toTimestamp(cell, calendar);
    }

    @Override
    public String getNString(int index) throws SQLException {
        return getString(index);
    }

    @Override
    public Clob getClob(int index) throws SQLException {
        return getNClob(index);
    }

    @Override
    public Reader getNCharacterStream(int index) throws SQLException {
        return getCharacterStream(index);
    }

    @Override
    public Ref getRef(int index) throws SQLException {
        throw Failures.unsupported("SQL Server has no REF values");
    }

    @Override
    public Array getArray(int index) throws SQLException {
        throw Failures.unsupported("SQL Server has no ARRAY values");
    }

    @Override
    public RowId getRowId(int index) throws SQLException {
        throw Failures.unsupported("SQL Server has no ROWID values");
    }

    @Override
    public URL getURL(int index) throws SQLException {
        throw Failures.unsupported("SQL Server has no DATALINK values: use getString");
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int index, int scale) throws SQLException {
        BigDecimal value = getBigDecimal(index);
        return value == null ? null : value.setScale(scale, RoundingMode.DOWN);
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw Failures.unsupported("type maps are not supported: ask for the class with getObject(index, Class)");
        }
        return getObject(index);
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        Cell cell = output(index);
        return cell == null ? null : ObjectConversion.to(cell, type);
    }
}
