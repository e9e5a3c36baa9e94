package dev.tidegate.server.h2;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RAISERROR's formats: {@code %d %i %u %s %x %X %o %%}, with flags, width and precision. */
final class MessageFormat {
    private static final Pattern PLACE =
            Pattern.compile("%([-+ 0#]*)(\\d*|\\*)(?:\\.(\\d*|\\*))?(?:h|l|I64)?([diuosxX%])");
    private static final int LONGEST = 2047;

    private MessageFormat() {}

    /** @throws SqlServerException 2787 or 2786 if an argument does not fit its place */
    static String format(String text, List<Object> arguments) throws SqlServerException {
        StringBuilder result = new StringBuilder();
        Matcher matcher = PLACE.matcher(text);
        int at = 0;
        int next = 0;
        while (matcher.find()) {
            result.append(text, at, matcher.start());
            at = matcher.end();
            char kind = matcher.group(4).charAt(0);
            if (kind == '%') {
                result.append('%');
            } else {
                Object argument = next < arguments.size() ? arguments.get(next) : null;
                result.append(place(matcher, kind, argument, ++next));
            }
        }
        String formatted = result.append(text.substring(at)).toString();
        return formatted.length() > LONGEST ? formatted.substring(0, LONGEST - 3) + "..." : formatted;
    }

    private static String place(Matcher place, char kind, Object argument, int position) throws SqlServerException {
        String flags = place.group(1);
        String width = place.group(2);
        String value;
        if (argument == null) {
            value = "(null)";
        } else if (kind == 's') {
            if (!(argument instanceof String)) {
                throw mismatch(position);
            }
            value = (String) argument;
            String precision = place.group(3);
            if (precision != null && !precision.isEmpty() && !precision.equals("*")) {
                value = value.substring(0, Math.min(value.length(), Integer.parseInt(precision)));
            }
        } else {
            if (!(argument instanceof Integer || argument instanceof Long || argument instanceof Short)) {
                throw mismatch(position);
            }
            value = number(kind, (Number) argument, flags);
        }
        int wanted = width.isEmpty() || width.equals("*") ? 0 : Math.min(LONGEST, Integer.parseInt(width));
        if (value.length() >= wanted) {
            return value;
        }
        String padding = (flags.contains("0") && kind != 's' ? "0" : " ").repeat(wanted - value.length());
        return flags.contains("-") ? value + " ".repeat(wanted - value.length()) : padding + value;
    }

    private static String number(char kind, Number argument, String flags) {
        boolean wide = argument instanceof Long;
        long number = argument.longValue();
        return switch (kind) {
            case 'x' ->
                (flags.contains("#") ? "0x" : "")
                        + (wide ? Long.toHexString(number) : Integer.toHexString((int) number));
            case 'X' ->
                (flags.contains("#") ? "0X" : "")
                        + (wide ? Long.toHexString(number) : Integer.toHexString((int) number))
                                .toUpperCase(Locale.ROOT);
            case 'o' -> wide ? Long.toOctalString(number) : Integer.toOctalString((int) number);
            case 'u' -> wide ? Long.toUnsignedString(number) : Integer.toUnsignedString((int) number);
            default -> (flags.contains("+") && number >= 0 ? "+" : "") + number;
        };
    }

    private static SqlServerException mismatch(int position) {
        return KnownError.SUBSTITUTION_TYPE.exception(position);
    }
}
