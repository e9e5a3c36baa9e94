package dev.tidegate.server.tsql.convert;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** The simple ones of .NET's formats, as FORMAT takes them, in the culture en-US. Stateless. */
public final class NetFormat {
    private static final Pattern STANDARD = Pattern.compile("[a-zA-Z]\\d{0,2}");

    private NetFormat() {}

    /** @return null if the format is not understood */
    public static String number(BigDecimal value, String format) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.US);
        if (STANDARD.matcher(format).matches()) {
            int digits = format.length() > 1 ? Integer.parseInt(format.substring(1)) : -1;
            String zeros = digits == 0 ? "" : "." + "0".repeat(digits < 0 ? 2 : digits);
            return switch (Character.toUpperCase(format.charAt(0))) {
                case 'N' -> decimal("#,##0" + zeros, symbols, value);
                case 'F' -> decimal("0" + zeros, symbols, value);
                case 'C' -> decimal("$#,##0" + zeros + ";($#,##0" + zeros + ")", symbols, value);
                case 'P' -> decimal("#,##0" + zeros + "%", symbols, value);
                case 'D' -> decimal("0".repeat(Math.max(1, digits)), symbols, value);
                case 'X' -> hex(value, format, digits);
                case 'G' -> value.stripTrailingZeros().toPlainString();
                default -> null;
            };
        }
        try {
            return decimal(format, symbols, value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String decimal(String pattern, DecimalFormatSymbols symbols, BigDecimal value) {
        DecimalFormat format = new DecimalFormat(pattern, symbols);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(value);
    }

    private static String hex(BigDecimal value, String format, int digits) {
        String hex = value.toBigInteger().toString(16);
        String padded = "0".repeat(Math.max(0, digits - hex.length())) + hex;
        return format.charAt(0) == 'X' ? padded.toUpperCase(Locale.ROOT) : padded;
    }

    /** @return null if the format is not understood */
    public static String date(LocalDateTime value, String format) {
        String pattern = switch (format) {
            case "d" -> "M/d/yyyy";
            case "D" -> "EEEE, MMMM d, yyyy";
            case "t" -> "h:mm a";
            case "T" -> "h:mm:ss a";
            case "g" -> "M/d/yyyy h:mm a";
            case "G" -> "M/d/yyyy h:mm:ss a";
            case "s" -> "yyyy-MM-dd'T'HH:mm:ss";
            case "u" -> "yyyy-MM-dd HH:mm:ss'Z'";
            default ->
                format.replace("dddd", "EEEE")
                        .replace("ddd", "EEE")
                        .replace("tt", "a")
                        .replace('f', 'S');
        };
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.US).format(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
