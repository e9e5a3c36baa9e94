package dev.tidegate.duckdb.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as texts: digits with at most one point, a sign before them and a decimal exponent behind them, and no spaces. */
public final class NumberText {
    /** Far beyond every type, and short enough that no text makes a number of millions of digits. */
    private static final int LONGEST_EXPONENT = 4;

    private static final int LONGEST = 1000;
    private static final int SURE_DIGITS = 15;
    private static final int SURE_SCALE = 280;

    private NumberText() {}

    /** @return null for text that is not a number; NaN and the infinities are none */
    public static BigDecimal parse(String text) {
        return isNumber(text) ? new BigDecimal(text) : null;
    }

    /** @return null for text that is neither a number nor NaN or an infinity as programs write them */
    public static Double parseFloat(String text) {
        return isNumber(text) ? Double.valueOf(text) : nonFinite(text);
    }

    /** @return null for all text but NaN, inf and infinity, in any case and with any sign */
    public static Double nonFinite(String text) {
        boolean signed = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
        String name = signed ? text.substring(1) : text;
        if (name.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("infinity")) {
            return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return null;
    }

    /**
     * True when nothing of a number is lost in a float: the float, written with as many digits, is that number again. So 0.1 is kept,
     * and so is each number of up to 15 digits that is not too large or too small.
     */
    public static boolean isKeptByFloat(BigDecimal number) {
        boolean sure = number.precision() <= SURE_DIGITS && Math.abs(number.scale()) < SURE_SCALE;
        return sure || isKeptBy(number.doubleValue(), number);
    }

    /** The same for a float that is given, of either width. */
    public static boolean isKeptBy(double value, BigDecimal number) {
        if (Double.isInfinite(value) || value == 0) {
            return value == 0 && number.signum() == 0;
        }
        MathContext digits = new MathContext(number.precision(), RoundingMode.HALF_EVEN);
        return new BigDecimal(value).round(digits).compareTo(number) == 0;
    }

    private static boolean isNumber(String text) {
        int length = text.length();
        int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int digits = 0;
        boolean point = false;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        return digits > 0 && length <= LONGEST && (at == length || isExponent(text, at));
    }

    private static boolean isExponent(String text, int start) {
        int at = start + 1;
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E' || at >= text.length()) {
            return false;
        }
        if (text.charAt(at) == '-' || text.charAt(at) == '+') {
            at++;
        }
        int digits = text.length() - at;
        for (int i = at; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return digits > 0 && digits <= LONGEST_EXPONENT;
    }
}
