package dev.tidegate.duckdb.push.translate;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Dates and times as DuckDB prints them. Other forms that it also reads end with a DateTimeException. */
final class TimeLiteral {
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter();

    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .append(DATE_TIME)
            .appendOffset("+HH:mm", "+00")
            .toFormatter();

    private TimeLiteral() {}

    static LocalDateTime dateTime(String text) {
        return text.indexOf(' ') < 0
                ? LocalDate.parse(text).atTime(LocalTime.MIN)
                : LocalDateTime.parse(text, DATE_TIME);
    }

    /** In UTC. */
    static LocalDateTime instant(String text) {
        return OffsetDateTime.parse(text, INSTANT)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime();
    }
}
