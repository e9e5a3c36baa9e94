package dev.tidegate.server.h2.routine;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.convert.Conversion;
import dev.tidegate.server.tsql.convert.StoredForm;
import dev.tidegate.server.tsql.type.SqlType;
import dev.tidegate.server.tsql.type.TypeText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.h2.value.Value;

/** CAST and CONVERT as functions that H2 calls: one for each type that H2 has to know as the result. */
public final class ConversionRoutines {
    private ConversionRoutines() {}

    private static Object convert(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        SqlType source = type(from);
        try {
            return Conversion.convert(JavaForm.of(value, source), source, type(to), style == null ? 0 : style);
        } catch (SqlServerException e) {
            if (tolerant) {
                return null;
            }
            throw new RoutineException(e);
        }
    }

    private static SqlType type(String text) {
        return TypeText.parse(text).orElseThrow(() -> new IllegalArgumentException("not a type: " + text));
    }

    public static Boolean toBit(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (Boolean) convert(value, from, to, style, tolerant);
    }

    public static Long toLong(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        Number number = (Number) convert(value, from, to, style, tolerant);
        return number == null ? null : (Long) number.longValue();
    }

    public static BigDecimal toNumeric(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (BigDecimal) convert(value, from, to, style, tolerant);
    }

    public static Double toDouble(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        Object number = convert(value, from, to, style, tolerant);
        if (number instanceof Float single) {
            return Double.parseDouble(single.toString());
        }
        return number == null ? null : (Double) ((Number) number).doubleValue();
    }

    public static LocalDate toDate(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (LocalDate) convert(value, from, to, style, tolerant);
    }

    public static LocalTime toTime(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (LocalTime) convert(value, from, to, style, tolerant);
    }

    public static LocalDateTime toStamp(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (LocalDateTime) convert(value, from, to, style, tolerant);
    }

    public static OffsetDateTime toOffsetStamp(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (OffsetDateTime) convert(value, from, to, style, tolerant);
    }

    public static byte[] toBinary(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (byte[]) convert(value, from, to, style, tolerant);
    }

    public static UUID toGuid(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (UUID) convert(value, from, to, style, tolerant);
    }

    public static String toText(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (String) convert(value, from, to, style, tolerant);
    }

    public static byte[] toVariant(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (byte[]) StoredForm.of(convert(value, from, to, style, tolerant));
    }

    public static byte[] toVector(Value value, String from, String to, Integer style, boolean tolerant)
            throws RoutineException {
        return (byte[]) StoredForm.of(convert(value, from, to, style, tolerant));
    }

    /** Text for a column of fixed length: padded; trailing spaces beyond the length go, anything else is left for H2 to refuse. */
    public static String padText(String text, int length) {
        if (text == null) {
            return null;
        }
        String fitted = fitText(text, length);
        return fitted.length() < length ? fitted + " ".repeat(length - fitted.length()) : fitted;
    }

    /** Text for a column of limited length: trailing spaces beyond it go. */
    public static String fitText(String text, int length) {
        return text == null ? null : Conversion.withoutSpacesBeyond(text, length);
    }

    /** Bytes for a column of fixed length. */
    public static byte[] padBinary(byte[] bytes, int length) {
        return bytes == null || bytes.length >= length ? bytes : Arrays.copyOf(bytes, length);
    }
}
