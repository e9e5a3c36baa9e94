package dev.tidegate.tds.type;

import dev.tidegate.tds.TdsVersion;
import java.util.Objects;

/**
 * A declared type as it stands on the wire: TYPE_INFO ([MS-TDS] 2.2.5.6).
 *
 * @param type the type token
 * @param maxLength declared length in bytes (for nvarchar(50): 100); {@link #PLP} for (max) types, xml, json and large UDTs; for TIME,
 *     DATETIME2, DATETIMEOFFSET and DATE the length that the scale implies
 * @param precision decimal digits of DECIMAL and NUMERIC (1 to 38), else 0
 * @param scale digits after the point of DECIMAL and NUMERIC (0 to 38), or of the seconds of TIME, DATETIME2 and DATETIMEOFFSET (0 to
 *     7), else 0; for VECTOR the element type (0: float32)
 * @param collation of character types, else null
 * @param schema what XML, UDT and table types carry besides, else null
 */
public record TypeInfo(DataType type, int maxLength, int precision, int scale, Collation collation, SchemaName schema) {
    /** The {@link #maxLength} of a type without a length: values are PLP, partially length-prefixed. */
    public static final int PLP = -1;

    private static final TypeInfo BIT = nullable(DataType.BITN, 1);
    private static final TypeInfo TINYINT = nullable(DataType.INTN, 1);
    private static final TypeInfo SMALLINT = nullable(DataType.INTN, 2);
    private static final TypeInfo INTEGER = nullable(DataType.INTN, 4);
    private static final TypeInfo BIGINT = nullable(DataType.INTN, 8);
    private static final TypeInfo REAL = nullable(DataType.FLTN, 4);
    private static final TypeInfo FLOAT8 = nullable(DataType.FLTN, 8);
    private static final TypeInfo MONEY = nullable(DataType.MONEYN, 8);
    private static final TypeInfo SMALLMONEY = nullable(DataType.MONEYN, 4);
    private static final TypeInfo DATETIME = nullable(DataType.DATETIMEN, 8);
    private static final TypeInfo SMALLDATETIME = nullable(DataType.DATETIMEN, 4);
    private static final TypeInfo UNIQUEIDENTIFIER = nullable(DataType.GUID, 16);
    private static final TypeInfo DATE = nullable(DataType.DATEN, 3);

    /**
     * The names that XML (schema collection), UDT and table types carry.
     *
     * @param assembly assembly-qualified name of a UDT's class, else null
     */
    public record SchemaName(String database, String schema, String name, String assembly) {}

    public TypeInfo {
        Objects.requireNonNull(type, "type");
    }

    public boolean isPlp() {
        return maxLength == PLP;
    }

    /** True if values come in chunks on the wire: (max) types, xml, json, and CLR types of every size. */
    public boolean isChunked() {
        return isPlp() || type.layout() == DataType.Layout.PLP;
    }

    /**
     * The T-SQL type.
     *
     * @throws IllegalArgumentException if the token has no type of this length; never for what {@link TypeInfoCodec} has read
     */
    public SqlTypeName sqlType() {
        return SqlTypeName.of(type, maxLength);
    }

    /** The type as T-SQL writes it, for instance {@code nvarchar(50)}, {@code decimal(12,4)}, {@code varchar(max)}. */
    public String toSql() {
        return SqlTypeText.format(this);
    }

    /**
     * The type that a T-SQL name stands for; character types get {@link Collation#DEFAULT}.
     *
     * @param sql for instance {@code nvarchar(50)}, {@code [decimal] (12, 4)}, {@code double precision}; not case-sensitive
     * @throws IllegalArgumentException naming the input and what is wrong with it
     */
    public static TypeInfo ofSql(String sql) {
        return SqlTypeText.parse(sql, Collation.DEFAULT);
    }

    /** As {@link #ofSql(String)}, with a collation for character types. */
    public static TypeInfo ofSql(String sql, Collation collation) {
        return SqlTypeText.parse(sql, collation);
    }

    /** Whether a peer of this version knows the type. json and vector must have been agreed on at login besides. */
    public boolean existsIn(TdsVersion version) {
        return TypeDowngrade.exists(this, version);
    }

    /**
     * What stands for this type towards a peer that does not know it, as SQL Server does it: (max) types and xml become text, ntext and
     * image; date, time, datetime2 and datetimeoffset become nvarchar. This type itself if the peer knows it.
     */
    public TypeInfo forVersion(TdsVersion version) {
        return TypeDowngrade.downgrade(this, version);
    }

    public static TypeInfo of(DataType type) {
        boolean plp = type.layout() == DataType.Layout.PLP;
        return new TypeInfo(type, plp ? PLP : type.maxLength(), 0, 0, null, null);
    }

    public static TypeInfo bit() {
        return BIT;
    }

    public static TypeInfo tinyint() {
        return TINYINT;
    }

    public static TypeInfo smallint() {
        return SMALLINT;
    }

    public static TypeInfo integer() {
        return INTEGER;
    }

