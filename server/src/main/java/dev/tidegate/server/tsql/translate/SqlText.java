package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.tsql.convert.StoredForm;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.tds.type.SqlVariant;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.UUID;

/** Writes names, types and constants in H2's SQL. */
public final class SqlText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT);

    private SqlText() {}

    public static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Without its N: H2 has one kind of string. */
    public static String string(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /**
     * The type that H2 keeps a value in. All text is VARCHAR_IGNORECASE, which compares as a case-insensitive collation does; tinyint,
     * which has no sign, is SMALLINT.
     */
    public static String type(SqlType type) {
        return switch (type.kind()) {
            case BIT -> "BOOLEAN";
            case TINYINT, SMALLINT -> "SMALLINT";
            case INT -> "INTEGER";
            case BIGINT -> "BIGINT";
            case REAL -> "REAL";
            case FLOAT -> "DOUBLE PRECISION";
            case DECIMAL, NUMERIC -> "NUMERIC(" + type.precision() + ", " + type.scale() + ")";
            case MONEY -> "NUMERIC(19, 4)";
            case SMALLMONEY -> "NUMERIC(10, 4)";
            case DATE -> "DATE";
            case TIME -> "TIME(" + type.scale() + ")";
            case DATETIME -> "TIMESTAMP(3)";
            case SMALLDATETIME -> "TIMESTAMP(0)";
            case DATETIME2 -> "TIMESTAMP(" + type.scale() + ")";
            case DATETIMEOFFSET -> "TIMESTAMP(" + type.scale() + ") WITH TIME ZONE";
            case CHAR, VARCHAR, NCHAR, NVARCHAR ->
                type.length() > 0 ? "VARCHAR_IGNORECASE(" + type.length() + ")" : "VARCHAR_IGNORECASE";
            case TEXT, NTEXT, XML, JSON -> "VARCHAR_IGNORECASE";
            case BINARY, VARBINARY -> type.length() > 0 ? "VARBINARY(" + type.length() + ")" : "VARBINARY";
            case ROWVERSION -> "VARBINARY(8)";
            case IMAGE, SQL_VARIANT, VECTOR -> "VARBINARY";
            case UNIQUEIDENTIFIER -> "UUID";
        };
    }

    public static String cast(String sql, SqlType type) {
        return "CAST(" + sql + " AS " + type(type) + ")";
    }

    /** @param value in the Java form of the type; null for NULL */
    public static String literal(Object value, SqlType type) {
        return switch (value) {
            case null -> cast("NULL", type);
            case Boolean bit -> bit ? "TRUE" : "FALSE";
            case Integer number -> number < 0 ? "(" + number + ")" : number.toString();
            case Short number -> cast(number.toString(), type);
            case Long number -> cast(number.toString(), type);
            case BigDecimal number -> cast(number.toPlainString(), type);
            case Double number -> cast("'" + number + "'", type);
            case Float number -> cast("'" + number + "'", type);
            case String text -> string(text);
            case LocalDate date -> "DATE '" + date + "'";
            case LocalTime time -> cast("'" + TIME.format(time) + "'", type);
            case LocalDateTime time -> cast("'" + time.toLocalDate() + " " + TIME.format(time) + "'", type);
            case OffsetDateTime time ->
                cast(
                        "'" + time.toLocalDate() + " " + TIME.format(time)
                                + time.getOffset().getId() + "'",
                        type);
            case UUID uuid -> cast("'" + uuid + "'", type);
            case SqlVariant variant -> literal(StoredForm.of(variant), type);
            case float[] vector -> literal(StoredForm.of(vector), type);
            case byte[] bytes -> "X'" + HexFormat.of().formatHex(bytes) + "'";
            default -> throw new IllegalArgumentException("no literal of " + value.getClass());
        };
    }
}
