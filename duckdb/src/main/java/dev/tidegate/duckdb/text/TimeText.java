package dev.tidegate.duckdb.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * A date, a time of day, both, or both with an offset, as ISO 8601 and SQL write them: {@code 2020-02-29}, {@code 23:59:59.1234567},
 * {@code 2020-02-29 23:59:59} or with a T between, also without seconds, then {@code Z}, {@code +05}, {@code +05:30} or {@code +0530}, also after a space.
 * Years are 0001 to 9999. Other orders of day and month are not read, because nothing says which one is meant.
 *
 * @param date null for a time of day
 * @param time null for a date
 * @param offset null when there is none
 * @param digits behind the second, 0 to 9; negative when there are no seconds either
 */
public record TimeText(LocalDate date, LocalTime time, ZoneOffset offset, int digits) {
    private static final int DATE_LENGTH = 10;
    private static final int MOST_DIGITS = 9;
    private static final int LONGEST = 42;
    private static final int LARGEST_OFFSET_HOURS = 14;
    private static final int NO_SECONDS = -1;

    /** @return null for text that is nothing of these */
    public static TimeText parse(String text) {
        if (text.length() < "00:00".length() || text.length() > LONGEST) {
            return null;
        }
        Cursor at = new Cursor(text);
        try {
            return at.read();
        } catch (DateTimeException e) {
            // The 30th of February, or 25 o'clock.
            return null;
        }
    }

    /** For {@link #date} and {@link #time}; a date alone is its midnight. */
    public LocalDateTime local() {
        return LocalDateTime.of(date, time == null ? LocalTime.MIDNIGHT : time);
    }

    /** The instant, for a text with an offset. */
    public OffsetDateTime instant() {
        return OffsetDateTime.of(local(), offset);
    }

    /** Reads from left to right; what does not fit makes the result null. */
    private static final class Cursor {
        private final String text;
        private int at;

        Cursor(String text) {
            this.text = text;
        }

        TimeText read() {
            if (text.charAt(2) == ':') {
                Clock clock = clock();
                return clock == null || at < text.length() ? null : new TimeText(null, clock.time, null, clock.digits);
            }
            LocalDate date = date();
            if (date == null) {
                return null;
            }
            if (at == text.length()) {
                return new TimeText(date, null, null, 0);
            }
            if (!skip(' ') && !skip('T')) {
                return null;
            }
            Clock clock = clock();
            if (clock == null) {
                return null;
            }
            ZoneOffset offset = null;
            if (at < text.length()) {
                skip(' ');
                offset = offset();
                if (offset == null || at < text.length()) {
                    return null;
                }
            }
            return new TimeText(date, clock.time, offset, clock.digits);
        }

        private LocalDate date() {
            if (text.length() < DATE_LENGTH) {
                return null;
            }
            int year = number(4);
            boolean first = skip('-');
            int month = number(2);
            boolean second = skip('-');
            int day = number(2);
            return first && second && year > 0 && month > 0 && day > 0 ? LocalDate.of(year, month, day) : null;
        }

        private Clock clock() {
            int hour = number(2);
            if (!skip(':')) {
                return null;
            }
            int minute = number(2);
            if (hour < 0 || minute < 0) {
                return null;
            }
            if (!skip(':')) {
                return new Clock(LocalTime.of(hour, minute), NO_SECONDS);
            }
            int second = number(2);
            if (second < 0) {
                return null;
            }
            int digits = 0;
            int nanoseconds = 0;
            if (skip('.')) {
                while (digits < MOST_DIGITS && isDigit()) {
                    nanoseconds = nanoseconds * 10 + number(1);
                    digits++;
                }
                if (digits == 0) {
                    return null;
                }
                for (int i = digits; i < MOST_DIGITS; i++) {
                    nanoseconds *= 10;
                }
            }
            return new Clock(LocalTime.of(hour, minute, second, nanoseconds), digits);
        }

        private ZoneOffset offset() {
            if (skip('Z')) {
                return ZoneOffset.UTC;
            }
            int sign = skip('+') ? 1 : skip('-') ? -1 : 0;
            int hours = number(2);
            if (sign == 0 || hours < 0 || hours > LARGEST_OFFSET_HOURS) {
                return null;
            }
            int minutes = 0;
            if (at < text.length()) {
                skip(':');
                minutes = number(2);
            }
            if (minutes < 0 || minutes > 59 || hours == LARGEST_OFFSET_HOURS && minutes > 0) {
                return null;
            }
            return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }

        private boolean skip(char expected) {
            if (at < text.length() && text.charAt(at) == expected) {
                at++;
                return true;
            }
            return false;
        }

        private boolean isDigit() {
            return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }

        /** @return negative when there are fewer digits than wanted */
        private int number(int length) {
            int number = 0;
            for (int i = 0; i < length; i++) {
                if (!isDigit()) {
                    return -1;
                }
                number = number * 10 + text.charAt(at++) - '0';
            }
            return number;
        }
    }

    private record Clock(LocalTime time, int digits) {}
}
