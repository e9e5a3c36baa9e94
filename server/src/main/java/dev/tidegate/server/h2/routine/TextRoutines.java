package dev.tidegate.server.h2.routine;

import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.convert.CodePageText;
import dev.tidegate.server.tsql.convert.LikePattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.h2.tools.SimpleResultSet;

/** String functions of T-SQL that H2 lacks or does otherwise. NULL arguments give NULL. */
public final class TextRoutines {
    private TextRoutines() {}

    /** LEN: trailing spaces do not count. */
    public static Integer len(String text) {
        if (text == null) {
            return null;
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end;
    }

    public static Integer charIndex(String wanted, String text, Integer start) {
        if (wanted == null || text == null) {
            return null;
        }
        if (wanted.isEmpty()) {
            return 0;
        }
        int from = start == null ? 0 : Math.max(0, start - 1);
        for (int i = from; i + wanted.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, wanted, 0, wanted.length())) {
                return i + 1;
            }
        }
        return 0;
    }

    public static Integer patIndex(String pattern, String text) {
        if (pattern == null || text == null) {
            return null;
        }
        return LikePattern.of(pattern, "", false).indexIn(text);
    }

    /**
     * @param padded whether it does not matter how many spaces the text ends with
     * @param exact whether case counts
     */
    public static Boolean isLike(String text, String pattern, String escape, boolean padded, boolean exact) {
        if (text == null || pattern == null) {
            return null;
        }
        LikePattern like = LikePattern.of(pattern, escape == null ? "" : escape, exact);
        return padded ? like.matchesPadded(text) : like.matches(text);
    }

    public static String stuff(String text, Integer start, Integer length, String insertion) {
        if (text == null || start == null || length == null || start < 1 || length < 0 || start > text.length()) {
            return null;
        }
        int end = (int) Math.min(text.length(), (long) start - 1 + length);
        return text.substring(0, start - 1) + (insertion == null ? "" : insertion) + text.substring(end);
    }

    /** @param longest characters that the result may have; what would follow is cut */
    public static String replicate(String text, Integer times, Integer longest) {
        if (text == null || times == null || times < 0) {
            return null;
        }
        if (text.isEmpty()) {
            return "";
        }
        String repeated = text.repeat(Math.min(times, longest / text.length() + 1));
        return repeated.substring(0, Math.min(repeated.length(), longest));
    }

    public static String substring(String text, Integer start, Integer length) throws RoutineException {
        if (text == null || start == null || length == null) {
            return null;
        }
        if (length < 0) {
            throw new RoutineException(KnownError.INVALID_LENGTH_SUBSTRING.exception());
        }
        long end = Math.min(text.length(), (long) start - 1 + length);
        long from = Math.max(0, (long) start - 1);
        return from >= end ? "" : text.substring((int) from, (int) end);
    }

    public static String right(String text, Integer length) throws RoutineException {
        if (text == null || length == null) {
            return null;
        }
        if (length < 0) {
            throw new RoutineException(
                    KnownError.INVALID_LENGTH.exception("right"));
        }
        return text.substring(Math.max(0, text.length() - length));
    }

    public static String replace(String text, String wanted, String replacement) {
        if (text == null || wanted == null || replacement == null) {
            return null;
        }
        if (wanted.isEmpty()) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
                result.append(replacement);
                at += wanted.length();
            } else {
                result.append(text.charAt(at++));
            }
        }
        return result.toString();
    }

    public static String translate(String text, String from, String to) {
        if (text == null || from == null || to == null) {
            return null;
        }
        StringBuilder result = new StringBuilder(text);
        for (int i = 0; i < result.length(); i++) {
            int at = from.indexOf(result.charAt(i));
            if (at >= 0 && at < to.length()) {
                result.setCharAt(i, to.charAt(at));
            }
        }
        return result.toString();
    }

    public static String quoteName(String name, String quote) {
        if (name == null || quote == null || name.length() > 128) {
            return null;
        }
        return switch (quote) {
            case "[", "]", "" -> "[" + name.replace("]", "]]") + "]";
            case "'" -> "'" + name.replace("'", "''") + "'";
            case "\"" -> "\"" + name.replace("\"", "\"\"") + "\"";
            default -> null;
        };
    }

    public static String reverse(String text) {
        return text == null ? null : new StringBuilder(text).reverse().toString();
    }

    /** UPPER: letter by letter, so sharp s stays. A letter of the code page stays in it. */
    public static String upper(String text) {
        return mapped(text, c -> inCodePage(c, Character.toUpperCase(c)));
    }

    public static String lower(String text) {
        return mapped(text, c -> inCodePage(c, Character.toLowerCase(c)));
    }

    private static char inCodePage(char from, char to) {
        return from <= 0xFF && to > 0xFF && to != '\u0178' ? from : to;
    }

    private static String mapped(String text, CharUnary mapping) {
        if (text == null) {
            return null;
        }
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = mapping.of(letters[i]);
        }
        return new String(letters);
    }

    @FunctionalInterface
    private interface CharUnary {
        char of(char c);
    }

    /** STR: a number right-aligned. */
    public static String str(Double number, Integer length, Integer decimals) {
        if (number == null || length == null || decimals == null || length < 1 || length > 8000 || decimals < 0) {
            return null;
        }
        String text = BigDecimal.valueOf(number)
                .setScale(Math.min(16, decimals), RoundingMode.HALF_UP)
                .toPlainString();
        if (text.length() > length) {
            int point = text.indexOf('.');
            int whole = point < 0 ? text.length() : point;
            if (whole > length) {
                return "*".repeat(length);
            }
            int fits = Math.max(0, length - whole - 1);
            text = BigDecimal.valueOf(number)
                    .setScale(fits, RoundingMode.HALF_UP)
                    .toPlainString();
        }
        return " ".repeat(Math.max(0, length - text.length())) + text;
    }

    public static Integer unicode(String text) {
        return text == null || text.isEmpty() ? null : (Integer) (int) text.charAt(0);
    }

    public static Integer ascii(String text) {
        return text == null || text.isEmpty()
                ? null
                : (Integer) (text.substring(0, 1).getBytes(CodePageText.CODE_PAGE)[0] & 0xFF);
    }

    public static String character(Integer code) {
        return code == null || code < 0 || code > 255
                ? null
                : CodePageText.of(new String(new byte[] {code.byteValue()}, CodePageText.CODE_PAGE));
    }

    public static String unicodeCharacter(Integer code) {
        return code == null || code < 0 || code > 0xFFFF ? null : String.valueOf((char) (int) code);
    }

    public static String trim(String text, String characters, Integer sides) {
        if (text == null || characters == null) {
            return null;
        }
        int start = 0;
        int end = text.length();
        while ((sides & 1) != 0 && start < end && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while ((sides & 2) != 0 && end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    public static byte[] hashBytes(String algorithm, byte[] bytes) throws RoutineException {
        if (algorithm == null || bytes == null) {
            return null;
        }
        String name = switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "MD5" -> "MD5";
            case "SHA", "SHA1" -> "SHA-1";
            case "SHA2_256" -> "SHA-256";
            case "SHA2_512" -> "SHA-512";
            default -> null;
        };
        if (name == null) {
            return null;
        }
        try {
            return MessageDigest.getInstance(name).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new RoutineException(
                    KnownError.INTERNAL.with("no algorithm " + name + " in this JVM").asServerException(e));
        }
    }

    public static byte[] utf16(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_16LE);
    }

    /** The text as a column in the code page keeps it. */
    public static String inCodePage(String text) {
        return CodePageText.of(text);
    }

    public static byte[] codePage(String text) {
        return text == null ? null : CodePageText.of(text).getBytes(CodePageText.CODE_PAGE);
    }

    /** STRING_SPLIT as a table. */
    public static ResultSet stringSplit(String text, String separator, boolean ordinal) throws SQLException {
        SimpleResultSet result = new SimpleResultSet();
        result.addColumn("value", Types.VARCHAR, 0, 0);
        if (ordinal) {
            result.addColumn("ordinal", Types.BIGINT, 19, 0);
        }
        if (text == null || separator == null) {
            return result;
        }
        List<String> parts = split(text, separator);
        for (int i = 0; i < parts.size(); i++) {
            result.addRow(ordinal ? new Object[] {parts.get(i), i + 1L} : new Object[] {parts.get(i)});
        }
        return result;
    }

    private static List<String> split(String text, String separator) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        int end;
        while (!separator.isEmpty() && (end = text.indexOf(separator, at)) >= 0) {
            parts.add(text.substring(at, end));
            at = end + separator.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    /** How many rows STRING_SPLIT has. */
    public static Long splitCount(String text, String separator) {
        return text == null || separator == null
                ? 0L
                : (long) split(text, separator).size();
    }

    /** A row of STRING_SPLIT, by its number from 1. */
    public static String splitPart(String text, String separator, Long row) {
        return text == null || separator == null || row == null
                ? null
                : split(text, separator).get(row.intValue() - 1);
    }
}
