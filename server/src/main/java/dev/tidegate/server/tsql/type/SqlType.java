package dev.tidegate.server.tsql.type;

import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import java.util.Objects;

/**
 * A type as T-SQL declares it.
 *
 * @param length characters of nchar and nvarchar, bytes of the other character and of the binary types, {@link #MAX} for (max); elements of
 *     vector; 24 or 53 for the bits of real and float; else 0
 * @param precision digits of decimal and numeric, 1 to 38; else 0
 * @param scale digits after the point of decimal and numeric, or of the seconds of time, datetime2 and datetimeoffset; else 0
 */
public record SqlType(TypeKind kind, int length, int precision, int scale) {
    /** The {@link #length} of a (max) type. */
    public static final int MAX = -1;

    public static final SqlType BIT = plain(TypeKind.BIT);
    public static final SqlType TINYINT = plain(TypeKind.TINYINT);
    public static final SqlType SMALLINT = plain(TypeKind.SMALLINT);
    public static final SqlType INT = plain(TypeKind.INT);
    public static final SqlType BIGINT = plain(TypeKind.BIGINT);
    public static final SqlType REAL = new SqlType(TypeKind.REAL, 24, 0, 0);
    public static final SqlType FLOAT = new SqlType(TypeKind.FLOAT, 53, 0, 0);
    public static final SqlType MONEY = plain(TypeKind.MONEY);
    public static final SqlType SMALLMONEY = plain(TypeKind.SMALLMONEY);
    public static final SqlType DATE = plain(TypeKind.DATE);
    public static final SqlType DATETIME = plain(TypeKind.DATETIME);
    public static final SqlType SMALLDATETIME = plain(TypeKind.SMALLDATETIME);
    public static final SqlType UNIQUEIDENTIFIER = plain(TypeKind.UNIQUEIDENTIFIER);
    public static final SqlType SQL_VARIANT = plain(TypeKind.SQL_VARIANT);
    public static final SqlType XML = plain(TypeKind.XML);
    public static final SqlType JSON = plain(TypeKind.JSON);
    /** Alias type of names in the catalog. */
    public static final SqlType SYSNAME = nvarchar(128);

    public SqlType {
        Objects.requireNonNull(kind, "kind");
    }

    public static SqlType plain(TypeKind kind) {
        return new SqlType(kind, 0, 0, 0);
    }

    public static SqlType varchar(int length) {
        return sized(TypeKind.VARCHAR, length);
    }

    public static SqlType nvarchar(int length) {
        return sized(TypeKind.NVARCHAR, length);
    }

    public static SqlType varbinary(int length) {
        return sized(TypeKind.VARBINARY, length);
    }

    public static SqlType decimal(int precision, int scale) {
        return new SqlType(TypeKind.DECIMAL, 0, precision, scale);
    }

    public static SqlType numeric(int precision, int scale) {
        return new SqlType(TypeKind.NUMERIC, 0, precision, scale);
    }

    public static SqlType datetime2(int scale) {
        return new SqlType(TypeKind.DATETIME2, 0, 0, scale);
    }

    public static SqlType time(int scale) {
        return new SqlType(TypeKind.TIME, 0, 0, scale);
    }

    public static SqlType datetimeoffset(int scale) {
        return new SqlType(TypeKind.DATETIMEOFFSET, 0, 0, scale);
    }

    /** @param dimensions 1 to 1998, each a float of 32 bits */
    public static SqlType vector(int dimensions) {
        return new SqlType(TypeKind.VECTOR, dimensions, 0, 0);
    }

    /** @param length 1 to 8000 (4000 for the national types), or {@link #MAX}; a longer one becomes {@link #MAX} */
    public static SqlType sized(TypeKind kind, int length) {
        int most = kind.isNational() ? 4000 : 8000;
        return new SqlType(kind, length > most ? MAX : length, 0, 0);
    }

    public boolean isMax() {
        return length == MAX;
    }

    public boolean isCharacter() {
        return kind.isCharacter();
    }

    /** True for types whose values have all the declared length. */
    public boolean isPadded() {
        return kind == TypeKind.CHAR || kind == TypeKind.NCHAR || kind == TypeKind.BINARY;
    }

