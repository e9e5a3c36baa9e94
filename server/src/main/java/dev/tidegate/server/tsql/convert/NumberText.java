package dev.tidegate.server.tsql.convert;

import dev.tidegate.server.tsql.type.SqlType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes numbers as CAST and CONVERT do. */
final class NumberText {
    private NumberText() {}

    static String format(Object value, SqlType type, int style) {
        return switch (value) {
            case Boolean bit -> bit ? "1" : "0";
            case BigDecimal decimal -> type.kind().isMoney() ? money(decimal, style) : decimal.toPlainString();
            case Double number -> floating(number, style, 17);
            case Float number -> floating(number, style, 9);
            default -> value.toString();
        };
    }

    private static String money(BigDecimal value, int style) {
        int digits = style == 2 || style == 126 ? 4 : 2;
        BigDecimal rounded = value.setScale(digits, RoundingMode.HALF_UP);
        return style == 1 ? String.format(Locale.ROOT, "%,.2f", rounded) : rounded.toPlainString();
    }

    /** @param exact significant digits that name each value of the type */
    private static String floating(Number number, int style, int exact) {
        double value = number.doubleValue();
        if (value == 0) {
            return style == 0 ? "0" : scientific(BigDecimal.ZERO, style == 1 ? 8 : style == 2 ? 16 : exact);
        }
        BigDecimal decimal = number instanceof Float single ? new BigDecimal(single.toString()) : new BigDecimal(value);
        if (style == 0) {
            return general(decimal);
        }
        return scientific(decimal, style == 1 ? 8 : style == 2 ? 16 : exact);
    }

    /** Six significant digits, like C's %g with three digits of exponent. */
    private static String general(BigDecimal value) {
        BigDecimal rounded = value.round(new MathContext(6, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -5 || exponent >= 6) {
            BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
            return mantissa.toPlainString() + exponent(exponent);
        }
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static String scientific(BigDecimal value, int digits) {
        if (value.signum() == 0) {
            return "0." + "0".repeat(digits - 1) + "e+000";
        }
        BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        BigDecimal mantissa = rounded.movePointLeft(exponent).setScale(digits - 1, RoundingMode.HALF_EVEN);
        return mantissa.toPlainString() + exponent(exponent);
    }

    private static String exponent(int exponent) {
        return String.format(Locale.ROOT, "e%s%03d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
