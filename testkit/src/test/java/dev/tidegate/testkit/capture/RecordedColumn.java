package dev.tidegate.testkit.capture;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.util.Locale;
import java.util.Map;

/** Compares a decoded column with the text that a recording client wrote for it. */
final class RecordedColumn {
    /** Tedious names tokens as [MS-TDS] does, with few exceptions. */
    private static final Map<DataType, String> TOKEN_NAMES = Map.of(
            DataType.BIGVARCHAR, "varchar",
            DataType.BIGVARBINARY, "varbinary",
            DataType.BIGBINARY, "binary",
            DataType.FLTN, "floatn",
            DataType.GUID, "uniqueidentifier",
            DataType.DATEN, "date",
            DataType.TIMEN, "time",
            DataType.DATETIME2N, "datetime2",
            DataType.DATETIMEOFFSETN, "datetimeoffset");

    private RecordedColumn() {}

    static boolean matches(Column column, String text) {
        return text.equals(column.name() + " " + jdbcType(column.type()))
                || text.equalsIgnoreCase(
                        column.name() + " " + tokenName(column.type().type()));
    }

    /** Compares the types only. */
    static boolean typeMatches(Column column, String text) {
        return text.endsWith(" " + jdbcType(column.type()));
    }

    private static String tokenName(DataType type) {
        return TOKEN_NAMES.getOrDefault(type, type.name().toLowerCase(Locale.ROOT));
    }

    /** Type, precision and scale as the metadata of both JDBC drivers tells them. */
    private static String jdbcType(TypeInfo type) {
        SqlTypeName sql = type.sqlType();
        int scale = type.scale();
        int fraction = scale == 0 ? 0 : scale + 1;
        int precision = switch (sql) {
            case BIT -> 1;
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INT, SMALLMONEY -> 10;
            case BIGINT, MONEY -> 19;
            case REAL -> 7;
            case FLOAT -> 15;
            case DATE -> 10;
            case TIME -> 8 + fraction;
            case SMALLDATETIME -> 16;
            case DATETIME -> 23;
            case DATETIME2 -> 19 + fraction;
            case DATETIMEOFFSET -> 26 + fraction;
            case UNIQUEIDENTIFIER -> 36;
            case SQL_VARIANT -> 0;
            case NCHAR, NVARCHAR -> type.isPlp() ? Integer.MAX_VALUE / 2 : type.maxLength() / 2;
            case NTEXT, XML -> Integer.MAX_VALUE / 2;
            case DECIMAL, NUMERIC -> type.precision();
            default -> type.isPlp() ? Integer.MAX_VALUE : type.maxLength();
        };
        int shownScale = switch (sql) {
            case MONEY, SMALLMONEY -> 4;
            case DATETIME -> 3;
            default -> scale;
        };
        String name = sql == SqlTypeName.DECIMAL ? "decimal" : sql.sqlName();
        return name + "(" + precision + "," + shownScale + ")";
    }
}
