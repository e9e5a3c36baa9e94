package dev.tidegate.server.h2.routine;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.convert.CodePageText;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.convert.StoredVariant;
import dev.tidegate.server.tsql.convert.VectorConversion;
import dev.tidegate.server.tsql.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.h2.value.ValueUuid;

/** Takes H2's values in the Java forms of SQL Server's types. Stateless. */
public final class JavaForm {
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private JavaForm() {}

    /**
     * @return the value in the Java form of the type, rounded to its scale and padded to its length
     * @throws org.h2.message.DbException (unchecked) if H2 cannot convert the value, for instance a sum that is beyond int
     */
    public static Object of(Value value, SqlType type) throws SqlServerException {
        if (value == null || value == ValueNull.INSTANCE) {
            return null;
        }
        return switch (type.kind()) {
            case BIT -> value.getBoolean();
            case TINYINT -> tinyint(value.getInt());
            case SMALLINT -> value.getShort();
            case INT -> value.getInt();
            case BIGINT -> value.getLong();
            case REAL -> (float) finite(value.getFloat(), type);
            case FLOAT -> finite(value.getDouble(), type);
            case DECIMAL, NUMERIC -> decimal(value.getBigDecimal(), type.scale());
            case MONEY -> money(value.getBigDecimal(), 63, type);
            case SMALLMONEY -> money(value.getBigDecimal(), 31, type);
            case DATE -> date(JSR310Utils.valueToLocalDate(value, null), type);
            case TIME -> JSR310Utils.valueToLocalTime(value, null);
            case DATETIME, SMALLDATETIME, DATETIME2 -> {
                LocalDateTime time = JSR310Utils.valueToLocalDateTime(value, null);
                date(time.toLocalDate(), type);
                yield time;
            }
            case DATETIMEOFFSET -> {
                OffsetDateTime time = JSR310Utils.valueToOffsetDateTime(value, null);
                date(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate(), type);
                yield time;
            }
            case UNIQUEIDENTIFIER -> uuid(value);
            case CHAR, NCHAR, VARCHAR, NVARCHAR, TEXT, NTEXT, XML, JSON -> text(value.getString(), type);
            case VECTOR -> VectorConversion.read(value.getBytes());
            case SQL_VARIANT -> StoredVariant.read(value.getBytes());
            case BINARY, VARBINARY, IMAGE, ROWVERSION -> value.getBytes();
        };
    }

    /** Text as a character type, xml or json has it. */
    public static String text(String text, SqlType type) {
        return switch (type.kind()) {
            case CHAR -> Conversion.fitText(CodePageText.of(text), type);
            case NCHAR -> Conversion.fitText(text, type);
            case VARCHAR -> longest(CodePageText.of(text), type);
            case NVARCHAR -> longest(text, type);
            case TEXT -> CodePageText.of(text);
            default -> text;
        };
    }

    /** As SQL Server cuts the results of {@code +} and of functions, where a type without (max) can be no longer. */
    private static String longest(String text, SqlType type) {
        int most = type.kind().isNational() ? 4000 : 8000;
        return type.length() == most && text.length() > most ? text.substring(0, most) : text;
    }

    /** @throws SqlServerException 220 unless it is 0 to 255 */
    public static short tinyint(int value) throws SqlServerException {
        if (value < 0 || value > 255) {
            throw KnownError.OVERFLOW_VALUE.exception("tinyint", value);
        }
        return (short) value;
    }

    /** @throws SqlServerException 3623 or 8115 for what is no number of the type */
    public static double finite(double number, SqlType type) throws SqlServerException {
        if (Double.isNaN(number)) {
            throw KnownError.FLOATING_POINT.exception();
        }
        if (Double.isInfinite(number)) {
            throw overflow(type);
        }
        return number;
    }

    /** @throws SqlServerException 8115 if it has more bits */
    public static BigDecimal money(BigDecimal value, int bits, SqlType type) throws SqlServerException {
        BigDecimal rounded = decimal(value, 4);
        if (rounded.unscaledValue().bitLength() > bits) {
            throw overflow(type);
        }
        return rounded;
    }

    private static LocalDate date(LocalDate date, SqlType type) throws SqlServerException {
        day(date.toEpochDay(), type);
        return date;
    }

    /** @throws SqlServerException 8115 outside the years 1 to 9999 */
    public static int day(long epochDay, SqlType type) throws SqlServerException {
        if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
            throw overflow(type);
        }
        return (int) epochDay;
    }

    private static SqlServerException overflow(SqlType type) {
        return KnownError.OVERFLOW_CONVERTING.exception("expression", type.kind().sqlName());
    }

    /** Rounded to a scale. */
    public static BigDecimal decimal(BigDecimal value, int scale) {
        return value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
    }

    private static UUID uuid(Value value) {
        return value instanceof ValueUuid uuid ? uuid.getUuid() : UUID.fromString(value.getString());
    }
}
