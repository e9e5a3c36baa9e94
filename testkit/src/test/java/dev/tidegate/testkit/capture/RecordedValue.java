package dev.tidegate.testkit.capture;

import dev.tidegate.tds.type.SqlVariant;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

/** Compares a decoded value with the text that a recording client wrote for it ({@link CellText}). */
final class RecordedValue {
    private static final DateTimeFormatter JDBC_OFFSET = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern(" XXX")
            .toFormatter();

    private static final String LONG_TEXT = "string len=";
    private static final String LONG_BYTES = "bytes len=";

    private RecordedValue() {}

    static boolean matches(Object value, String text) {
        if (value == null || text.equals("NULL")) {
            return value == null && text.equals("NULL");
        }
        if (value instanceof SqlVariant variant) {
            // of a time in a sql_variant the driver makes a java.sql.Time, which has no fraction
            return variant.value() instanceof LocalTime time
                    ? matches(time.truncatedTo(ChronoUnit.SECONDS), text)
                    : matches(variant.value(), text);
        }
        if (value instanceof String string) {
            return text.startsWith(LONG_TEXT)
                    ? text.startsWith(LONG_TEXT + string.length() + " sha256(utf-8)="
                            + sha256(string.getBytes(StandardCharsets.UTF_8)) + " ")
                    : CellText.unquote(text).equals(string);
        }
        if (value instanceof byte[] bytes) {
            return text.startsWith(LONG_BYTES)
                    ? text.startsWith(LONG_BYTES + bytes.length + " sha256=" + sha256(bytes) + " ")
                    : text.equals("0x" + HexFormat.of().formatHex(bytes));
        }
        return value.equals(parse(value, text));
    }

    /** Reads the text as a value of the same Java form; numbers in the scale of the decoded one. */
    private static Object parse(Object like, String text) {
        return switch (like) {
            case Boolean b -> Boolean.valueOf(text);
            case Short s -> Short.valueOf(text);
            case Integer i -> Integer.valueOf(text);
            case Long l -> Long.valueOf(text.startsWith("\"") ? CellText.unquote(text) : text);
            case Float f -> Float.valueOf(text);
            case Double d -> Double.valueOf(text);
            // JavaScript has no trailing zeros
            case BigDecimal decimal -> new BigDecimal(text).setScale(decimal.scale());
            case UUID uuid -> UUID.fromString(CellText.unquote(text));
            case LocalDate date -> text.contains("T") ? instant(text).toLocalDate() : LocalDate.parse(text);
            case LocalTime time -> text.contains("T") ? instant(text).toLocalTime() : LocalTime.parse(text);
            case LocalDateTime time -> text.endsWith("Z") ? instant(text) : LocalDateTime.parse(text.replace(' ', 'T'));
            case OffsetDateTime time ->
                text.endsWith("Z")
                        ? instant(text).atOffset(ZoneOffset.UTC).withOffsetSameInstant(time.getOffset())
                        : OffsetDateTime.parse(text, JDBC_OFFSET);
            default -> throw new IllegalArgumentException("no recorded form of " + like.getClass());
        };
    }

    /** Every date and time is an instant to JavaScript. */
    private static LocalDateTime instant(String text) {
        return LocalDateTime.parse(text.substring(0, text.length() - 1));
    }

    /** The recorded form of a number, plain text, or a date. */
    static String text(Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal decimal -> decimal.toPlainString();
            case String text -> '"' + text + '"';
            default -> value.toString();
        };
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
