package dev.tidegate.tds.type;

import java.util.Locale;

/** A vector as SQL Server shows it: a JSON array, which it also sends to clients that have not asked for the type. Stateless. */
public final class VectorText {
    private VectorText() {}

    /** Each element with seven digits after the point and three of the exponent: {@code [1.5000000e+000,-2.0000000e+000]}. */
    public static String of(float[] vector) {
        StringBuilder text = new StringBuilder("[");
        for (float element : vector) {
            String number = String.format(Locale.ROOT, "%.7e", element);
            int digits = number.indexOf('e') + 2;
            text.append(text.length() > 1 ? "," : "").append(number, 0, digits);
            text.append("0".repeat(Math.max(0, digits + 3 - number.length()))).append(number, digits, number.length());
        }
        return text.append(']').toString();
    }
}
