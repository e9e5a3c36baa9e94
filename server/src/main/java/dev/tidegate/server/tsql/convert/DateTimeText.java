package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.Locale;

/** Writes dates and times in CONVERT's styles. Reading is {@link DateTimeReader}'s. */
final class DateTimeText {
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private DateTimeText() {}

    static Temporal parse(String text, SqlType to, int style) throws SqlServerException {
        checkCalendar(style);
        return new DateTimeReader(text.strip(), style).read(to);
    }

    /** Styles 130 and 131 are of the Hijri calendar: read as another they would give another day. */
    private static void checkCalendar(int style) throws SqlServerException {
        if (style == 130 || style == 131) {
            throw KnownError.UNSUPPORTED.exception("CONVERT with style " + style + " (Hijri calendar) is not supported by this server.");
        }
    }

    static String format(Temporal value, SqlType type, int style) throws SqlServerException {
        checkCalendar(style);
        boolean legacy = type.kind() == TypeKind.DATETIME || type.kind() == TypeKind.SMALLDATETIME;
        int effective = style == 0 && !legacy ? 121 : style;
        LocalDate date = date(value);
        LocalTime time = time(value);
        int digits = legacy ? (type.kind() == TypeKind.DATETIME ? 3 : 0) : type.scale();
        String datePart = date == null ? "" : date(date, effective);
        String timePart = time == null ? "" : time(time, effective, digits);
        String zone = value instanceof OffsetDateTime offset && !timePart.isEmpty() ? zone(offset, effective) : "";
        if (datePart.isEmpty() && timePart.isEmpty()) {
            throw KnownError.INVALID_STYLE.exception(style, type.kind().sqlName());
        }
        String between =
                datePart.isEmpty() || timePart.isEmpty() ? "" : effective == 126 || effective == 127 ? "T" : " ";
        return datePart + between + timePart + zone;
    }

    private static LocalDate date(Temporal value) {
        return switch (value) {
            case LocalDate date -> date;
            case LocalDateTime time -> time.toLocalDate();
            case OffsetDateTime time -> time.toLocalDate();
            default -> null;
        };
    }

    private static LocalTime time(Temporal value) {
        return switch (value) {
            case LocalTime time -> time;
            case LocalDateTime time -> time.toLocalTime();
            case OffsetDateTime time -> time.toLocalTime();
            default -> null;
        };
    }

    private static String date(LocalDate date, int style) {
        int y = date.getYear();
        int m = date.getMonthValue();
        int d = date.getDayOfMonth();
        String month = MONTHS[m - 1];
        String year = style >= 100 || style == 20 || style == 21 || style == 0 || style == 9 || style == 13
                ? pad(y, 4)
                : pad(y % 100, 2);
        return switch (style % 100) {
            case 0, 9 -> month + String.format(Locale.ROOT, " %2d ", d) + pad(y, 4);
            case 1, 10 ->
                pad(m, 2) + (style % 100 == 1 ? "/" : "-") + pad(d, 2) + (style % 100 == 1 ? "/" : "-") + year;
            case 2, 11 -> String.join(style % 100 == 2 ? "." : "/", year, pad(m, 2), pad(d, 2));
            case 3 -> String.join("/", pad(d, 2), pad(m, 2), year);
            case 4 -> String.join(".", pad(d, 2), pad(m, 2), year);
            case 5 -> String.join("-", pad(d, 2), pad(m, 2), year);
            case 6 -> pad(d, 2) + " " + month + " " + year;
            case 7 -> month + " " + pad(d, 2) + ", " + year;
            case 12 -> year + pad(m, 2) + pad(d, 2);
            case 13 -> pad(d, 2) + " " + month + " " + pad(y, 4);
            case 20, 21, 23, 25, 26, 27 -> String.join("-", pad(y, 4), pad(m, 2), pad(d, 2));
            default -> "";
        };
    }

    private static String time(LocalTime time, int style, int digits) {
        String seconds = pad(time.getHour(), 2) + ":" + pad(time.getMinute(), 2) + ":" + pad(time.getSecond(), 2);
        return switch (style % 100) {
            case 0 -> twelve(time) + ":" + pad(time.getMinute(), 2) + half(time);
            case 9 ->
                twelve(time) + ":" + pad(time.getMinute(), 2) + ":" + pad(time.getSecond(), 2)
                        + fraction(time, digits, ":") + half(time);
            case 8, 20 -> seconds;
            case 13, 14 -> seconds + fraction(time, digits, digits == 3 ? ":" : ".");
            case 21, 25 -> seconds + fraction(time, digits, ".");
            case 26, 27 -> seconds + (time.getNano() == 0 ? "" : fraction(time, digits, "."));
            default -> "";
        };
    }

    private static String twelve(LocalTime time) {
        int hour = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
        return String.format(Locale.ROOT, "%2d", hour);
    }

    private static String half(LocalTime time) {
        return time.getHour() < 12 ? "AM" : "PM";
    }

    private static String fraction(LocalTime time, int digits, String separator) {
        if (digits == 0) {
            return "";
        }
        return separator + String.format(Locale.ROOT, "%09d", time.getNano()).substring(0, digits);
    }

    private static String zone(OffsetDateTime value, int style) {
        ZoneOffset offset = value.getOffset();
        int minutes = offset.getTotalSeconds() / 60;
        String text = (minutes < 0 ? "-" : "+") + pad(Math.abs(minutes) / 60, 2) + ":" + pad(Math.abs(minutes) % 60, 2);
        return style == 126 || style == 127 ? text : " " + text;
    }

    private static String pad(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
