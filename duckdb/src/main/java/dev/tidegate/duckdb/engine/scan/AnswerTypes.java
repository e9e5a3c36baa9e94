package dev.tidegate.duckdb.engine.scan;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.sql.SQLException;
import java.util.List;

/** Whether the answer of a request can be read as what DuckDB was told of it, before it was sent. */
public final class AnswerTypes {
    private AnswerTypes() {}

    /** The server's answer has other types than the translation expects. Nothing was read of it. */
    public static final class UnexpectedAnswerException extends SQLException {
        private static final long serialVersionUID = 1L;

        UnexpectedAnswerException(TypeInfo expected, TypeInfo found) {
            super(
                    "the server answers with " + found.toSql() + " where " + expected.toSql()
                            + " was expected; SET mssql_query_pushdown = off, and run the statement again",
                    "42804");
        }
    }

    static void check(List<Column> expected, List<Column> found) throws UnexpectedAnswerException {
        for (int i = 0; i < expected.size(); i++) {
            if (!isReadAs(expected.get(i).type(), found.get(i).type())) {
                throw new UnexpectedAnswerException(
                        expected.get(i).type(), found.get(i).type());
            }
        }
    }

    /** Every value of {@code found} is one that {@code expected} has, and arrives in the same form. */
    private static boolean isReadAs(TypeInfo expected, TypeInfo found) {
        SqlTypeName type = expected.sqlType();
        SqlTypeName other = found.sqlType();
        return switch (type) {
            case TINYINT, SMALLINT, INT, BIGINT -> isWhole(other) && wholeDigits(other) <= wholeDigits(type);
            case DECIMAL, NUMERIC, MONEY, SMALLMONEY ->
                precision(found) > 0 && precision(found) <= precision(expected) && scale(found) == scale(expected);
            case REAL, FLOAT -> other == type || other == SqlTypeName.REAL;
            case CHAR, VARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT -> isText(other);
            case BINARY, VARBINARY -> other == SqlTypeName.BINARY || other == SqlTypeName.VARBINARY;
            case TIME, DATETIME2, DATETIMEOFFSET -> other == type && found.scale() <= expected.scale();
            default -> other == type;
        };
    }

    private static boolean isWhole(SqlTypeName type) {
        return wholeDigits(type) > 0;
    }

    private static int wholeDigits(SqlTypeName type) {
        return switch (type) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT -> 10;
            case BIGINT -> 19;
            default -> 0;
        };
    }

    private static boolean isText(SqlTypeName type) {
        return switch (type) {
            case CHAR, VARCHAR, NCHAR, NVARCHAR, TEXT, NTEXT -> true;
            default -> false;
        };
    }

    private static int precision(TypeInfo type) {
        return switch (type.sqlType()) {
            case DECIMAL, NUMERIC -> type.precision();
            case MONEY -> 19;
            case SMALLMONEY -> 10;
            default -> 0;
        };
    }

    private static int scale(TypeInfo type) {
        return type.sqlType() == SqlTypeName.MONEY || type.sqlType() == SqlTypeName.SMALLMONEY ? 4 : type.scale();
    }
}