    /** The type as it stands on the wire, always in its nullable form. */
    public TypeInfo toTypeInfo() {
        Collation collation = Collation.DEFAULT;
        return switch (kind) {
            case BIT -> TypeInfo.bit();
            case TINYINT -> TypeInfo.tinyint();
            case SMALLINT -> TypeInfo.smallint();
            case INT -> TypeInfo.integer();
            case BIGINT -> TypeInfo.bigint();
            case REAL -> TypeInfo.real();
            case FLOAT -> TypeInfo.float8();
            case MONEY -> TypeInfo.money();
            case SMALLMONEY -> TypeInfo.smallmoney();
            case DECIMAL -> TypeInfo.decimal(precision, scale);
            case NUMERIC ->
                new TypeInfo(DataType.NUMERICN, TypeInfo.decimalLength(precision), precision, scale, null, null);
            case DATE -> TypeInfo.date();
            case TIME -> TypeInfo.time(scale);
            case DATETIME -> TypeInfo.datetime();
            case SMALLDATETIME -> TypeInfo.smalldatetime();
            case DATETIME2 -> TypeInfo.datetime2(scale);
            case DATETIMEOFFSET -> TypeInfo.datetimeoffset(scale);
            case UNIQUEIDENTIFIER -> TypeInfo.uniqueidentifier();
            case CHAR -> TypeInfo.charType(length, collation);
            case VARCHAR -> TypeInfo.varchar(length, collation);
            case NCHAR -> TypeInfo.nchar(length, collation);
            case NVARCHAR -> TypeInfo.nvarchar(length, collation);
            case TEXT -> new TypeInfo(DataType.TEXT, Integer.MAX_VALUE, 0, 0, collation, null);
            case NTEXT -> new TypeInfo(DataType.NTEXT, Integer.MAX_VALUE - 1, 0, 0, collation, null);
            case IMAGE -> TypeInfo.of(DataType.IMAGE);
            case BINARY -> TypeInfo.binary(length);
            case VARBINARY -> TypeInfo.varbinary(length);
            case ROWVERSION -> TypeInfo.binary(8);
            case XML -> TypeInfo.xml();
            case JSON -> TypeInfo.json();
            case VECTOR -> TypeInfo.vector(length, VectorBytes.FLOAT32);
            case SQL_VARIANT -> TypeInfo.sqlVariant();
        };
    }

    /**
     * The T-SQL type of a value that came over the wire.
     *
     * @throws IllegalArgumentException for UDT and table types, and vectors of other elements than floats of 32 bits
     */
    public static SqlType of(TypeInfo info) {
        return switch (info.type()) {
            case BIT, BITN -> BIT;
            case INT1 -> TINYINT;
            case INT2 -> SMALLINT;
            case INT4, NULL -> INT;
            case INT8 -> BIGINT;
            case INTN ->
                switch (info.maxLength()) {
                    case 1 -> TINYINT;
                    case 2 -> SMALLINT;
                    case 4 -> INT;
                    default -> BIGINT;
                };
            case FLT4 -> REAL;
            case FLT8 -> FLOAT;
            case FLTN -> info.maxLength() == 4 ? REAL : FLOAT;
            case MONEY4 -> SMALLMONEY;
            case MONEY -> MONEY;
            case MONEYN -> info.maxLength() == 4 ? SMALLMONEY : MONEY;
            case DATETIM4 -> SMALLDATETIME;
            case DATETIME -> DATETIME;
            case DATETIMEN -> info.maxLength() == 4 ? SMALLDATETIME : DATETIME;
            case DECIMAL, DECIMALN -> decimal(info.precision(), info.scale());
            case NUMERIC, NUMERICN -> numeric(info.precision(), info.scale());
            case GUID -> UNIQUEIDENTIFIER;
            case DATEN -> DATE;
            case TIMEN -> time(info.scale());
            case DATETIME2N -> datetime2(info.scale());
            case DATETIMEOFFSETN -> datetimeoffset(info.scale());
            case CHAR, BIGCHAR -> sized(TypeKind.CHAR, Math.max(1, info.maxLength()));
            case VARCHAR, BIGVARCHAR -> info.isPlp() ? varchar(MAX) : varchar(Math.max(1, info.maxLength()));
            case NCHAR -> sized(TypeKind.NCHAR, Math.max(1, info.maxLength() / 2));
            case NVARCHAR -> info.isPlp() ? nvarchar(MAX) : nvarchar(Math.max(1, info.maxLength() / 2));
            case BINARY, BIGBINARY -> sized(TypeKind.BINARY, Math.max(1, info.maxLength()));
            case VARBINARY, BIGVARBINARY -> info.isPlp() ? varbinary(MAX) : varbinary(Math.max(1, info.maxLength()));
            case TEXT -> plain(TypeKind.TEXT);
            case NTEXT -> plain(TypeKind.NTEXT);
            case IMAGE -> plain(TypeKind.IMAGE);
            case XML -> XML;
            case JSON -> JSON;
            case SSVARIANT -> SQL_VARIANT;
            case VECTOR -> {
                if (info.scale() != VectorBytes.FLOAT32) {
                    throw unsupported(info);
                }
                yield vector(VectorBytes.dimensions(info));
            }
            case UDT, TVP -> throw unsupported(info);
        };
    }

    private static IllegalArgumentException unsupported(TypeInfo info) {
        return new IllegalArgumentException(
                info.toSql() + " values are not supported by this server: use another type");
    }

    /** The type as T-SQL writes it: {@code nvarchar(50)}, {@code decimal(18,2)}, {@code datetime2(3)}. */
    @Override
    public String toString() {
        return switch (kind) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, BINARY, VARBINARY ->
                kind.sqlName() + "(" + (isMax() ? "max" : length) + ")";
            case VECTOR -> kind.sqlName() + "(" + length + ")";
            case DECIMAL, NUMERIC -> kind.sqlName() + "(" + precision + "," + scale + ")";
            case TIME, DATETIME2, DATETIMEOFFSET -> kind.sqlName() + "(" + scale + ")";
            default -> kind.sqlName();
        };
    }
}
