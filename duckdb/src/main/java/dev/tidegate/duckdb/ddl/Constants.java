package dev.tidegate.duckdb.ddl;

import dev.tidegate.client.TableName;
import dev.tidegate.tds.type.TypeInfo;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/** Values as T-SQL writes them in what takes no parameters. */
final class Constants {
    private Constants() {}

    /** @param value in the Java form of {@code dev.tidegate.tds.type.ValueCodec} */
    static String of(TypeInfo type, Object value) {
        if (value == null) {
            return "CAST(NULL AS " + type.toSql() + ")";
        }
        return switch (type.sqlType()) {
            case NVARCHAR, NCHAR -> TableName.literal((String) value);
            case INT -> value.toString();
            case BIT -> "CAST(" + (Boolean.TRUE.equals(value) ? 1 : 0) + " AS bit)";
            case BINARY, VARBINARY -> "0x" + HexFormat.of().formatHex((byte[]) value);
            case TINYINT, SMALLINT, BIGINT, DECIMAL, NUMERIC, MONEY, SMALLMONEY, REAL, FLOAT ->
                "CAST(" + number(value) + " AS " + type.toSql() + ")";
            default -> "CAST(" + TableName.literal(text(value)) + " AS " + type.toSql() + ")";
        };
    }

    private static String number(Object value) {
        return value instanceof java.math.BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    /** In the forms that mean the same under every language and date format of a session. */
    private static String text(Object value) {
        if (value instanceof LocalDateTime time) {
            return time.toLocalDate() + "T" + time.toLocalTime();
        }
        return value instanceof OffsetDateTime time
                ? time.toLocalDate() + "T" + time.toLocalTime()
                        + time.getOffset().getId().replace("Z", "+00:00")
                : value.toString();
    }
}
