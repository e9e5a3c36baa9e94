package dev.tidegate.tds.type;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * Reads and writes single values with what stands before them, as RPC parameters and RETURNVALUE have them ([MS-TDS] 2.2.5.2.3 and
 * 2.2.5.5). Rows have codecs of their own, which know the text pointer that text, ntext and image have there.
 *
 * <table>
 * <caption>Java forms; NULL is null</caption>
 * <tr><td>bit</td><td>Boolean</td></tr>
 * <tr><td>tinyint (0 to 255), smallint</td><td>Short</td></tr>
 * <tr><td>int, bigint</td><td>Integer, Long</td></tr>
 * <tr><td>real, float</td><td>Float, Double</td></tr>
 * <tr><td>decimal, numeric, money, smallmoney</td><td>BigDecimal in the type's scale</td></tr>
 * <tr><td>date, time</td><td>LocalDate, LocalTime</td></tr>
 * <tr><td>smalldatetime, datetime, datetime2</td><td>LocalDateTime; of datetime in whole milliseconds, as SQL Server shows it</td></tr>
 * <tr><td>datetimeoffset</td><td>OffsetDateTime</td></tr>
 * <tr><td>character types, xml, json</td><td>String</td></tr>
 * <tr><td>binary types, udt</td><td>byte[]</td></tr>
 * <tr><td>uniqueidentifier</td><td>UUID</td></tr>
 * <tr><td>vector</td><td>float[]</td></tr>
 * <tr><td>sql_variant</td><td>{@link SqlVariant}</td></tr>
 * </table>
 *
 * On writing, other numbers are taken if they are exact in the type, any CharSequence for text, and for sql_variant any value that
 * {@link SqlVariant#of} wraps. For (max) types, xml, json and CLR types an InputStream (binary) or a Reader (text) is taken as well: it
 * is read to its end piece by piece, so that the value need not fit in memory. If it fails, an {@link java.io.UncheckedIOException} says
 * so, and the message cannot go on, as a part of the value is written.
 */
public final class ValueCodec {
    /** Longest value that can be an array. */
    public static final int MAX_ARRAY = Integer.MAX_VALUE - 16;

    private static final int NULL_SHORT = 0xFFFF;

    /** No length that a value can claim. */
    private static final long NULL = Long.MIN_VALUE;

    private static final byte[] EMPTY = new byte[0];

    private ValueCodec() {}

    /** As {@link #read(TdsReader, TypeInfo, int)}, up to what an array can hold. */
    public static Object read(TdsReader in, TypeInfo type) throws IOException {
        return read(in, type, MAX_ARRAY);
    }

    /**
     * @param most longest (max) value accepted, in bytes
     * @throws TdsProtocolException if the bytes are no value of the type
     * @throws UnreadableValueException if the value is longer than {@code most}, or its code page is not supported
     */
    public static Object read(TdsReader in, TypeInfo type, int most) throws IOException {
        if (type.isChunked()) {
            ChunkedValue value = new ChunkedValue();
            return value.begin(in) ? gather(in, type, value, most) : null;
        }
        long length = readLength(in, type);
        if (length == NULL) {
            return null;
        }
        checkLength(in, type, length);
        if (type.type().layout() == DataType.Layout.LONG_LENGTH && type.type() != DataType.SSVARIANT) {
            ChunkedValue value = new ChunkedValue();
            value.begin(in, length);
            return gather(in, type, value, most);
        }
        in.require((int) length);
        in.advance((int) length);
        return located(in, type, in.buffer(), in.offset() - (int) length, (int) length);
    }

    private static long readLength(TdsReader in, TypeInfo type) throws IOException {
        switch (type.type().layout()) {
            case FIXED:
                return type.type() == DataType.NULL ? NULL : type.maxLength();
            case BYTE_LENGTH:
                int oneByte = in.readUnsignedByte();
                return oneByte == 0 ? NULL : oneByte;
            case SHORT_LENGTH:
                int twoBytes = in.readUnsignedShort();
                return twoBytes == NULL_SHORT ? NULL : twoBytes;
            case LONG_LENGTH:
                int fourBytes = in.readInt();
                return fourBytes == (type.type() == DataType.SSVARIANT ? 0 : -1) ? NULL : fourBytes;
            default:
                throw new TdsProtocolException("a value of " + type.type() + " cannot be read here", in.position());
        }
    }

    private static void checkLength(TdsReader in, TypeInfo type, long length) throws TdsProtocolException {
        // jTDS declares an ntext parameter's length in characters
        long most = type.type() == DataType.NTEXT ? 2L * type.maxLength() : type.maxLength();
        if (length < 0 || length > most) {
            throw new TdsProtocolException(
                    "a value of " + type.toSql() + " claims " + length + " bytes; it can have " + type.maxLength(),
                    in.position());
        }
    }

    private static Object gather(TdsReader in, TypeInfo type, ChunkedValue value, int most) throws IOException {
        ChunkedValue.Gathered gathered = value.gather(EMPTY, most);
        if (gathered == null) {
            throw new UnreadableValueException(
                    -1, "a value of " + type.toSql() + " is longer than the " + most + " bytes allowed", null);
        }
        return located(in, type, gathered.bytes(), 0, gathered.length());
    }

    /** What is wrong within a value is told with its place in the message. */
    private static Object located(TdsReader in, TypeInfo type, byte[] bytes, int offset, int length)
            throws IOException {
        try {
            return ContentReader.read(type, bytes, offset, length);
        } catch (TdsProtocolException e) {
            throw e.in("", in.position());
        }
    }

    /** @throws ValueOutOfRangeException if the value does not fit; nothing is written then, except of very long text */
    public static void write(TdsWriter out, TypeInfo type, Object value) throws IOException {
        if (value == null) {
            writeNull(out, type);
        } else if (type.sqlType() == SqlTypeName.SQL_VARIANT) {
            VariantBytes.write(out, SqlVariant.of(value));
        } else if (type.isChunked()) {
            PlpWriter.write(out, type, value);
        } else if (type.sqlType().isUnicode()) {
            writeUtf16(out, type, JavaForms.toText(value, type.sqlType().sqlName()));
        } else {
            writeBounded(out, type, ContentWriter.bytes(type, value));
        }
    }

    private static void writeUtf16(TdsWriter out, TypeInfo type, CharSequence text) throws IOException {
        if (text.length() > type.maxLength() / 2) {
            throw new ValueOutOfRangeException(text.length() + " characters do not fit " + type.toSql());
        }
        if (type.type().layout() == DataType.Layout.LONG_LENGTH) {
            out.writeInt(text.length() * 2);
        } else {
            out.writeShort(text.length() * 2);
        }
        out.writeUtf16(text);
    }

    private static void writeBounded(TdsWriter out, TypeInfo type, byte[] content) throws IOException {
        switch (type.type().layout()) {
            case BYTE_LENGTH -> {
                if (content.length == 0) {
                    throw new ValueOutOfRangeException("type token " + type.type() + " has no empty value, only NULL");
                }
                out.writeByte(content.length);
            }
            case SHORT_LENGTH -> out.writeShort(content.length);
            case LONG_LENGTH -> out.writeInt(content.length);
            default -> {
                // A fixed length is not told.
            }
        }
        out.writeBytes(content);
    }

    private static void writeNull(TdsWriter out, TypeInfo type) throws IOException {
        if (type.isChunked()) {
            out.writeLong(-1);
            return;
        }
        switch (type.type().layout()) {
            case BYTE_LENGTH -> out.writeByte(0);
            case SHORT_LENGTH -> out.writeShort(NULL_SHORT);
            case LONG_LENGTH -> out.writeInt(type.type() == DataType.SSVARIANT ? 0 : -1);
            default -> {
                if (type.type() != DataType.NULL) {
                    throw new ValueOutOfRangeException(
                            "NULL does not fit type token " + type.type() + ", which is NOT NULL");
                }
            }
        }
    }
}
