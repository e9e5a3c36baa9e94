package dev.tidegate.server.h2.error;

import java.util.Optional;

/** Reads the literals with which H2 shows values in its messages. Stateless. */
final class H2Literal {
    /** Around text of a type of its own. */
    private static final String CAST = "CAST(";

    private static final String UNICODE = "U&";
    private static final String CUT = "...";
    private static final int SHORT_ESCAPE = 4;
    private static final int LONG_ESCAPE = 6;

    private H2Literal() {}

    /**
     * The text that a literal stands for.
     *
     * @param literal of a long text the beginning only, followed by three points
     * @return empty if it is not a literal of text
     */
    static Optional<String> text(String literal) {
        String given = literal.endsWith(CUT) ? literal.substring(0, literal.length() - CUT.length()) : literal;
        int start = given.startsWith(CAST) ? CAST.length() : 0;
        boolean unicode = given.startsWith(UNICODE, start);
        int quote = unicode ? start + UNICODE.length() : start;
        return given.startsWith("'", quote) ? Optional.of(content(given, quote + 1, unicode)) : Optional.empty();
    }

    private static String content(String literal, int from, boolean unicode) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < literal.length()) {
            char c = literal.charAt(at);
            boolean doubled = at + 1 < literal.length() && literal.charAt(at + 1) == c;
            if (c == '\'' && !doubled) {
                break;
            }
            if (c == '\'' || unicode && c == '\\' && doubled) {
                text.append(c);
                at += 2;
            } else if (unicode && c == '\\') {
                boolean wide = literal.startsWith("+", at + 1);
                int digits = wide ? at + 2 : at + 1;
                int end = digits + (wide ? LONG_ESCAPE : SHORT_ESCAPE);
                if (end > literal.length()) {
                    // Cut in its middle.
                    break;
                }
                text.appendCodePoint(Integer.parseInt(literal, digits, end, 16));
                at = end;
            } else {
                text.append(c);
                at++;
            }
        }
        return text.toString();
    }
}
