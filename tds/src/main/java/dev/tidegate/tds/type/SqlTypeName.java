package dev.tidegate.tds.type;

/**
 * The types of T-SQL. Several type tokens may carry one of them, and one token several: INTN with a length of 4 and INT4 are both
 * {@link #INT}. {@link TypeInfo#sqlType()} tells.
 */
public enum SqlTypeName {
    NULL("null"),
    BIT("bit"),
    TINYINT("tinyint"),
    SMALLINT("smallint"),
    INT("int"),
    BIGINT("bigint"),
    REAL("real"),
    FLOAT("float"),
    DECIMAL("decimal"),
    NUMERIC("numeric"),
    SMALLMONEY("smallmoney"),
    MONEY("money"),
    DATE("date"),
    TIME("time"),
    SMALLDATETIME("smalldatetime"),
    DATETIME("datetime"),
    DATETIME2("datetime2"),
    DATETIMEOFFSET("datetimeoffset"),
    CHAR("char"),
    VARCHAR("varchar"),
    TEXT("text"),
    NCHAR("nchar"),
    NVARCHAR("nvarchar"),
    NTEXT("ntext"),
    BINARY("binary"),
    VARBINARY("varbinary"),
    IMAGE("image"),
    UNIQUEIDENTIFIER("uniqueidentifier"),
    XML("xml"),
    UDT("udt"),
    JSON("json"),
    VECTOR("vector"),
    SQL_VARIANT("sql_variant"),
    TABLE("table");

    private final String sqlName;

    SqlTypeName(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The name in T-SQL. */
    public String sqlName() {
        return sqlName;
    }

    /** Text in UTF-16 on the wire. */
    public boolean isUnicode() {
        return this == NCHAR || this == NVARCHAR || this == NTEXT || this == XML;
    }

    /** Text of any kind: the Java form is a String. */
    public boolean isText() {
        switch (this) {
            case CHAR:
            case VARCHAR:
            case TEXT:
            case NCHAR:
            case NVARCHAR:
            case NTEXT:
            case XML:
            case JSON:
                return true;
            default:
                return false;
        }
    }

    /** Bytes: the Java form is a byte array. */
    public boolean isBinary() {
        return this == BINARY || this == VARBINARY || this == IMAGE || this == UDT;
    }

    /**
     * The type that a token with this declared length stands for.
     *
     * @throws IllegalArgumentException if the token has no type of that length
     */
    static SqlTypeName of(DataType token, int length) {
        switch (token) {
            case NULL:
                return NULL;
            case BIT:
            case BITN:
                return BIT;
            case INT1:
                return TINYINT;
            case INT2:
                return SMALLINT;
            case INT4:
                return INT;
            case INT8:
                return BIGINT;
            case INTN:
                return bySize(token, length, TINYINT, SMALLINT, INT, BIGINT);
            case FLT4:
                return REAL;
            case FLT8:
                return FLOAT;
            case FLTN:
                return bySize(token, length, null, null, REAL, FLOAT);
            case MONEY4:
                return SMALLMONEY;
            case MONEY:
                return MONEY;
            case MONEYN:
                return bySize(token, length, null, null, SMALLMONEY, MONEY);
            case DATETIM4:
                return SMALLDATETIME;
            case DATETIME:
                return DATETIME;
            case DATETIMEN:
                return bySize(token, length, null, null, SMALLDATETIME, DATETIME);
            case DECIMAL:
            case DECIMALN:
                return DECIMAL;
            case NUMERIC:
            case NUMERICN:
                return NUMERIC;
            case DATEN:
                return DATE;
            case TIMEN:
                return TIME;
            case DATETIME2N:
                return DATETIME2;
            case DATETIMEOFFSETN:
                return DATETIMEOFFSET;
            case GUID:
                return UNIQUEIDENTIFIER;
            case SSVARIANT:
                return SQL_VARIANT;
            case TVP:
                return TABLE;
            case VECTOR:
                return VECTOR;
            default:
                return ofText(token);
        }
    }

    private static SqlTypeName ofText(DataType token) {
        switch (token) {
            case CHAR:
            case BIGCHAR:
                return CHAR;
            case VARCHAR:
            case BIGVARCHAR:
                return VARCHAR;
            case NCHAR:
                return NCHAR;
            case NVARCHAR:
                return NVARCHAR;
            case BINARY:
            case BIGBINARY:
                return BINARY;
            case VARBINARY:
            case BIGVARBINARY:
                return VARBINARY;
            case TEXT:
                return TEXT;
            case NTEXT:
                return NTEXT;
            case IMAGE:
                return IMAGE;
            case XML:
                return XML;
            case UDT:
                return UDT;
            case JSON:
                return JSON;
            default:
                throw new IllegalArgumentException("type token " + token + " is not a type of T-SQL");
        }
    }

    private static SqlTypeName bySize(
            DataType token, int length, SqlTypeName one, SqlTypeName two, SqlTypeName four, SqlTypeName eight) {
        SqlTypeName found = length == 1 ? one : length == 2 ? two : length == 4 ? four : length == 8 ? eight : null;
        if (found == null) {
            throw new IllegalArgumentException("type token " + token + " has no type of " + length + " bytes");
        }
        return found;
    }
}
