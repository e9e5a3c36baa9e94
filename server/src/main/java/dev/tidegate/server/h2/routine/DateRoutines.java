package dev.tidegate.server.h2.routine;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.convert.DateArithmetic;
import dev.tidegate.server.tsql.convert.DatePart;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/** Date functions of T-SQL. NULL arguments give NULL. */
public final class DateRoutines {
    private DateRoutines() {}

    public static LocalDateTime add(String part, Long amount, LocalDateTime value) throws RoutineException {
        if (amount == null || value == null) {
            return null;
        }
        try {
            return DateArithmetic.add(DatePart.of("dateadd", part), amount, value);
        } catch (SqlServerException e) {
            throw new RoutineException(e);
        }
    }

    public static OffsetDateTime addOffset(String part, Long amount, OffsetDateTime value) throws RoutineException {
        return amount == null || value == null
                ? null
                : add(part, amount, value.toLocalDateTime()).atOffset(value.getOffset());
    }

    public static Long difference(String part, LocalDateTime start, LocalDateTime end) throws RoutineException {
        if (start == null || end == null) {
            return null;
        }
        try {
            return DateArithmetic.difference(DatePart.of("datediff", part), start, end);
        } catch (SqlServerException e) {
            throw new RoutineException(e);
        }
    }

    public static Integer part(String part, LocalDateTime value, Integer offsetMinutes) throws RoutineException {
        if (value == null) {
            return null;
        }
        try {
            return DateArithmetic.part(DatePart.of("datepart", part), value, offsetMinutes == null ? 0 : offsetMinutes);
        } catch (SqlServerException e) {
            throw new RoutineException(e);
        }
    }

    public static String name(String part, LocalDateTime value, Integer offsetMinutes) throws RoutineException {
        if (value == null) {
            return null;
        }
        try {
            return switch (DatePart.of("datename", part)) {
                case MONTH -> value.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                case WEEKDAY -> value.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
                case TZOFFSET ->
                    ZoneOffset.ofTotalSeconds((offsetMinutes == null ? 0 : offsetMinutes) * 60)
                            .getId()
                            .replace("Z", "+00:00");
                default -> String.valueOf(part(part, value, offsetMinutes));
            };
        } catch (SqlServerException e) {
            throw new RoutineException(e);
        }
    }

    public static LocalDateTime truncate(String part, LocalDateTime value) throws RoutineException {
        if (value == null) {
            return null;
        }
        try {
            return DateArithmetic.truncate(DatePart.of("datetrunc", part), value);
        } catch (SqlServerException e) {
            throw new RoutineException(e);
        }
    }

    public static Integer offsetMinutes(OffsetDateTime value) {
        return value == null ? null : (Integer) (value.getOffset().getTotalSeconds() / 60);
    }

    public static LocalDate endOfMonth(LocalDate date, Integer months) {
        if (date == null) {
            return null;
        }
        LocalDate shifted = date.plusMonths(months == null ? 0 : months);
        return shifted.withDayOfMonth(shifted.lengthOfMonth());
    }

    public static LocalDate dateFromParts(Integer year, Integer month, Integer day) throws RoutineException {
        if (year == null || month == null || day == null) {
            return null;
        }
        try {
            if (year >= 1 && year <= 9999) {
                return LocalDate.of(year, month, day);
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw invalid("date");
    }

    public static LocalDateTime timestampFromParts(
            Integer year,
            Integer month,
            Integer day,
            Integer hour,
            Integer minute,
            Integer second,
            Integer fraction,
            Integer digits)
            throws RoutineException {
        LocalDate date = dateFromParts(year, month, day);
        if (date == null || hour == null || minute == null || second == null || fraction == null || digits == null) {
            return null;
        }
        return date.atTime(timeFromParts(hour, minute, second, fraction, digits));
    }

    public static LocalTime timeFromParts(
            Integer hour, Integer minute, Integer second, Integer fraction, Integer digits) throws RoutineException {
        if (hour == null || minute == null || second == null || fraction == null || digits == null) {
            return null;
        }
        try {
            long nanos = BigDecimal.valueOf(fraction).movePointRight(9 - digits).longValue();
            if (nanos >= 0 && nanos < 1_000_000_000) {
                return LocalTime.of(hour, minute, second, (int) nanos);
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw invalid("time");
    }

    private static RoutineException invalid(String type) {
        return new RoutineException(KnownError.DATE_PARTS_INVALID.exception(type));
    }

    public static OffsetDateTime switchOffset(OffsetDateTime value, String offset) throws RoutineException {
        return value == null || offset == null ? null : value.withOffsetSameInstant(offset(offset, "switchoffset"));
    }

    public static OffsetDateTime toOffset(LocalDateTime value, String offset) throws RoutineException {
        return value == null || offset == null ? null : value.atOffset(offset(offset, "todatetimeoffset"));
    }

    private static ZoneOffset offset(String text, String function) throws RoutineException {
        try {
            boolean minutes = text.matches("[+-]?\\d{1,3}");
            ZoneOffset offset = minutes ? ZoneOffset.ofTotalSeconds(Integer.parseInt(text) * 60) : ZoneOffset.of(text);
            if (Math.abs(offset.getTotalSeconds()) <= 14 * 3600) {
                return offset;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw new RoutineException(KnownError.TIMEZONE_ARGUMENT.exception(function));
    }
}
