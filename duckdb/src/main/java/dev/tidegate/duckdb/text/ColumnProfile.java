package dev.tidegate.duckdb.text;

import dev.tidegate.duckdb.text.TextType.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Looks at the texts of a column, one after the other, and finds the narrowest type that holds all of them. What only looks like a
 * number stays text: 007 and +49 would come back without their zeros and their sign. Used by one thread.
 */
public final class ColumnProfile {
    private static final int MOST_DIGITS = 38;
    private static final BigDecimal LARGEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal SMALLEST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final LocalDate FIRST_IN_NANOSECONDS = LocalDate.of(1677, 9, 22);
    private static final LocalDate LAST_IN_NANOSECONDS = LocalDate.of(2262, 4, 10);

    /** What all texts so far have in common; null before the first. */
    private Family family;

    private int width;
    private boolean whole = true;
    private boolean longs = true;
    private boolean decimal = true;
    private boolean floating = true;
    private boolean finite;
    private int before;
    private int after;
    private boolean dated = true;
    private boolean nanoseconds = true;
    private boolean utc = true;

    private enum Family {
        BOOLEAN,
        NUMBER,
        /** Dates, and timestamps, which a date is one of. */
        DATE,
        TIME,
        OFFSET,
        TEXT
    }

    /** @param text the next value, as it stands between its separators */
    public void add(String text) {
        width = Math.max(width, text.length());
        if (family != Family.TEXT) {
            join(familyOf(text));
        }
    }

    /** For what is text by itself, whatever it looks like; but dates and times, which such files have no other way to write. */
    public void addString(String text) {
        width = Math.max(width, text.length());
        if (family != Family.TEXT) {
            TimeText time = TimeText.parse(text);
            join(time == null ? Family.TEXT : timeFamily(time));
        }
    }

    /** For what is to stay as it stands. */
    public void addRaw(String text) {
        width = Math.max(width, text.length());
        family = Family.TEXT;
    }

    public TextType type() {
        boolean decimals = family == Family.NUMBER && decimal && before + after <= MOST_DIGITS;
        boolean digits = decimals || family == Family.DATE || family == Family.TIME || family == Family.OFFSET;
        return new TextType(
                kind(),
                decimals ? Math.min(MOST_DIGITS, Math.max(1, before) + after) : 0,
                digits ? after : 0,
                width,
                nanoseconds,
                utc);
    }

    private Kind kind() {
        if (family == null) {
            return Kind.TEXT;
        }
        return switch (family) {
            case BOOLEAN -> Kind.BOOLEAN;
            case NUMBER -> number();
            case DATE -> dated ? Kind.DATE : Kind.TIMESTAMP;
            case TIME -> Kind.TIME;
            case OFFSET -> Kind.OFFSET;
            case TEXT -> Kind.TEXT;
        };
    }

    private Kind number() {
        if (longs) {
            return Kind.BIGINT;
        }
        boolean fits = decimal && before + after <= MOST_DIGITS;
        if (whole && fits) {
            return Kind.DECIMAL;
        }
        if (floating && finite) {
            return Kind.DOUBLE;
        }
        return fits ? Kind.DECIMAL : Kind.TEXT;
    }

    private void join(Family next) {
        family = family == null || family == next ? next : Family.TEXT;
    }

    private Family familyOf(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Family.BOOLEAN;
        }
        BigDecimal number = NumberText.parse(text);
        if (number != null) {
            return addNumber(text, number) ? Family.NUMBER : Family.TEXT;
        }
        TimeText time = TimeText.parse(text);
        if (time != null) {
            return timeFamily(time);
        }
        if (NumberText.nonFinite(text) == null) {
            return Family.TEXT;
        }
        whole = false;
        longs = false;
        decimal = false;
        return Family.NUMBER;
    }

    /** @return false for what only looks like a number */
    private boolean addNumber(String text, BigDecimal number) {
        int first = text.charAt(0) == '-' ? 1 : 0;
        char second = text.length() > first + 1 ? text.charAt(first + 1) : '.';
        if (text.charAt(0) == '+' || text.charAt(first) == '0' && second >= '0' && second <= '9') {
            return false;
        }
        finite = true;
        boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        whole &= !exponent && text.indexOf('.') < 0;
        // A zero with a sign is no whole number and no decimal.
        boolean negativeZero = first == 1 && number.signum() == 0;
        longs &= whole && !negativeZero && number.compareTo(SMALLEST_LONG) >= 0 && number.compareTo(LARGEST_LONG) <= 0;
        decimal &= !exponent && !negativeZero;
        if (decimal) {
            after = Math.max(after, number.scale());
            before = Math.max(before, number.precision() - number.scale());
        }
        floating = floating && NumberText.isKeptByFloat(number);
        return true;
    }

    private Family timeFamily(TimeText time) {
        after = Math.max(after, time.digits());
        if (time.date() == null) {
            // Without seconds it may as well be a length of time, or a score.
            return time.digits() < 0 ? Family.TEXT : Family.TIME;
        }
        dated &= time.time() == null;
        nanoseconds &=
                !time.date().isBefore(FIRST_IN_NANOSECONDS) && !time.date().isAfter(LAST_IN_NANOSECONDS);
        if (time.offset() == null) {
            return Family.DATE;
        }
        utc &= time.offset().getTotalSeconds() == 0;
        return Family.OFFSET;
    }
}
