package dev.tidegate.duckdb.push.translate;

import dev.tidegate.tds.type.SqlTypeName;
import dev.tidegate.tds.type.TypeInfo;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;

/** Where dates and times lie among the values of the server's types, each of which has its own finest step. */
final class TimeBounds {
    private static final long DAY = 86_400_000_000_000L;
    private static final long MINUTE = 60_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long MICROSECOND = 1_000L;

    /** What DuckDB has cut off of a value of 100 ns. */
    private static final long CUT = 900;

    /** Engines disagree about the calendar before; the first whole year of the present one. */
    private static final int FIRST_YEAR = 1583;

    private static final int LAST_YEAR = 9999;

    private TimeBounds() {}

    static Bounds<?> of(Scalar scalar, Literal literal) throws Untranslatable {
        try {
            return switch (scalar.sqlType()) {
                case TIME -> time(scalar, literal);
                case DATETIMEOFFSET -> instant(scalar, literal);
                default -> dateTime(scalar, literal);
            };
        } catch (DateTimeException e) {
            throw new Untranslatable("a date or time that is not of the usual form, or beyond what SQL Server has");
        }
    }

    private static Bounds<?> dateTime(Scalar scalar, Literal literal) throws Untranslatable {
        boolean onlyDates = scalar.duck().is("DATE")
                && (literal.cast() == null || literal.cast().is("DATE"));
        if (literal.cast() != null
                && !literal.cast().is("DATE")
                && !literal.cast().isTimestamp()) {
            throw new Untranslatable("a date is compared with " + literal.cast());
        }
        LocalDateTime at = onlyDates || literal.cast() != null && literal.cast().is("DATE")
                ? LocalDate.parse(literal.text()).atStartOfDay()
                : TimeLiteral.dateTime(literal.text());
        checkYear(at.getYear());
        LocalDateTime least = at.with(LocalTime.MIN).plusNanos(least(scalar, at.toLocalTime()));
        LocalDateTime greatest = at.with(LocalTime.MIN).plusNanos(greatest(scalar, at.toLocalTime()));
        checkYear(least.getYear());
        switch (scalar.sqlType()) {
            case DATE:
                return new Bounds<>(least.toLocalDate(), greatest.toLocalDate(), TypeInfo.date(), false);
            case SMALLDATETIME:
                // Of the constant's own step, but in a type that has no end so near.
                return new Bounds<>(least, greatest, TypeInfo.datetime2(0), false);
            case DATETIME:
                if (greatest.getYear() < 1753) {
                    throw new Untranslatable("a date before datetime begins");
                }
                return new Bounds<>(least, greatest, TypeInfo.datetime(), false);
            case DATETIME2:
                return new Bounds<>(
                        least, greatest, TypeInfo.datetime2(scalar.type().scale()), false);
            default:
                throw new Untranslatable(
                        "a date is compared with " + scalar.type().toSql());
        }
    }

    private static Bounds<?> time(Scalar scalar, Literal literal) throws Untranslatable {
        if (literal.cast() != null && !literal.cast().isTime()) {
            throw new Untranslatable("a time is compared with " + literal.cast());
        }
        LocalTime at = LocalTime.parse(literal.text());
        long least = least(scalar, at);
        if (least >= DAY) {
            throw new Untranslatable(
                    "a time after the last one of " + scalar.type().toSql());
        }
        TypeInfo type = TypeInfo.time(scalar.type().scale());
        return new Bounds<>(LocalTime.ofNanoOfDay(least), LocalTime.ofNanoOfDay(greatest(scalar, at)), type, false);
    }

    private static Bounds<?> instant(Scalar scalar, Literal literal) throws Untranslatable {
        if (literal.cast() == null || !literal.cast().isOffsetTimestamp()) {
            throw new Untranslatable("a datetimeoffset is compared with a time whose zone the session decides");
        }
        LocalDateTime at = TimeLiteral.instant(literal.text());
        checkYear(at.getYear());
        Function<Long, OffsetDateTime> on =
                nanos -> at.with(LocalTime.MIN).plusNanos(nanos).atOffset(ZoneOffset.UTC);
        OffsetDateTime least = on.apply(least(scalar, at.toLocalTime()));
        checkYear(least.getYear());
        TypeInfo type = TypeInfo.datetimeoffset(scalar.type().scale());
        return new Bounds<>(least, on.apply(greatest(scalar, at.toLocalTime())), type, false);
    }

    private static void checkYear(int year) throws Untranslatable {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new Untranslatable("a date outside the years " + FIRST_YEAR + " to " + LAST_YEAR);
        }
    }

    /** Nanoseconds of the day of the greatest value that DuckDB sees as not after this time. */
    private static long greatest(Scalar scalar, LocalTime at) {
        long nanos = at.toNanoOfDay();
        if (scalar.sqlType() == SqlTypeName.DATETIME) {
            long last = nanos / MILLISECOND % 10;
            return (nanos / MILLISECOND - last + (last >= 7 ? 7 : last >= 3 ? 3 : 0)) * MILLISECOND;
        }
        if (scalar.isCut()) {
            return nanos - nanos % MICROSECOND + CUT;
        }
        return nanos - nanos % step(scalar);
    }

    /** Nanoseconds of the day, or of the next one, of the least value that DuckDB sees as not before this time. */
    private static long least(Scalar scalar, LocalTime at) {
        long nanos = at.toNanoOfDay();
        if (scalar.sqlType() == SqlTypeName.DATETIME) {
            long millis = roundedUp(nanos, MILLISECOND) / MILLISECOND;
            long last = millis % 10;
            return (millis - last + (last == 0 ? 0 : last <= 3 ? 3 : last <= 7 ? 7 : 10)) * MILLISECOND;
        }
        return roundedUp(nanos, scalar.isCut() ? MICROSECOND : step(scalar));
    }

    private static long roundedUp(long nanos, long step) {
        return nanos % step == 0 ? nanos : nanos - nanos % step + step;
    }

    private static long step(Scalar scalar) {
        return switch (scalar.sqlType()) {
            case DATE -> DAY;
            case SMALLDATETIME -> MINUTE;
            default -> {
                long step = 1_000_000_000L;
                for (int digit = 0; digit < scalar.type().scale(); digit++) {
                    step /= 10;
                }
                yield step;
            }
        };
    }
}
