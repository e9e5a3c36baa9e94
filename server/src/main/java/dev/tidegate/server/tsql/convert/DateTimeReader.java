package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates and times as T-SQL writes them, with month first unless the style says otherwise. Used once. */
final class DateTimeReader {
    private static final Pattern TIME = Pattern.compile(
            "(?<![\\d.])(\\d{1,2})(?::(\\d{1,2}))?(?::(\\d{1,2})(?:([.:])(\\d{1,9}))?)?\\s*(am|pm)?\\s*(z|[+-]\\s*\\d{1,2}:\\d{2})?$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern COMPACT = Pattern.compile("(\\d{8}|\\d{6}|\\d{4})");
    private static final Pattern NUMERIC = Pattern.compile("(\\d{1,4})([-/.])(\\d{1,2})\\2(\\d{1,4})");
    private static final Pattern WORD = Pattern.compile("[a-z]+|\\d+", Pattern.CASE_INSENSITIVE);
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final String text;
    private final int style;
    private ZoneOffset offset;

    DateTimeReader(String text, int style) {
        this.text = text;
        this.style = style;
    }

    Temporal read(SqlType to) throws SqlServerException {
        try {
            LocalDateTime value = parse();
            if (offset != null) {
                OffsetDateTime zoned = value.atOffset(offset);
                boolean legacy = to.kind() == TypeKind.DATETIME || to.kind() == TypeKind.SMALLDATETIME;
                if (legacy && !text.endsWith("Z") && !text.endsWith("z")) {
                    throw failed(to);
                }
                return zoned;
            }
            return value;
        } catch (DateTimeException | NumberFormatException e) {
            throw looksLikeDate() && (to.kind() == TypeKind.DATETIME || to.kind() == TypeKind.SMALLDATETIME)
                    ? outOfRange(to)
                    : failed(to);
        }
    }

    private boolean looksLikeDate() {
        return NUMERIC.matcher(text).lookingAt();
    }

    private static SqlServerException failed(SqlType to) {
        if (to.kind() == TypeKind.SMALLDATETIME) {
            return KnownError.TEXT_TO_SMALLDATETIME.exception();
        }
        return KnownError.TEXT_TO_DATE.exception();
    }

    private static SqlServerException outOfRange(SqlType to) {
        return KnownError.DATE_OUT_OF_RANGE.exception("varchar", to.kind().sqlName());
    }

    private LocalDateTime parse() {
        if (text.isEmpty()) {
            return TemporalConversion.EPOCH.atStartOfDay();
        }
        String datePart = text;
        LocalTime time = LocalTime.MIDNIGHT;
        int split = timeStart();
        if (split >= 0) {
            time = time(text.substring(split));
            datePart = text.substring(0, split).strip();
            if (datePart.endsWith("T") || datePart.endsWith("t")) {
                String before = datePart.substring(0, datePart.length() - 1);
                datePart =
                        before.isEmpty() || Character.isDigit(before.charAt(before.length() - 1)) ? before : datePart;
            }
        }
        return (datePart.isEmpty() ? TemporalConversion.EPOCH : date(datePart)).atTime(time);
    }

    /** Where the time of day begins; -1 if there is none. */
    private int timeStart() {
        Matcher matcher = TIME.matcher(text);
        int from = 0;
        while (matcher.find(from)) {
            boolean clock = matcher.group(2) != null || matcher.group(6) != null;
            if (clock) {
                return matcher.start();
            }
            from = matcher.start() + 1;
        }
        return -1;
    }

    private LocalTime time(String clock) {
        Matcher matcher = TIME.matcher(clock);
        if (!matcher.matches()) {
            throw new DateTimeException(clock);
        }
        int hour = Integer.parseInt(matcher.group(1));
        String half = matcher.group(6);
        if (half != null) {
            if (hour > 12) {
                throw new DateTimeException(clock);
            }
            hour = hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
        }
        int minute = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        int nanos = 0;
        if (matcher.group(5) != null) {
            String digits = matcher.group(5);
            nanos = matcher.group(4).equals(":")
                    ? Integer.parseInt(digits) * 1_000_000
                    : Integer.parseInt((digits + "000000000").substring(0, 9));
        }
        if (matcher.group(7) != null) {
            String zone = matcher.group(7).replace(" ", "");
            if (zone.equalsIgnoreCase("z")) {
                offset = ZoneOffset.UTC;
            } else {
                String[] parts = zone.substring(1).split(":");
                int minutes = Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
                offset = ZoneOffset.ofTotalSeconds((zone.startsWith("-") ? -minutes : minutes) * 60);
            }
        }
        return LocalTime.of(hour, minute, second, nanos);
    }

    private LocalDate date(String date) {
        Matcher compact = COMPACT.matcher(date);
        if (compact.matches()) {
            int number = Integer.parseInt(date);
            return switch (date.length()) {
                case 8 -> LocalDate.of(number / 10_000, number / 100 % 100, number % 100);
                case 6 -> LocalDate.of(century(number / 10_000), number / 100 % 100, number % 100);
                default -> LocalDate.of(number, 1, 1);
            };
        }
        Matcher numeric = NUMERIC.matcher(date);
        if (numeric.matches()) {
            return numeric(numeric.group(1), Integer.parseInt(numeric.group(3)), numeric.group(4));
        }
        return named(date);
    }

    private LocalDate numeric(String first, int middle, String last) {
        int a = Integer.parseInt(first);
        int c = Integer.parseInt(last);
        if (first.length() == 4) {
            return LocalDate.of(a, middle, c);
        }
        if (last.length() != 4 && last.length() != 2) {
            throw new DateTimeException(text);
        }
        int year = last.length() == 4 ? c : century(c);
        return switch (style % 100) {
            case 3, 4, 5, 13, 14 -> LocalDate.of(year, middle, a);
            case 2, 11, 20, 21 -> LocalDate.of(century(a), middle, c);
            default -> LocalDate.of(year, a, middle);
        };
    }

    private static int century(int year) {
        return year >= 100 ? year : year < 50 ? 2000 + year : 1900 + year;
    }

    /** {@code Jan 5 2024}, {@code 5 January 2024}, {@code 5-Jan-24}. */
    private static LocalDate named(String date) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(date);
        while (matcher.find()) {
            words.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        int month = 0;
        List<String> numbers = new ArrayList<>();
        for (String word : words) {
            if (Character.isDigit(word.charAt(0))) {
                numbers.add(word);
            } else if (month == 0 && word.length() >= 3) {
                month = MONTHS.indexOf(word.substring(0, 3)) + 1;
                if (month == 0) {
                    throw new DateTimeException(date);
                }
            } else {
                throw new DateTimeException(date);
            }
        }
        if (month == 0 || numbers.isEmpty() || numbers.size() > 2) {
            throw new DateTimeException(date);
        }
        if (numbers.size() == 1) {
            return LocalDate.of(Integer.parseInt(numbers.get(0)), month, 1);
        }
        boolean yearFirst = numbers.get(0).length() == 4;
        int year = Integer.parseInt(numbers.get(yearFirst ? 0 : 1));
        return LocalDate.of(century(year), month, Integer.parseInt(numbers.get(yearFirst ? 1 : 0)));
    }
}
