package dev.tidegate.testkit.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The text form of values in captures: NULL; numbers as decimal text; text in double quotes with backslash escapes; binary as {@code 0x}
 * and hex; dates and times in ISO form; a long text or binary as length, SHA-256 and head. Cells of a row stand between {@code " | "}.
 */
public final class CellText {
    private static final String SEPARATOR = " | ";

    private CellText() {}

    /** Takes a row apart; a separator within quotes is text. */
    public static List<String> split(String row) {
        List<String> cells = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && row.startsWith(SEPARATOR, i)) {
                cells.add(row.substring(start, i));
                start = i + SEPARATOR.length();
                i = start - 1;
            }
        }
        cells.add(row.substring(start));
        return cells;
    }

    /** The text within quotes, escapes resolved. */
    public static String unquote(String quoted) {
        if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
            throw new IllegalArgumentException("not a quoted text: " + quoted);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = quoted.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'u' -> {
                    text.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
