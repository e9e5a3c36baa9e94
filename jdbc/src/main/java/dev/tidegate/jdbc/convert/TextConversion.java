package dev.tidegate.jdbc.convert;

import dev.tidegate.tds.type.TypeInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** The text of every value, with as many digits as the declared type has. */
final class TextConversion {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int NANO_DIGITS = 9;
    private static final int MAX_SCALE = 7;

    private TextConversion() {}

    /** @param type may be null: then times show the digits that they have */
    static String toText(Object value, TypeInfo type) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Boolean bit) {
            return bit ? "1" : "0";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof LocalDate date) {
            return date(date);
        }
        if (value instanceof LocalTime time) {
            return time(time, digits(time, type));
        }
        if (value instanceof LocalDateTime both) {
            return dateTime(both, type);
        }
        if (value instanceof OffsetDateTime moment) {
            LocalDateTime local = moment.toLocalDateTime();
            return date(local.toLocalDate()) + " " + time(local.toLocalTime(), digits(local.toLocalTime(), type)) + " "
                    + offset(moment);
        }
        if (value instanceof UUID uuid) {
            return uuid.toString().toUpperCase(Locale.ROOT);
        }
        if (value instanceof byte[] bytes) {
            return HEX.formatHex(bytes);
        }
        if (value instanceof float[] vector) {
            return Arrays.toString(vector);
        }
        return value.toString();
    }

    private static String dateTime(LocalDateTime value, TypeInfo type) {
        int digits = digits(value.toLocalTime(), type);
        LocalDateTime shown = value;
        if (type != null && SqlKind.of(type) == SqlKind.DATETIME) {
            // A datetime counts 1/300 s; the server shows the nearest millisecond.
            shown = value.plusNanos(500_000);
        }
        return date(shown.toLocalDate()) + " " + time(shown.toLocalTime(), digits);
    }

    private static int digits(LocalTime time, TypeInfo type) {
        if (type != null) {
            return Math.min(MAX_SCALE, TypeFacts.scale(type));
        }
        int digits = MAX_SCALE;
        int fraction = time.getNano() / 100;
        while (digits > 0 && fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        return digits;
    }

    private static String date(LocalDate date) {
        return date.toString();
    }

    private static String time(LocalTime time, int digits) {
        StringBuilder out = new StringBuilder(16);
        two(out, time.getHour()).append(':');
        two(out, time.getMinute()).append(':');
        two(out, time.getSecond());
        if (digits > 0) {
            String nanos = Integer.toString(1_000_000_000 + time.getNano()).substring(1);
            out.append('.').append(nanos, 0, Math.min(digits, NANO_DIGITS));
        }
        return out.toString();
    }

    private static String offset(OffsetDateTime moment) {
        int minutes = moment.getOffset().getTotalSeconds() / 60;
        StringBuilder out = new StringBuilder(6).append(minutes < 0 ? '-' : '+');
        two(out, Math.abs(minutes) / 60).append(':');
        return two(out, Math.abs(minutes) % 60).toString();
    }

    private static StringBuilder two(StringBuilder out, int number) {
        return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
