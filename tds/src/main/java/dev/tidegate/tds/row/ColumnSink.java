package dev.tidegate.tds.row;

import dev.tidegate.tds.type.TypeInfo;
import java.nio.charset.Charset;

/**
 * Takes the values of one column, row by row; implemented over DuckDB vectors, Arrow buffers, or plain arrays. A decoder calls only the
 * methods that fit the column's type, so that no value passes through an object:
 *
 * <table>
 * <caption>Which method carries which type</caption>
 * <tr><td>bit, tinyint (0 to 255), smallint, int, bigint</td><td>{@link #setLong}</td></tr>
 * <tr><td>real, float</td><td>{@link #setDouble}</td></tr>
 * <tr><td>decimal, numeric, money (scale 4), smallmoney (scale 4)</td><td>{@link #setDecimal}</td></tr>
 * <tr><td>date</td><td>{@link #setDate}</td></tr>
 * <tr><td>time</td><td>{@link #setTime}</td></tr>
 * <tr><td>smalldatetime, datetime, datetime2</td><td>{@link #setTimestamp}</td></tr>
 * <tr><td>datetimeoffset</td><td>{@link #setTimestampOffset}</td></tr>
 * <tr><td>uniqueidentifier</td><td>{@link #setUuid}</td></tr>
 * <tr><td>character types, xml, json</td><td>{@link #setUtf16} or {@link #setText}</td></tr>
 * <tr><td>binary types, udt, vector</td><td>{@link #setBytes}</td></tr>
 * <tr><td>sql_variant</td><td>{@link #setVariantType}, then the method of the value's own type</td></tr>
 * </table>
 *
 * {@code row} counts from zero within the batch. Arrays are lent for the call only. Not thread-safe.
 */
public interface ColumnSink {
    void setNull(int row);

    /** Of a sql_variant that is not NULL: the type of the value that follows for this row; a decimal's scale is this type's. */
    default void setVariantType(int row, TypeInfo type) {}

    void setLong(int row, long value);

    void setDouble(int row, double value);

    /** The unscaled value as a 128-bit two's complement number; its scale is that of the column. */
    void setDecimal(int row, long high, long low);

    /** @param epochDay days since 1970-01-01 in the proleptic Gregorian calendar */
    void setDate(int row, int epochDay);

    /** @param ticks 100-nanosecond units since midnight */
    void setTime(int row, long ticks);

    /** @param ticks 100-nanosecond units since midnight; of datetime whole milliseconds, as SQL Server shows its 1/300 s */
    void setTimestamp(int row, int epochDay, long ticks);

    /** The instant in UTC, and the offset that it was written with, in minutes. */
    void setTimestampOffset(int row, int utcEpochDay, long utcTicks, int offsetMinutes);

    void setUuid(int row, long mostSignificant, long leastSignificant);

    /** @param length in bytes, even */
    void setUtf16(int row, byte[] bytes, int offset, int length);

    /** Text in the column's code page, or UTF-8 when the collation says so. */
    void setText(int row, byte[] bytes, int offset, int length, Charset charset);

    void setBytes(int row, byte[] bytes, int offset, int length);
}
