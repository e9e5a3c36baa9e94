package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;

/** SQL Server's types as users name them, each with its JDBC type code and the class that {@code getObject} gives. */
public enum SqlKind {
    BIT("bit", Types.BIT, Boolean.class),
    TINYINT("tinyint", Types.TINYINT, Short.class),
    SMALLINT("smallint", Types.SMALLINT, Short.class),
    INT("int", Types.INTEGER, Integer.class),
    BIGINT("bigint", Types.BIGINT, Long.class),
    REAL("real", Types.REAL, Float.class),
    FLOAT("float", Types.DOUBLE, Double.class),
    DECIMAL("decimal", Types.DECIMAL, BigDecimal.class),
    NUMERIC("numeric", Types.NUMERIC, BigDecimal.class),
    MONEY("money", Types.DECIMAL, BigDecimal.class),
    SMALLMONEY("smallmoney", Types.DECIMAL, BigDecimal.class),
    DATE("date", Types.DATE, java.sql.Date.class),
    TIME("time", Types.TIME, java.sql.Time.class),
    SMALLDATETIME("smalldatetime", Types.TIMESTAMP, Timestamp.class),
    DATETIME("datetime", Types.TIMESTAMP, Timestamp.class),
    DATETIME2("datetime2", Types.TIMESTAMP, Timestamp.class),
    DATETIMEOFFSET("datetimeoffset", Types.TIMESTAMP_WITH_TIMEZONE, OffsetDateTime.class),
    CHAR("char", Types.CHAR, String.class),
    VARCHAR("varchar", Types.VARCHAR, String.class),
    TEXT("text", Types.LONGVARCHAR, String.class),
    NCHAR("nchar", Types.NCHAR, String.class),
    NVARCHAR("nvarchar", Types.NVARCHAR, String.class),
    NTEXT("ntext", Types.LONGNVARCHAR, String.class),
    BINARY("binary", Types.BINARY, byte[].class),
    VARBINARY("varbinary", Types.VARBINARY, byte[].class),
    IMAGE("image", Types.LONGVARBINARY, byte[].class),
    UNIQUEIDENTIFIER("uniqueidentifier", Types.CHAR, String.class),
    XML("xml", Types.LONGNVARCHAR, String.class),
    JSON("json", Types.LONGNVARCHAR, String.class),
    UDT("udt", Types.VARBINARY, byte[].class),
    VECTOR("vector", Types.OTHER, float[].class),
    SQL_VARIANT("sql_variant", Types.OTHER, Object.class),
    NULL("null", Types.NULL, Object.class);

    private final String sqlName;
    private final int jdbcType;
    private final Class<?> javaClass;

    SqlKind(String sqlName, int jdbcType, Class<?> javaClass) {
        this.sqlName = sqlName;
        this.jdbcType = jdbcType;
        this.javaClass = javaClass;
    }

    public String sqlName() {
        return sqlName;
    }

    /** The constant of {@link Types}. */
    public int jdbcType() {
        return jdbcType;
    }

    public Class<?> javaClass() {
        return javaClass;
    }

    public boolean isInteger() {
        return this == TINYINT || this == SMALLINT || this == INT || this == BIGINT;
    }

    public boolean isNumeric() {
        return ordinal() >= TINYINT.ordinal() && ordinal() <= SMALLMONEY.ordinal();
    }

    public boolean isText() {
        return ordinal() >= CHAR.ordinal() && ordinal() <= NTEXT.ordinal() || this == XML || this == JSON;
    }

    public boolean isBinary() {
        return this == BINARY || this == VARBINARY || this == IMAGE || this == UDT;
    }

    public static SqlKind of(TypeInfo type) {
        int length = type.maxLength();
        return switch (type.type()) {
            case NULL -> NULL;
            case BIT, BITN -> BIT;
            case INT1 -> TINYINT;
            case INT2 -> SMALLINT;
            case INT4 -> INT;
            case INT8 -> BIGINT;
            case INTN -> length == 1 ? TINYINT : length == 2 ? SMALLINT : length == 4 ? INT : BIGINT;
            case FLT4 -> REAL;
            case FLT8 -> FLOAT;
            case FLTN -> length == 4 ? REAL : FLOAT;
            case MONEY -> MONEY;
            case MONEY4 -> SMALLMONEY;
            case MONEYN -> length == 4 ? SMALLMONEY : MONEY;
            case DATETIM4 -> SMALLDATETIME;
            case DATETIME -> DATETIME;
            case DATETIMEN -> length == 4 ? SMALLDATETIME : DATETIME;
            case DECIMAL, DECIMALN -> DECIMAL;
            case NUMERIC, NUMERICN -> NUMERIC;
            case GUID -> UNIQUEIDENTIFIER;
            case DATEN -> DATE;
            case TIMEN -> TIME;
            case DATETIME2N -> DATETIME2;
            case DATETIMEOFFSETN -> DATETIMEOFFSET;
            case CHAR, BIGCHAR -> CHAR;
            case VARCHAR, BIGVARCHAR -> VARCHAR;
            case NCHAR -> NCHAR;
            case NVARCHAR -> NVARCHAR;
            case BINARY, BIGBINARY -> BINARY;
            case VARBINARY, BIGVARBINARY -> VARBINARY;
            case TEXT -> TEXT;
            case NTEXT -> NTEXT;
            case IMAGE -> IMAGE;
            case XML -> XML;
            case JSON -> JSON;
            case UDT -> UDT;
            case VECTOR -> VECTOR;
            case SSVARIANT -> SQL_VARIANT;
            case TVP -> throw new IllegalArgumentException("a table-valued parameter is no column type");
        };
    }
}
