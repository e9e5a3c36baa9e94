package dev.tidegate.jdbc.convert;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Dates and times as {@code java.time} values. A datetimeoffset gives its local fields; a value without an offset becomes one in UTC, as the
 * server itself converts it.
 */
final class TemporalConversion {
    static final LocalDate EPOCH = LocalDate.EPOCH;

    /** {@code yyyy-mm-dd}, a time, or both separated by a space or T, and perhaps an offset: what the server prints, and ISO 8601. A 30th of February is an error. */
    private static final DateTimeFormatter LENIENT = new DateTimeFormatterBuilder()
            .optionalStart()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalEnd()
            .optionalStart()
            .appendLiteral('T')
            .optionalEnd()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendPattern("HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .optionalEnd()
            .optionalEnd()
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private TemporalConversion() {}

    static LocalDate toLocalDate(Cell cell) throws SQLException {
        Object value = parsed(cell, "a date");
        if (value instanceof LocalDate date) {
            return date;
        }
        if (value instanceof LocalDateTime both) {
            return both.toLocalDate();
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toLocalDate();
        }
        throw cell.unconvertible("a date");
    }

    static LocalTime toLocalTime(Cell cell) throws SQLException {
        Object value = parsed(cell, "a time");
        if (value instanceof LocalTime time) {
            return time;
        }
        if (value instanceof LocalDateTime both) {
            return both.toLocalTime();
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toLocalTime();
        }
        throw cell.unconvertible("a time");
    }

    static LocalDateTime toLocalDateTime(Cell cell) throws SQLException {
        Object value = parsed(cell, "a timestamp");
        if (value instanceof LocalDateTime both) {
            return both;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof LocalTime time) {
            return EPOCH.atTime(time);
        }
        if (value instanceof OffsetDateTime moment) {
            return moment.toLocalDateTime();
        }
        throw cell.unconvertible("a timestamp");
    }

    static OffsetDateTime toOffsetDateTime(Cell cell) throws SQLException {
        Object value = parsed(cell, "a timestamp with an offset");
        if (value instanceof OffsetDateTime moment) {
            return moment;
        }
        return toLocalDateTime(cell).atOffset(ZoneOffset.UTC);
    }

    /** Local fields for a legacy class that shows an instant in {@code zone}: only a datetimeoffset knows its instant. */
    static LocalDateTime inZone(Cell cell, ZoneId zone) throws SQLException {
        Object value = parsed(cell, "a timestamp");
        if (value instanceof OffsetDateTime moment) {
            return moment.atZoneSameInstant(zone).toLocalDateTime();
        }
        return toLocalDateTime(cell);
    }

    private static Object parsed(Cell cell, String target) throws SQLException {
        if (!(cell.value() instanceof String text)) {
            return cell.value();
        }
        try {
            TemporalAccessor fields = LENIENT.parse(text.strip());
            LocalDate date = fields.query(TemporalQueries.localDate());
            LocalTime time = fields.query(TemporalQueries.localTime());
            ZoneOffset offset = fields.query(TemporalQueries.offset());
            if (date != null && time != null) {
                LocalDateTime both = date.atTime(time);
                return offset == null ? both : both.atOffset(offset);
            }
            if (date != null || time != null) {
                return date != null ? date : time;
            }
        } catch (DateTimeException e) {
            SQLException failure = cell.malformed(target);
            failure.initCause(e);
            throw failure;
        }
        throw cell.malformed(target);
    }
}
