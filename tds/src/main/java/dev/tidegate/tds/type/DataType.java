package dev.tidegate.tds.type;

import java.util.Optional;

/**
 * The type tokens of TDS ([MS-TDS] 2.2.5.4): what stands first in a TYPE_INFO.
 *
 * <p>Fixed-length tokens (INT4, BIT, …) are never NULL; their nullable forms are the {@code …N} tokens.
 */
public enum DataType {
    NULL(0x1F, Layout.FIXED, 0, "null"),
    INT1(0x30, Layout.FIXED, 1, "tinyint"),
    BIT(0x32, Layout.FIXED, 1, "bit"),
    INT2(0x34, Layout.FIXED, 2, "smallint"),
    INT4(0x38, Layout.FIXED, 4, "int"),
    DATETIM4(0x3A, Layout.FIXED, 4, "smalldatetime"),
    FLT4(0x3B, Layout.FIXED, 4, "real"),
    MONEY(0x3C, Layout.FIXED, 8, "money"),
    DATETIME(0x3D, Layout.FIXED, 8, "datetime"),
    FLT8(0x3E, Layout.FIXED, 8, "float"),
    MONEY4(0x7A, Layout.FIXED, 4, "smallmoney"),
    INT8(0x7F, Layout.FIXED, 8, "bigint"),
    DECIMAL(0x37, Layout.BYTE_LENGTH, 17, "decimal"),
    NUMERIC(0x3F, Layout.BYTE_LENGTH, 17, "numeric"),
    GUID(0x24, Layout.BYTE_LENGTH, 16, "uniqueidentifier"),
    INTN(0x26, Layout.BYTE_LENGTH, 8, "int"),
    BITN(0x68, Layout.BYTE_LENGTH, 1, "bit"),
    DECIMALN(0x6A, Layout.BYTE_LENGTH, 17, "decimal"),
    NUMERICN(0x6C, Layout.BYTE_LENGTH, 17, "numeric"),
    FLTN(0x6D, Layout.BYTE_LENGTH, 8, "float"),
    MONEYN(0x6E, Layout.BYTE_LENGTH, 8, "money"),
    DATETIMEN(0x6F, Layout.BYTE_LENGTH, 8, "datetime"),
    DATEN(0x28, Layout.BYTE_LENGTH, 3, "date"),
    TIMEN(0x29, Layout.BYTE_LENGTH, 5, "time"),
    DATETIME2N(0x2A, Layout.BYTE_LENGTH, 8, "datetime2"),
    DATETIMEOFFSETN(0x2B, Layout.BYTE_LENGTH, 10, "datetimeoffset"),
    /** Legacy form of char with a one-byte length; servers since 7.0 do not send it. */
    CHAR(0x2F, Layout.BYTE_LENGTH, 255, "char"),
    VARCHAR(0x27, Layout.BYTE_LENGTH, 255, "varchar"),
    BINARY(0x2D, Layout.BYTE_LENGTH, 255, "binary"),
    VARBINARY(0x25, Layout.BYTE_LENGTH, 255, "varbinary"),
    BIGVARBINARY(0xA5, Layout.SHORT_LENGTH, 8000, "varbinary"),
    BIGVARCHAR(0xA7, Layout.SHORT_LENGTH, 8000, "varchar"),
    BIGBINARY(0xAD, Layout.SHORT_LENGTH, 8000, "binary"),
    BIGCHAR(0xAF, Layout.SHORT_LENGTH, 8000, "char"),
    NVARCHAR(0xE7, Layout.SHORT_LENGTH, 8000, "nvarchar"),
    NCHAR(0xEF, Layout.SHORT_LENGTH, 8000, "nchar"),
    XML(0xF1, Layout.PLP, Integer.MAX_VALUE, "xml"),
    UDT(0xF0, Layout.PLP, Integer.MAX_VALUE, "udt"),
    JSON(0xF4, Layout.PLP, Integer.MAX_VALUE, "json"),
    VECTOR(0xF5, Layout.SHORT_LENGTH, 8000, "vector"),
    TEXT(0x23, Layout.LONG_LENGTH, Integer.MAX_VALUE, "text"),
    IMAGE(0x22, Layout.LONG_LENGTH, Integer.MAX_VALUE, "image"),
    NTEXT(0x63, Layout.LONG_LENGTH, Integer.MAX_VALUE, "ntext"),
    SSVARIANT(0x62, Layout.LONG_LENGTH, 8009, "sql_variant"),
    /** A table-valued parameter; only in requests. */
    TVP(0xF3, Layout.TABLE, 0, "table");

    /** How the length of a value stands before it. SHORT_LENGTH becomes PLP when the declared length is 0xFFFF. */
    public enum Layout {
        FIXED,
        BYTE_LENGTH,
        SHORT_LENGTH,
        LONG_LENGTH,
        PLP,
        TABLE
    }

    private static final DataType[] BY_CODE = new DataType[256];

    static {
        for (DataType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final Layout layout;
    private final int maxLength;
    private final String sqlName;

    DataType(int code, Layout layout, int maxLength, String sqlName) {
        this.code = code;
        this.layout = layout;
        this.maxLength = maxLength;
        this.sqlName = sqlName;
    }

    public int code() {
        return code;
    }

    public Layout layout() {
        return layout;
    }

    /** Length of a fixed type's value, or the largest that a declared one may have, in bytes. */
    public int maxLength() {
        return maxLength;
    }

    /** The T-SQL name; where one token serves several types (INTN, FLTN, …), that of the usual one. */
    public String sqlName() {
        return sqlName;
    }

    /** True for types whose values are text in the code page of a collation or in UTF-16. */
    public boolean isCharacter() {
        return switch (this) {
            case CHAR, VARCHAR, BIGCHAR, BIGVARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT -> true;
            default -> false;
        };
    }

    /** True for types of declared length that also have a (max) form. */
    public boolean canBePlp() {
        return this == BIGVARBINARY || this == BIGVARCHAR || this == NVARCHAR;
    }

    public static Optional<DataType> ofCode(int code) {
        return code < 0 || code > 0xFF ? Optional.empty() : Optional.ofNullable(BY_CODE[code]);
    }
}