    public static TypeInfo bigint() {
        return BIGINT;
    }

    public static TypeInfo real() {
        return REAL;
    }

    public static TypeInfo float8() {
        return FLOAT8;
    }

    public static TypeInfo money() {
        return MONEY;
    }

    public static TypeInfo smallmoney() {
        return SMALLMONEY;
    }

    public static TypeInfo datetime() {
        return DATETIME;
    }

    public static TypeInfo smalldatetime() {
        return SMALLDATETIME;
    }

    public static TypeInfo uniqueidentifier() {
        return UNIQUEIDENTIFIER;
    }

    public static TypeInfo date() {
        return DATE;
    }

    public static TypeInfo decimal(int precision, int scale) {
        if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "decimal(" + precision + "," + scale + ") is not a type: 1 to 38 digits, scale 0 to those");
        }
        return new TypeInfo(DataType.DECIMALN, decimalLength(precision), precision, scale, null, null);
    }

    public static TypeInfo time(int scale) {
        return new TypeInfo(DataType.TIMEN, timeLength(scale), 0, scale, null, null);
    }

    public static TypeInfo datetime2(int scale) {
        return new TypeInfo(DataType.DATETIME2N, timeLength(scale) + 3, 0, scale, null, null);
    }

    public static TypeInfo datetimeoffset(int scale) {
        return new TypeInfo(DataType.DATETIMEOFFSETN, timeLength(scale) + 5, 0, scale, null, null);
    }

    /** @param length in bytes, 1 to 8000 */
    public static TypeInfo charType(int length, Collation collation) {
        return sized(DataType.BIGCHAR, length, 8000, collation);
    }

    /** @param length in bytes, 1 to 8000, or {@link #PLP} */
    public static TypeInfo varchar(int length, Collation collation) {
        return sized(DataType.BIGVARCHAR, length, 8000, collation);
    }

    /** @param chars UTF-16 code units, 1 to 4000 */
    public static TypeInfo nchar(int chars, Collation collation) {
        return sized(DataType.NCHAR, chars * 2, 8000, collation);
    }

    /** @param chars UTF-16 code units, 1 to 4000, or {@link #PLP} */
    public static TypeInfo nvarchar(int chars, Collation collation) {
        return sized(DataType.NVARCHAR, chars == PLP ? PLP : chars * 2, 8000, collation);
    }

    /** @param length in bytes, 1 to 8000 */
    public static TypeInfo binary(int length) {
        return sized(DataType.BIGBINARY, length, 8000, null);
    }

    /** @param length in bytes, 1 to 8000, or {@link #PLP} */
    public static TypeInfo varbinary(int length) {
        return sized(DataType.BIGVARBINARY, length, 8000, null);
    }

    public static TypeInfo xml() {
        return new TypeInfo(DataType.XML, PLP, 0, 0, null, null);
    }

    public static TypeInfo json() {
        return new TypeInfo(DataType.JSON, PLP, 0, 0, null, null);
    }

    /** @param dimensions 1 to 1998 of 32-bit floats, to 3996 of 16-bit ones */
    public static TypeInfo vector(int dimensions, int elementType) {
        int length = VectorBytes.HEADER_LENGTH + dimensions * VectorBytes.elementLength(elementType);
        if (dimensions < 1 || length > DataType.VECTOR.maxLength()) {
            throw new IllegalArgumentException("a vector of " + dimensions + " dimensions is not a type");
        }
        return new TypeInfo(DataType.VECTOR, length, 0, elementType, null, null);
    }

    public static TypeInfo text(Collation collation) {
        return new TypeInfo(DataType.TEXT, Integer.MAX_VALUE, 0, 0, collation, null);
    }

    public static TypeInfo ntext(Collation collation) {
        return new TypeInfo(DataType.NTEXT, Integer.MAX_VALUE - 1, 0, 0, collation, null);
    }

    public static TypeInfo image() {
        return new TypeInfo(DataType.IMAGE, Integer.MAX_VALUE, 0, 0, null, null);
    }

    public static TypeInfo sqlVariant() {
        return of(DataType.SSVARIANT);
    }

    /** Bytes of a decimal value on the wire, sign included, for a precision of 1 to 38. */
    public static int decimalLength(int precision) {
        return precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
    }

    /** Bytes of a time of day with {@code scale} digits after the second, 0 to 7. */
    public static int timeLength(int scale) {
        if (scale < 0 || scale > 7) {
            throw new IllegalArgumentException("a time has 0 to 7 digits after the second, not " + scale);
        }
        return scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
    }

    private static TypeInfo nullable(DataType type, int length) {
        return new TypeInfo(type, length, 0, 0, null, null);
    }

    private static TypeInfo sized(DataType type, int length, int most, Collation collation) {
        if (length != PLP && (length < 1 || length > most)) {
            throw new IllegalArgumentException(type.sqlName() + " of " + length + " bytes is not a type: 1 to " + most);
        }
        return new TypeInfo(type, length, 0, 0, collation, null);
    }
}
