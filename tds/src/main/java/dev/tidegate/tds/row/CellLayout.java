package dev.tidegate.tds.row;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.ContentReader;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;

/**
 * How the values of a column stand in a row: what comes before each, and how long it may be ([MS-TDS] 2.2.5.2.3). Not for long values,
 * which {@link LongValues} knows.
 */
final class CellLayout {
    /** Bytes before the value that tell its length: 0, 1, 2 or 4. */
    final int prefix;

    /** Longest value in bytes. */
    final int maxContent;

    private final int maxLength;

    private final TypeInfo type;
    /** Values have the longest length, or none. */
    private final boolean exact;

    private CellLayout(TypeInfo type, int prefix, int maxContent, boolean exact) {
        this.type = type;
        this.prefix = prefix;
        this.maxContent = maxContent;
        this.maxLength = prefix + maxContent;
        this.exact = exact;
    }

    static CellLayout of(TypeInfo type) {
        int width = width(type);
        int maxContent = width < 0 ? type.maxLength() : width;
        int prefix = switch (type.type().layout()) {
            case FIXED -> 0;
            case BYTE_LENGTH -> 1;
            case SHORT_LENGTH -> 2;
            case LONG_LENGTH -> 4;
            default -> throw new IllegalArgumentException("a column cannot be of type " + type.type());
        };
        return new CellLayout(type, prefix, maxContent, width >= 0);
    }

    private static int width(TypeInfo type) {
        SqlTypeName sqlType = type.sqlType();
        return switch (sqlType) {
            case NULL -> 0;
            case TIME -> TypeInfo.timeLength(type.scale());
            case DATETIME2 -> TypeInfo.timeLength(type.scale()) + 3;
            case DATETIMEOFFSET -> TypeInfo.timeLength(type.scale()) + 5;
            default -> ContentReader.fixedLength(sqlType);
        };
    }

    RowLocator.Form form() {
        return switch (prefix) {
            case 0 -> type.type() == DataType.NULL ? RowLocator.Form.OTHER : RowLocator.Form.PLAIN;
            case 1 -> hasOneLength() ? RowLocator.Form.BYTE : RowLocator.Form.OTHER;
            case 2 -> type.sqlType().isUnicode() ? RowLocator.Form.UTF16 : RowLocator.Form.SHORT;
            default -> RowLocator.Form.OTHER;
        };
    }

    /** Decimals have the declared length, as every server sends them, if it is one of theirs: others are decoded one by one. */
    private boolean hasOneLength() {
        return switch (type.sqlType()) {
            case DECIMAL, NUMERIC -> maxContent == 5 || maxContent == 9 || maxContent == 13 || maxContent == 17;
            default -> exact;
        };
    }

    /** Whether every value has the declared length: then only NULL stands otherwise in a row than the others do. */
    boolean isAlike() {
        return switch (form()) {
            case PLAIN, BYTE -> true;
            case SHORT -> isPadded();
            // No value can have a length that is odd, the declared one included.
            case UTF16 -> isPadded() && (maxContent & 1) == 0;
            case OTHER -> false;
        };
    }

    private boolean isPadded() {
        return switch (type.sqlType()) {
            case CHAR, NCHAR, BINARY, VECTOR -> true;
            default -> false;
        };
    }

    /** Longest cell in bytes. */
    int maxLength() {
        return maxLength;
    }

    /**
     * The length of the value in the cell that begins at {@code offset}; -1 if it is NULL. Only the bytes before the value are read.
     *
     * @throws TdsProtocolException if the value claims a length that the column cannot have
     */
    int contentLength(byte[] bytes, int offset) throws TdsProtocolException {
        int length;
        switch (prefix) {
            case 0:
                return type.type() == DataType.NULL ? -1 : maxContent;
            case 1:
                length = bytes[offset] & 0xFF;
                if (length == 0) {
                    return -1;
                }
                break;
            case 2:
                length = LittleEndian.getUnsignedShort(bytes, offset);
                if (length == 0xFFFF) {
                    return -1;
                }
                break;
            default:
                length = LittleEndian.getInt(bytes, offset);
                if (length == 0) {
                    return -1;
                }
        }
        if (length != maxContent && (exact || length < 0 || length > maxContent)) {
            throw lie(length);
        }
        return length;
    }

    private TdsProtocolException lie(int length) {
        return new TdsProtocolException(
                "a value of " + type.toSql() + " claims " + length + " bytes; it "
                        + (exact ? "has " : "can have at most ") + maxContent,
                -1);
    }

    /**
     * Makes the whole cell available that begins {@code at} bytes after the reader's offset.
     *
     * @return length of the value; -1 if it is NULL
     */
    int require(TdsReader in, int at) throws IOException {
        in.require(at + prefix);
        int length;
        try {
            length = contentLength(in.buffer(), in.offset() + at);
        } catch (TdsProtocolException e) {
            throw e.in("", in.position() + at);
        }
        if (length > 0) {
            in.require(at + prefix + length);
        }
        return length;
    }
}
