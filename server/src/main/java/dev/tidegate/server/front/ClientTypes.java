package dev.tidegate.server.front;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.DataType;
import dev.tidegate.tds.type.TypeInfo;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a client of an older version, or without a feature, gets in place of a type that it does not know: dates and times as nvarchar
 * before 7.3, {@code (max)} types as text, ntext and image before 7.2, json and vector as text, UTF-8 as UTF-16. Immutable.
 */
final class ClientTypes {
    private static final int LARGEST = Integer.MAX_VALUE;

    private final boolean dateTypes;
    private final boolean maxTypes;
    private final boolean utf8;

    ClientTypes(TdsVersion version, boolean utf8) {
        this.dateTypes = version.atLeast(TdsVersion.V7_3A);
        this.maxTypes = version.atLeast(TdsVersion.V7_2);
        this.utf8 = utf8;
    }

    TypeInfo type(TypeInfo type) {
        TypeInfo known = switch (type.type()) {
            case DATEN -> dateTypes ? type : nvarchar(10);
            case TIMEN -> dateTypes ? type : nvarchar(8 + fraction(type));
            case DATETIME2N -> dateTypes ? type : nvarchar(19 + fraction(type));
            case DATETIMEOFFSETN -> dateTypes ? type : nvarchar(26 + fraction(type));
            case JSON, VECTOR -> nvarchar(TypeInfo.PLP);
            case BIGCHAR, BIGVARCHAR, TEXT -> utf8 || !type.collation().isUtf8() ? type : utf16(type);
            default -> type;
        };
        return maxTypes ? known : withoutMaxTypes(known);
    }

    /** The value as the client's type for {@code type} takes it. */
    Object value(TypeInfo type, Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.type()) {
            case DATEN -> dateTypes ? value : ((LocalDate) value).toString();
            case TIMEN -> dateTypes ? value : time(type.scale()).format((LocalTime) value);
            case DATETIME2N -> dateTypes ? value : dateTime(type.scale()).format((LocalDateTime) value);
            case DATETIMEOFFSETN -> dateTypes ? value : withOffset(type.scale()).format((OffsetDateTime) value);
            case VECTOR -> Arrays.toString((float[]) value).replace(" ", "");
            default -> value;
        };
    }

    private static TypeInfo withoutMaxTypes(TypeInfo type) {
        if (!type.isPlp()) {
            return type;
        }
        return switch (type.type()) {
            case BIGVARCHAR -> new TypeInfo(DataType.TEXT, LARGEST, 0, 0, type.collation(), null);
            case NVARCHAR -> new TypeInfo(DataType.NTEXT, LARGEST, 0, 0, type.collation(), null);
            case XML -> new TypeInfo(DataType.NTEXT, LARGEST, 0, 0, Collation.DEFAULT, null);
            default -> new TypeInfo(DataType.IMAGE, LARGEST, 0, 0, null, null);
        };
    }

    private static TypeInfo utf16(TypeInfo type) {
        boolean large = type.isPlp() || type.maxLength() > 4000;
        return TypeInfo.nvarchar(large ? TypeInfo.PLP : type.maxLength(), type.collation());
    }

    private static TypeInfo nvarchar(int chars) {
        return TypeInfo.nvarchar(chars, Collation.DEFAULT);
    }

    /** Characters that a fraction of a second takes, point included. */
    private static int fraction(TypeInfo type) {
        return type.scale() == 0 ? 0 : type.scale() + 1;
    }

    private static DateTimeFormatter time(int scale) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss");
        if (scale > 0) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, scale, scale, true);
        }
        return builder.toFormatter(Locale.ROOT);
    }

    private static DateTimeFormatter dateTime(int scale) {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(' ')
                .append(time(scale))
                .toFormatter(Locale.ROOT);
    }

    private static DateTimeFormatter withOffset(int scale) {
        return new DateTimeFormatterBuilder()
                .append(dateTime(scale))
                .appendLiteral(' ')
                .appendOffset("+HH:MM", "+00:00")
                .toFormatter(Locale.ROOT);
    }
}
