package dev.tidegate.jdbc.convert;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;

/**
 * The java.sql date classes, which are instants dressed as local fields. Without a calendar the fields are those of the JVM's time zone;
 * with one, those of the calendar's. Fields are carried over as they stand, also those before the Gregorian calendar began.
 */
public final class LegacyTime {
    private LegacyTime() {}

    /** @param calendar may be null; is not changed */
    public static Date toDate(Cell cell, Calendar calendar) throws SQLException {
        LocalDate date = TemporalConversion.inZone(cell, zone(calendar)).toLocalDate();
        if (!(cell.value() instanceof String) && cell.kind() == SqlKind.TIME) {
            throw cell.unconvertible("a date");
        }
        return calendar == null ? Date.valueOf(date) : new Date(millis(date.atStartOfDay(), calendar));
    }

    /** Milliseconds are the most that the class shows. */
    public static Time toTime(Cell cell, Calendar calendar) throws SQLException {
        if (cell.kind() == SqlKind.DATE) {
            throw cell.unconvertible("a time");
        }
        LocalTime time = TemporalConversion.inZone(cell, zone(calendar)).toLocalTime();
        LocalDateTime onEpoch = TemporalConversion.EPOCH.atTime(time);
        return new Time(calendar == null ? Timestamp.valueOf(onEpoch).getTime() : millis(onEpoch, calendar));
    }

    /** @param calendar may be null; is not changed */
    public static Timestamp toTimestamp(Cell cell, Calendar calendar) throws SQLException {
        LocalDateTime both = TemporalConversion.inZone(cell, zone(calendar));
        if (calendar == null) {
            return Timestamp.valueOf(both);
        }
        Timestamp timestamp = new Timestamp(millis(both.withNano(0), calendar));
        timestamp.setNanos(both.getNano());
        return timestamp;
    }

    public static LocalDate of(Date date, Calendar calendar) {
        return calendar == null
                ? date.toLocalDate()
                : fields(date.getTime(), calendar).toLocalDate();
    }

    /** With milliseconds, which {@code Time.toLocalTime} drops. */
    public static LocalTime of(Time time, Calendar calendar) {
        return fields(time.getTime(), calendar == null ? new GregorianCalendar() : calendar)
                .toLocalTime();
    }

    public static LocalDateTime of(Timestamp timestamp, Calendar calendar) {
        return calendar == null
                ? timestamp.toLocalDateTime()
                : fields(timestamp.getTime(), calendar).withNano(timestamp.getNanos());
    }

    private static ZoneId zone(Calendar calendar) {
        return calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
    }

    /** Calendars of another kind, which some locales have by default, count other years: only their zone is meant. */
    private static Calendar gregorian(Calendar calendar) {
        return calendar.getCalendarType().equals("gregory")
                ? (Calendar) calendar.clone()
                : new GregorianCalendar(calendar.getTimeZone());
    }

    private static long millis(LocalDateTime local, Calendar calendar) {
        Calendar target = gregorian(calendar);
        target.clear();
        target.set(
                local.getYear(),
                local.getMonthValue() - 1,
                local.getDayOfMonth(),
                local.getHour(),
                local.getMinute(),
                local.getSecond());
        target.set(Calendar.MILLISECOND, local.getNano() / 1_000_000);
        return target.getTimeInMillis();
    }

    private static LocalDateTime fields(long millis, Calendar calendar) {
        Calendar source = gregorian(calendar);
        source.setTimeInMillis(millis);
        return LocalDateTime.of(
                source.get(Calendar.YEAR),
                source.get(Calendar.MONTH) + 1,
                source.get(Calendar.DAY_OF_MONTH),
                source.get(Calendar.HOUR_OF_DAY),
                source.get(Calendar.MINUTE),
                source.get(Calendar.SECOND),
                source.get(Calendar.MILLISECOND) * 1_000_000);
    }
}
