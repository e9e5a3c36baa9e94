package dev.tidegate.tds.row;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.RowMarker;
import dev.tidegate.tds.type.ContentReader;
import dev.tidegate.tds.type.ExactNumbers;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.SqlVariant;
import dev.tidegate.tds.type.TextBytes;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.UnreadableValueException;
import dev.tidegate.tds.type.UnsupportedCollationException;
import dev.tidegate.tds.type.ValueCodec;
import dev.tidegate.tds.type.ValueOutOfRangeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Reads the values of the current row where they stand. Columns count from 0.
 *
 * <p>{@link #load} begins a row; {@link #finish} must be called before anything else is read from the same reader, and ends it. In
 * between, columns may be read in any order and again, with one exception: the long values, those of (max), xml, json, CLR, text, ntext
 * and image columns that are longer than 16 KiB. Such a value is on the wire until it is asked for: as a whole, which keeps it, or by
 * {@link #stream} or {@link #reader}, once, which ends when a later column is asked for. One that is passed over for a later column is
 * kept if it has at most 16 MiB, and dropped if it is longer.
 *
 * <p>A getter converts only what stays exact. It throws {@link ValueOutOfRangeException} if the value does not fit, or the column is of
 * another kind; {@link UnreadableValueException} if the value is gone, too long, or of an unknown code page, after which the other
 * columns can still be read; {@link TdsProtocolException} if the bytes are no value of the type. NULL is null, 0 or false: ask {@link
 * #isNull}. Not thread-safe.
 */
public final class RowCursor {
    private final List<TypeInfo> types;
    private final ColumnNames names;
    private final RowBytes row;

    public RowCursor(List<TypeInfo> types) {
        this(types, new ColumnNames(List.of()), ValueCodec.MAX_ARRAY);
    }

    private RowCursor(List<TypeInfo> types, ColumnNames names, int maxValueLength) {
        this.types = List.copyOf(types);
        this.names = names;
        this.row = new RowBytes(this.types, names, maxValueLength);
    }

    /** As the constructor; errors name the columns. */
    public static RowCursor ofColumns(List<Column> columns) {
        return ofColumns(columns, ValueCodec.MAX_ARRAY);
    }

    /** @param maxValueLength longest (max) value that is read as a whole, in bytes; streams have no limit */
    public static RowCursor ofColumns(List<Column> columns, int maxValueLength) {
        TypeInfo[] types = new TypeInfo[columns.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = columns.get(i).type();
        }
        return new RowCursor(List.of(types), ColumnNames.of(columns), maxValueLength);
    }

    public List<TypeInfo> types() {
        return types;
    }

    /**
     * Another reader of the rows that this one stands on, for one thread. It may go on to rows that have arrived: {@link #settle} before anything
     * else than {@link #load} and {@link #finish} is asked of this one.
     */
    public PlainReader plainReader() {
        row.mayGoAhead();
        return new PlainReader(types, row);
    }

    /** Begins the row on whose first byte the reader stands. The row before must have been finished. */
    public void load(TdsReader in, RowMarker marker) throws IOException {
        row.load(in, marker);
    }

    /** Skips what is left of the row; its values can no longer be read. Does nothing if there is no row. */
    public void finish() throws IOException {
        row.finish();
    }

    /** Whether a {@link PlainReader} may go on to other rows than the one on which this stands. */
    public boolean isAhead() {
        return row.isAhead();
    }

    /** Stands on the row to which a {@link PlainReader} has gone on; from now on it goes no further by itself. */
    public void settle() {
        row.settle();
    }

    public boolean isNull(int column) throws IOException {
        return row.isNull(column);
    }

    /** Of bit, or of a whole number that is 0 or 1. */
    public boolean getBoolean(int column) throws IOException {
        long value = getLong(column);
        if (value != 0 && value != 1) {
            throw refused(column, value + " is neither 0 nor 1");
        }
        return value == 1;
    }

    /** Of a number that is whole and in range. */
    public int getInt(int column) throws IOException {
        long value = getLong(column);
        if ((int) value != value) {
            throw refused(column, value + " is out of range: " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /** Of a number that is whole and in range. */
    public long getLong(int column) throws IOException {
        int length = row.length(column);
        if (length < 0) {
            return 0;
        }
        try {
            return ExactNumbers.toLong(types.get(column), row.bytes(), row.start(column), length);
        } catch (ValueOutOfRangeException | IOException e) {
            throw told(e, column);
        }
    }

    /** Of real, float, and of whole numbers that a double holds exactly. */
    public double getDouble(int column) throws IOException {
        int length = row.length(column);
        if (length < 0) {
            return 0;
        }
        try {
            return ExactNumbers.toDouble(types.get(column), row.bytes(), row.start(column), length);
        } catch (ValueOutOfRangeException | IOException e) {
            throw told(e, column);
        }
    }

    /** Of decimal, numeric, money, smallmoney, and of whole numbers. */
    public BigDecimal getBigDecimal(int column) throws IOException {
        int length = row.length(column);
        if (length < 0) {
            return null;
        }
        try {
            return ExactNumbers.toDecimal(types.get(column), row.bytes(), row.start(column), length);
        } catch (ValueOutOfRangeException | IOException e) {
            throw told(e, column);
        }
    }

    /** Of character types, xml and json. */
    public String getString(int column) throws IOException {
        return get(column, String.class);
    }

    /** Of binary types and CLR types. */
    public byte[] getBytes(int column) throws IOException {
        return get(column, byte[].class);
    }

    /** Of date. */
    public LocalDate getLocalDate(int column) throws IOException {
        return get(column, LocalDate.class);
    }

    /** Of time. */
    public LocalTime getLocalTime(int column) throws IOException {
        return get(column, LocalTime.class);
    }

    /** Of smalldatetime, datetime and datetime2. */
    public LocalDateTime getLocalDateTime(int column) throws IOException {
        return get(column, LocalDateTime.class);
    }

    /** Of datetimeoffset. */
    public OffsetDateTime getOffsetDateTime(int column) throws IOException {
        return get(column, OffsetDateTime.class);
    }

    /** Of uniqueidentifier. */
    public UUID getUuid(int column) throws IOException {
        return get(column, UUID.class);
    }

    /** Of any type, in the Java form that {@link ValueCodec} documents. */
    public Object getObject(int column) throws IOException {
        int length = row.length(column);
        if (length < 0) {
            return null;
        }
        try {
            return ContentReader.read(types.get(column), row.bytes(), row.start(column), length);
        } catch (ValueOutOfRangeException | IOException e) {
            throw told(e, column);
        }
    }

    /**
     * The value's bytes as they stand on the wire (text in UTF-16LE or the column's code page), without the need for memory to hold
     * them. Valid until the row moves on; the stream of a long value throws an {@link IOException} then.
     *
     * @return null if the value is NULL
     */
    public InputStream stream(int column) throws IOException {
        return row.stream(column);
    }

    /**
     * As {@link #stream}, for text; unpaired surrogates pass through. Bytes that stand for no character in the column's code page end the
     * reading with a {@link java.nio.charset.CharacterCodingException}.
     */
    public Reader reader(int column) throws IOException {
        TypeInfo type = types.get(column);
        SqlTypeName sqlType = type.sqlType();
        if (!sqlType.isText()) {
            throw refused(column, type.toSql() + " is not text");
        }
        if (sqlType.isUnicode()) {
            InputStream bytes = row.stream(column);
            return bytes == null ? null : new Utf16Reader(bytes);
        }
        try {
            InputStream bytes = row.stream(column);
            return bytes == null ? null : new InputStreamReader(bytes, TextBytes.decoder(TextBytes.charsetOf(type)));
        } catch (UnsupportedCollationException e) {
            throw new UnreadableValueException(column, names.shown(column) + ": " + e.getMessage(), e);
        }
    }

    private <T> T get(int column, Class<T> form) throws IOException {
        Object value = getObject(column);
        if (value instanceof SqlVariant variant && form != Object.class) {
            value = variant.value();
        }
        if (value == null || form.isInstance(value)) {
            return form.cast(value);
        }
        throw refused(column, types.get(column).toSql() + " is not read as " + form.getSimpleName());
    }

    private ValueOutOfRangeException refused(int column, String why) {
        return new ValueOutOfRangeException(why).atColumn(column, names.shown(column), false);
    }

    /** The same error, told of its column. */
    private IOException told(Exception error, int column) {
        if (error instanceof ValueOutOfRangeException e) {
            throw e.atColumn(column, names.shown(column), false);
        }
        if (error instanceof TdsProtocolException e) {
            return e.in(names.shown(column), -1);
        }
        if (error instanceof UnreadableValueException e) {
            return new UnreadableValueException(column, names.shown(column) + ": " + e.getMessage(), e);
        }
        return (IOException) error;
    }
}
