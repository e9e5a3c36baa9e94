package dev.tidegate.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;

/**
 * Rows drawn with box characters:
 *
 * <pre>
 * ┌────┬───────┐
 * │ id │ name  │
 * ├────┼───────┤
 * │  1 │ Ann   │
 * └────┴───────┘
 * </pre>
 *
 * Widths are those of the terminal's cells, so that wide characters keep the columns straight. Not thread-safe.
 */
public final class TextTable {
    private static final int WIDEST_CELL = 60;

    private final List<String> header;
    private final boolean[] rightAligned;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param rightAligned which columns hold numbers */
    public TextTable(List<String> header, boolean[] rightAligned) {
        this.header = header.stream().map(TextTable::cell).toList();
        this.rightAligned = rightAligned.clone();
    }

    /** @param values one for each column; null is shown as NULL */
    public TextTable add(List<String> values) {
        List<String> cells = new ArrayList<>(values.size());
        for (String value : values) {
            cells.add(value == null ? "NULL" : cell(value));
        }
        rows.add(cells);
        return this;
    }

    public int size() {
        return rows.size();
    }

    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder text = new StringBuilder();
        rule(text, widths, '┌', '┬', '┐');
        line(text, widths, header, new boolean[widths.length]);
        rule(text, widths, '├', '┼', '┤');
        for (List<String> row : rows) {
            line(text, widths, row, rightAligned);
        }
        rule(text, widths, '└', '┴', '┘');
        return text.toString();
    }

    /**
     * For a terminal: as a table where its lines are not broken there, else one value a line.
     *
     * @param columns of the terminal
     */
    public String fitted(int columns) {
        int borders = 3 * header.size() + 1;
        return IntStream.of(widths()).sum() + borders <= columns ? toString() : records(columns);
    }

    private String records(int columns) {
        int longest = header.stream().mapToInt(TextTable::width).max().orElse(0);
        int label = Math.min(longest, Math.max(1, columns / 3));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            String title = "─ row " + (i + 1) + " ";
            text.append(cut(title + "─".repeat(Math.max(0, columns - title.length())), columns))
                    .append('\n');
            for (int j = 0; j < header.size(); j++) {
                String name = cut(header.get(j), label);
                text.append(name)
                        .append(" ".repeat(label - width(name)))
                        .append(" │ ")
                        .append(cut(rows.get(i).get(j), Math.max(1, columns - label - 3)))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private int[] widths() {
        int[] widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(header.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return widths;
    }

    private static void rule(StringBuilder text, int[] widths, char left, char middle, char right) {
        text.append(left);
        for (int i = 0; i < widths.length; i++) {
            text.append(i == 0 ? "" : middle).append("─".repeat(widths[i] + 2));
        }
        text.append(right).append('\n');
    }

    private static void line(StringBuilder text, int[] widths, List<String> cells, boolean[] right) {
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells.get(i)));
            text.append("│ ")
                    .append(right[i] ? padding : "")
                    .append(cells.get(i))
                    .append(right[i] ? "" : padding)
                    .append(' ');
        }
        text.append("│\n");
    }

    /** Control characters would break the drawing, or do worse to a terminal. */
    private static String cell(String value) {
        StringBuilder cell = new StringBuilder();
        int width = 0;
        // Not the whole of a long text is needed to fill a cell.
        for (int i = 0; i < value.length() && width <= WIDEST_CELL; i += Character.charCount(value.codePointAt(i))) {
            int c = value.codePointAt(i);
            String shown = c == '\n' ? "⏎" : Character.isISOControl(c) ? "·" : Character.toString(c);
            width += width(shown);
            cell.append(shown);
        }
        return cut(cell.toString(), WIDEST_CELL);
    }

    /** A text of no more than this many of the terminal's cells; an ellipsis stands for what is missing. */
    private static String cut(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int width = 1;
        for (int c : text.codePoints().toArray()) {
            width += width(Character.toString(c));
            if (width > cells) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut.append('…').toString();
    }

    private static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
