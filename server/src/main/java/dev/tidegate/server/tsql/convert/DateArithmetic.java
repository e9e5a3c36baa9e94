package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** DATEADD, DATEDIFF and DATEPART on local times; weeks begin on Sunday. Stateless. */
public final class DateArithmetic {
    private DateArithmetic() {}

    /** @throws SqlServerException 517 if the result is out of range */
    public static LocalDateTime add(DatePart part, long amount, LocalDateTime value) throws SqlServerException {
        try {
            LocalDateTime result = part == DatePart.QUARTER
                    ? value.plusMonths(Math.multiplyExact(3, amount))
                    : value.plus(amount, part.unit() == null ? ChronoUnit.DAYS : part.unit());
            if (result.getYear() >= 1 && result.getYear() <= 9999) {
                return result;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // refused below
        }
        throw KnownError.DATE_ADD_OVERFLOW.exception("datetime");
    }

    /** Boundaries of the part that lie between two times. */
    public static long difference(DatePart part, LocalDateTime start, LocalDateTime end) throws SqlServerException {
        return switch (part) {
            case YEAR -> end.getYear() - start.getYear();
            case QUARTER ->
                (end.getYear() - start.getYear()) * 4L + quarter(end.toLocalDate()) - quarter(start.toLocalDate());
            case MONTH -> (end.getYear() - start.getYear()) * 12L + end.getMonthValue() - start.getMonthValue();
            case WEEK -> ChronoUnit.WEEKS.between(sunday(start.toLocalDate()), sunday(end.toLocalDate()));
            case ISO_WEEK, TZOFFSET ->
                throw KnownError.DATEPART_NOT_FOR_DATEDIFF.exception(part.name().toLowerCase(java.util.Locale.ROOT));
            default -> {
                ChronoUnit unit = part.unit();
                yield unit == ChronoUnit.DAYS
                        ? ChronoUnit.DAYS.between(start.toLocalDate(), end.toLocalDate())
                        : unit.between(start.truncatedTo(unit), end.truncatedTo(unit));
            }
        };
    }

    private static int quarter(LocalDate date) {
        return date.get(IsoFields.QUARTER_OF_YEAR);
    }

    private static LocalDate sunday(LocalDate date) {
        return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    }

    /** @param offsetMinutes of a datetimeoffset, else 0 */
    public static int part(DatePart part, LocalDateTime value, int offsetMinutes) {
        LocalDate date = value.toLocalDate();
        LocalTime time = value.toLocalTime();
        return switch (part) {
            case YEAR -> date.getYear();
            case QUARTER -> quarter(date);
            case MONTH -> date.getMonthValue();
            case DAYOFYEAR -> date.getDayOfYear();
            case DAY -> date.getDayOfMonth();
            case WEEK -> (int) ChronoUnit.WEEKS.between(sunday(date.withDayOfYear(1)), sunday(date)) + 1;
            case ISO_WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case WEEKDAY -> date.getDayOfWeek().getValue() % 7 + 1;
            case HOUR -> time.getHour();
            case MINUTE -> time.getMinute();
            case SECOND -> time.getSecond();
            case MILLISECOND -> time.getNano() / 1_000_000;
            case MICROSECOND -> time.getNano() / 1_000;
            case NANOSECOND -> time.getNano();
            case TZOFFSET -> offsetMinutes;
        };
    }

    public static LocalDateTime truncate(DatePart part, LocalDateTime value) {
        LocalDate date = value.toLocalDate();
        return switch (part) {
            case YEAR -> date.withDayOfYear(1).atStartOfDay();
            case QUARTER ->
                date.withDayOfMonth(1).withMonth((quarter(date) - 1) * 3 + 1).atStartOfDay();
            case MONTH -> date.withDayOfMonth(1).atStartOfDay();
            case WEEK -> sunday(date).atStartOfDay();
            case ISO_WEEK ->
                date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
            case DAY, DAYOFYEAR, WEEKDAY, TZOFFSET -> date.atStartOfDay();
            default -> value.truncatedTo(part.unit());
        };
    }
}
