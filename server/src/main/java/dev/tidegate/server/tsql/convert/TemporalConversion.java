package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;

/** Conversions to the date and time types, and their rounding. */
public final class TemporalConversion {
    static final LocalDate EPOCH = LocalDate.of(1900, 1, 1);
    private static final LocalDateTime FIRST_DATETIME = LocalDateTime.of(1753, 1, 1, 0, 0);
    private static final LocalDateTime LAST_SMALL = LocalDateTime.of(2079, 6, 6, 23, 59);
    private static final LocalDateTime END = LocalDateTime.of(10000, 1, 1, 0, 0);
    private static final LocalDateTime START = LocalDateTime.of(1, 1, 1, 0, 0);
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private TemporalConversion() {}

    static Object toTemporal(Object value, SqlType from, SqlType to, int style) throws SqlServerException {
        if (value instanceof String text) {
            return fit(DateTimeText.parse(text, to, style), to, true);
        }
        if (value instanceof Temporal temporal) {
            return fit(temporal, to, false);
        }
        if (value instanceof Number || value instanceof Boolean) {
            if (to.kind() == TypeKind.DATETIME || to.kind() == TypeKind.SMALLDATETIME) {
                Object days = NumberConversion.toNumber(value, from, SqlType.decimal(38, 12));
                return fit(ofDays((BigDecimal) days), to, false);
            }
        }
        throw Conversion.notAllowed(from, to);
    }

    private static LocalDateTime ofDays(BigDecimal days) throws SqlServerException {
        if (days.abs().compareTo(BigDecimal.valueOf(3_000_000)) > 0) {
            throw KnownError.OVERFLOW_CONVERTING.exception("expression", "datetime");
        }
        BigDecimal whole = days.setScale(0, RoundingMode.FLOOR);
        long nanos =
                days.subtract(whole).multiply(BigDecimal.valueOf(DAY_NANOS)).longValue();
        return EPOCH.plusDays(whole.longValue()).atStartOfDay().plusNanos(nanos);
    }

    static BigDecimal daysSince1900(LocalDateTime time) {
        long days = ChronoUnit.DAYS.between(EPOCH, time.toLocalDate());
        return BigDecimal.valueOf(days)
                .add(BigDecimal.valueOf(time.toLocalTime().toNanoOfDay())
                        .divide(BigDecimal.valueOf(DAY_NANOS), 12, RoundingMode.HALF_UP));
    }

    /**
     * A date or time in the Java form, the rounding and the range of a type.
     *
     * @param text whether it came from text, which decides the error
     * @throws SqlServerException 241, 242 or 8115 if it is out of range
     */
    public static Object fit(Temporal value, SqlType to, boolean text) throws SqlServerException {
        LocalDateTime local = local(value);
        return switch (to.kind()) {
            case DATE -> local.toLocalDate();
            case TIME -> round(local, to.scale()).toLocalTime();
            case DATETIME2 -> ranged(round(local, to.scale()), START, END, to, text);
            case DATETIME -> ranged(roundToDatetime(local), FIRST_DATETIME, END, to, text);
            case SMALLDATETIME ->
                ranged(roundToMinute(local), EPOCH.atStartOfDay(), LAST_SMALL.plusMinutes(1), to, text);
            default -> {
                ZoneOffset offset = value instanceof OffsetDateTime time ? time.getOffset() : ZoneOffset.UTC;
                yield ranged(round(local, to.scale()), START, END, to, text).atOffset(offset);
            }
        };
    }

    private static LocalDateTime local(Temporal value) {
        return switch (value) {
            case LocalDateTime time -> time;
            case OffsetDateTime time -> time.toLocalDateTime();
            case LocalDate date -> date.atStartOfDay();
            case LocalTime time -> EPOCH.atTime(time);
            default -> throw new IllegalArgumentException("not a date or time: " + value.getClass());
        };
    }

    private static LocalDateTime round(LocalDateTime value, int scale) {
        long unit = (long) Math.pow(10, 9 - scale);
        long rest = value.getNano() % unit;
        return rest == 0 ? value : value.plusNanos(rest * 2 >= unit ? unit - rest : -rest);
    }

    /** Rounds to 1/300 s, shown in milliseconds that end in 0, 3 or 7. */
    private static LocalDateTime roundToDatetime(LocalDateTime value) {
        long nanos = value.getNano();
        long ticks = Math.round(nanos * 300 / 1e9);
        long millis = (ticks * 10 + 1) / 3;
        return value.minusNanos(nanos).plusNanos(millis * 1_000_000);
    }

    private static LocalDateTime roundToMinute(LocalDateTime value) {
        LocalDateTime rounded = roundToDatetime(value);
        LocalDateTime minute = rounded.truncatedTo(ChronoUnit.MINUTES);
        long millis = ChronoUnit.MILLIS.between(minute, rounded);
        return millis > 29_998 ? minute.plusMinutes(1) : minute;
    }

    private static LocalDateTime ranged(
            LocalDateTime value, LocalDateTime first, LocalDateTime end, SqlType to, boolean text)
            throws SqlServerException {
        if (!value.isBefore(first) && value.isBefore(end)) {
            return value;
        }
        throw text
                ? KnownError.DATE_OUT_OF_RANGE.exception("varchar", to.kind().sqlName())
                : KnownError.OVERFLOW_CONVERTING.exception("expression", to.kind().sqlName());
    }
}
