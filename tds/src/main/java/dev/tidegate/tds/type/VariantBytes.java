package dev.tidegate.tds.type;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * sql_variant on the wire: the base type's token, the count of the bytes that describe it further, these, then the value
 * ([MS-TDS] 2.2.5.5.4).
 */
public final class VariantBytes {
    /** Longest value with its description, in bytes. */
    public static final int MAX_LENGTH = 8016;

    private VariantBytes() {}

    /** The base type of a variant, as its description stands before the value. */
    public static TypeInfo type(byte[] bytes, int offset, int length) throws TdsProtocolException {
        if (length < 2) {
            throw new TdsProtocolException("a sql_variant of " + length + " bytes", -1);
        }
        int code = bytes[offset] & 0xFF;
        DataType token = DataType.ofCode(code)
                .orElseThrow(() -> new TdsProtocolException(
                        "unknown type token 0x" + Integer.toHexString(code) + " in a sql_variant", -1));
        int described = bytes[offset + 1] & 0xFF;
        int expected = describedBy(token);
        if (expected < 0) {
            throw new TdsProtocolException("type " + token + " in a sql_variant, which it cannot be", -1);
        }
        if (described != expected || length < 2 + described) {
            throw new TdsProtocolException(
                    "type " + token + " in a sql_variant of " + length + " bytes is described by " + described
                            + " bytes, not " + expected,
                    -1);
        }
        return described(token, bytes, offset + 2, length - 2 - described);
    }

    /** Where the value begins, counted from the variant's first byte. */
    public static int valueOffset(byte[] bytes, int offset) {
        return 2 + (bytes[offset + 1] & 0xFF);
    }

    /** The value with its base type; what {@link #of} has made, or a value's bytes on the wire without the length before them. */
    public static SqlVariant read(byte[] bytes, int offset, int length) throws IOException {
        TypeInfo type = type(bytes, offset, length);
        int start = valueOffset(bytes, offset);
        return new SqlVariant(type, ContentReader.read(type, bytes, offset + start, length - start));
    }

    private static int describedBy(DataType token) {
        return switch (token) {
            case BIT, INT1, INT2, INT4, INT8, FLT4, FLT8, MONEY, MONEY4, DATETIME, DATETIM4, GUID, DATEN -> 0;
            case TIMEN, DATETIME2N, DATETIMEOFFSETN -> 1;
            case DECIMALN, NUMERICN, BIGVARBINARY, BIGBINARY -> 2;
            case BIGVARCHAR, BIGCHAR, NVARCHAR, NCHAR -> 7;
            default -> -1;
        };
    }

    private static TypeInfo described(DataType token, byte[] bytes, int at, int valueLength)
            throws TdsProtocolException {
        return switch (token) {
            case TIMEN, DATETIME2N, DATETIMEOFFSETN -> {
                int scale = bytes[at] & 0xFF;
                if (scale > 7) {
                    throw new TdsProtocolException("scale " + scale + " of a time in a sql_variant", -1);
                }
                yield token == DataType.TIMEN
                        ? TypeInfo.time(scale)
                        : token == DataType.DATETIME2N ? TypeInfo.datetime2(scale) : TypeInfo.datetimeoffset(scale);
            }
            case DECIMALN, NUMERICN -> {
                int precision = bytes[at] & 0xFF;
                int scale = bytes[at + 1] & 0xFF;
                if (precision < 1 || precision > 38 || scale > precision) {
                    throw new TdsProtocolException(
                            "decimal(" + precision + "," + scale + ") in a sql_variant is not a type", -1);
                }
                yield new TypeInfo(token, DecimalBytes.MAX_LENGTH, precision, scale, null, null);
            }
            case BIGVARBINARY, BIGBINARY -> sized(token, LittleEndian.getUnsignedShort(bytes, at), valueLength, null);
            case BIGVARCHAR, BIGCHAR, NVARCHAR, NCHAR ->
                sized(
                        token,
                        LittleEndian.getUnsignedShort(bytes, at + 5),
                        valueLength,
                        new Collation(LittleEndian.getInt(bytes, at), bytes[at + 4] & 0xFF));
            case DATEN -> TypeInfo.date();
            default -> TypeInfo.of(token);
        };
    }

    private static TypeInfo sized(DataType token, int maxLength, int valueLength, Collation collation)
            throws TdsProtocolException {
        if (valueLength > maxLength) {
            throw new TdsProtocolException(
                    "a value of " + valueLength + " bytes in a sql_variant that declares at most " + maxLength, -1);
        }
        return new TypeInfo(token, maxLength, 0, 0, collation, null);
    }

    /** Writes a variant with its length before it. */
    static void write(TdsWriter out, SqlVariant variant) throws IOException {
        byte[] bytes = of(variant);
        out.writeInt(bytes.length);
        out.writeBytes(bytes);
    }

    /**
     * A variant as it stands on the wire, without the length before it.
     *
     * @throws ValueOutOfRangeException if the base type cannot be one, or the value does not fit it
     */
    public static byte[] of(SqlVariant variant) {
        TypeInfo type = variant.type();
        DataType token = baseToken(type);
        if (describedBy(token) < 0 || type.isPlp()) {
            throw new ValueOutOfRangeException(type.toSql() + " cannot be in a sql_variant");
        }
        byte[] content = ContentWriter.bytes(type, variant.value());
        int described = describedBy(token);
        if (content.length > 8000) {
            throw new ValueOutOfRangeException(content.length + " bytes do not fit sql_variant; 0 to 8000 do");
        }
        byte[] bytes = new byte[2 + described + content.length];
        bytes[0] = (byte) token.code();
        bytes[1] = (byte) described;
        switch (described) {
            case 1 -> bytes[2] = (byte) type.scale();
            case 2 -> {
                if (type.sqlType().isBinary()) {
                    LittleEndian.putShort(bytes, 2, (short) type.maxLength());
                } else {
                    bytes[2] = (byte) type.precision();
                    bytes[3] = (byte) type.scale();
                }
            }
            case 7 -> {
                Collation collation = type.collation() == null ? Collation.DEFAULT : type.collation();
                LittleEndian.putInt(bytes, 2, collation.info());
                bytes[6] = (byte) collation.sortId();
                LittleEndian.putShort(bytes, 7, (short) type.maxLength());
            }
            default -> {
                // The token says it all.
            }
        }
        System.arraycopy(content, 0, bytes, 2 + described, content.length);
        return bytes;
    }

    /** In a variant, what is never NULL has no nullable token, and what has a length has its newer token. */
    private static DataType baseToken(TypeInfo type) {
        return switch (type.sqlType()) {
            case BIT -> DataType.BIT;
            case TINYINT -> DataType.INT1;
            case SMALLINT -> DataType.INT2;
            case INT -> DataType.INT4;
            case BIGINT -> DataType.INT8;
            case REAL -> DataType.FLT4;
            case FLOAT -> DataType.FLT8;
            case SMALLMONEY -> DataType.MONEY4;
            case MONEY -> DataType.MONEY;
            case SMALLDATETIME -> DataType.DATETIM4;
            case DATETIME -> DataType.DATETIME;
            case DECIMAL -> DataType.DECIMALN;
            case NUMERIC -> DataType.NUMERICN;
            case CHAR -> DataType.BIGCHAR;
            case VARCHAR -> DataType.BIGVARCHAR;
            case BINARY -> DataType.BIGBINARY;
            case VARBINARY -> DataType.BIGVARBINARY;
            default -> type.type();
        };
    }
}
