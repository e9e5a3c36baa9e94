package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.catalog.model.TypeFacts;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;

/**
 * A type in the terms of ODBC, which the catalog procedures speak.
 *
 * @param dataType ODBC's number
 * @param length bytes of the value in a client's buffer
 * @param scale null where it has no meaning
 * @param radix 10 or 2 for numbers, else null
 * @param dateTimeSub 1 date, 3 timestamp, else null
 * @param octetLength bytes at most of character and binary types, else null
 */
record OdbcType(
        int dataType,
        int precision,
        int length,
        Integer scale,
        Integer radix,
        int sqlDataType,
        Integer dateTimeSub,
        Integer octetLength) {

    private static final int SQL_DATETIME = 9;

    /**
     * @param modern false for the procedures without a number in their name, to which the date types of SQL Server 2008 are text
     * @param odbcVersion 2 or 3: version 3 numbers the date types anew and counts the bits of float
     */
    static OdbcType of(SqlType type, boolean modern, int odbcVersion) {
        TypeKind kind = type.kind();
        int precision = TypeFacts.precision(type);
        int scale = TypeFacts.scale(type);
        boolean three = odbcVersion >= 3;
        return switch (kind) {
            case BIT -> number(-7, 1, 1, null, null);
            case TINYINT -> number(-6, 3, 1, 0, 10);
            case SMALLINT -> number(5, 5, 2, 0, 10);
            case INT -> number(4, 10, 4, 0, 10);
            case BIGINT -> number(-5, 19, 8, 0, 10);
            case REAL -> three ? number(7, 24, 4, null, 2) : number(7, 7, 4, null, 10);
            case FLOAT -> three ? number(6, 53, 8, null, 2) : number(6, 15, 8, null, 10);
            case DECIMAL, MONEY, SMALLMONEY -> number(3, precision, precision + 2, scale, 10);
            case NUMERIC -> number(2, precision, precision + 2, scale, 10);
            case DATETIME -> stamp(three, 23, 3);
            case SMALLDATETIME -> stamp(three, 16, 0);
            case DATE ->
                modern ? new OdbcType(three ? 91 : 9, 10, 6, null, null, SQL_DATETIME, 1, null) : text(-9, 10, 20);
            case TIME ->
                modern
                        ? new OdbcType(-154, precision, 12, scale, null, -154, null, null)
                        : text(-9, precision, precision * 2);
            case DATETIME2 ->
                modern
                        ? new OdbcType(three ? 93 : 11, precision, 16, scale, null, SQL_DATETIME, 3, null)
                        : text(-9, precision, precision * 2);
            case DATETIMEOFFSET ->
                modern
                        ? new OdbcType(-155, precision, 20, scale, null, -155, null, null)
                        : text(-9, precision, precision * 2);
            case CHAR -> text(1, type.length(), type.length());
            case VARCHAR ->
                type.isMax() ? text(12, Integer.MAX_VALUE, Integer.MAX_VALUE) : text(12, type.length(), type.length());
            case NCHAR -> text(-8, type.length(), type.length() * 2);
            case NVARCHAR ->
                type.isMax()
                        ? text(-9, Integer.MAX_VALUE / 2, Integer.MAX_VALUE - 1)
                        : text(-9, type.length(), type.length() * 2);
            case TEXT -> text(-1, Integer.MAX_VALUE, Integer.MAX_VALUE);
            case NTEXT -> text(-10, Integer.MAX_VALUE / 2, Integer.MAX_VALUE - 1);
            case XML -> modern ? text(-152, 0, 0) : text(-10, Integer.MAX_VALUE / 2, Integer.MAX_VALUE - 1);
            case VECTOR -> text(12, Integer.MAX_VALUE, Integer.MAX_VALUE);
            case JSON -> text(-9, Integer.MAX_VALUE / 2, Integer.MAX_VALUE - 1);
            case BINARY -> text(-2, type.length(), type.length());
            case VARBINARY ->
                type.isMax() ? text(-3, Integer.MAX_VALUE, Integer.MAX_VALUE) : text(-3, type.length(), type.length());
            case IMAGE -> text(-4, Integer.MAX_VALUE, Integer.MAX_VALUE);
            case ROWVERSION -> text(-2, 8, 8);
            case UNIQUEIDENTIFIER -> new OdbcType(-11, 36, 16, null, null, -11, null, null);
            case SQL_VARIANT -> new OdbcType(-150, 8000, 8000, null, null, -150, null, null);
        };
    }

    private static OdbcType number(int dataType, int precision, int length, Integer scale, Integer radix) {
        return new OdbcType(dataType, precision, length, scale, radix, dataType, null, null);
    }

    private static OdbcType stamp(boolean three, int precision, int scale) {
        return new OdbcType(three ? 93 : 11, precision, 16, scale, null, SQL_DATETIME, 3, null);
    }

    private static OdbcType text(int dataType, int precision, int length) {
        return new OdbcType(dataType, precision, length, null, null, dataType, null, length);
    }

    /** {@code SS_DATA_TYPE}: the number of the type in TDS 4.2, different where NULL is allowed. */
    static int oldNumber(TypeKind kind, boolean nullable) {
        return switch (kind) {
            case TINYINT -> nullable ? 38 : 48;
            case SMALLINT -> nullable ? 38 : 52;
            case INT -> nullable ? 38 : 56;
            case BIGINT -> nullable ? 108 : 63;
            case BIT -> 50;
            case REAL -> nullable ? 109 : 59;
            case FLOAT -> nullable ? 109 : 62;
            case MONEY -> nullable ? 110 : 60;
            case SMALLMONEY -> nullable ? 110 : 122;
            case DATETIME -> nullable ? 111 : 61;
            case SMALLDATETIME -> nullable ? 111 : 58;
            case DECIMAL -> 106;
            case NUMERIC -> 108;
            case CHAR, NCHAR -> nullable ? 39 : 47;
            case VARCHAR, NVARCHAR, SQL_VARIANT -> 39;
            case TEXT, NTEXT -> 35;
            case IMAGE -> 34;
            case BINARY, ROWVERSION -> nullable ? 37 : 45;
            case VARBINARY, UNIQUEIDENTIFIER -> 37;
            case DATE, TIME, DATETIME2, DATETIMEOFFSET, XML, JSON, VECTOR -> 0;
        };
    }
}
