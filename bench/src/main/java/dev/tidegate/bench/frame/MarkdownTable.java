package dev.tidegate.bench.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as a table that is readable as text and as Markdown: medians, and the ratio to the best peer. */
public final class MarkdownTable {
    private MarkdownTable() {}

    /** @param results with the same contenders and figures */
    public static String of(List<Result> results) {
        Result first = results.getFirst();
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        for (String figure : first.figures()) {
            for (String contender : first.contenders()) {
                head.add(contender + ", " + first.median(contender, figure).unit());
            }
            head.add("ratio");
        }
        lines.add(head);
        results.forEach(result -> lines.add(line(result)));
        return render(lines);
    }

    /**
     * One result with a line for each contender, for comparisons that have many: medians, and how many times the best peer's and the limit's
     * first figure it has.
     */
    public static String ofContenders(Result result) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(result.label()));
        String ours = result.contenders().getFirst();
        for (String figure : result.figures()) {
            head.add(figure + ", " + result.median(ours, figure).unit());
        }
        head.addAll(List.of("to best peer", "to limit"));
        lines.add(head);
        for (String contender : result.contenders()) {
            List<String> cells = new ArrayList<>(List.of(contender));
            for (String figure : result.figures()) {
                cells.add(number(result.median(contender, figure).value()));
            }
            String first = result.figures().getFirst();
            cells.add(ratio(result.ratio(contender, first, Contender.Role.PEER)));
            cells.add(ratio(result.ratio(contender, first, Contender.Role.LIMIT)));
            lines.add(cells);
        }
        return render(lines);
    }

    private static String ratio(double value) {
        return Double.isInfinite(value) ? "–" : number(value);
    }

    private static List<String> line(Result result) {
        List<String> cells = new ArrayList<>(List.of(result.label()));
        for (String figure : result.figures()) {
            for (String contender : result.contenders()) {
                cells.add(number(result.median(contender, figure).value()));
            }
            cells.add(String.format(Locale.ROOT, "%.2f", result.ratio(figure)));
        }
        return cells;
    }

    /** Three digits that mean something; more would be noise. */
    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 || value == 0 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String render(List<List<String>> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            List<String> line = lines.get(i);
            text.append('|');
            for (int column = 0; column < line.size(); column++) {
                String format = column == 0 ? " %-" + width(lines, column) + "s |" : " %" + width(lines, column) + "s |";
                text.append(String.format(Locale.ROOT, format, line.get(column)));
            }
            text.append('\n');
            if (i == 0) {
                text.append(rule(lines));
            }
        }
        return text.toString();
    }

    private static String rule(List<List<String>> lines) {
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < lines.getFirst().size(); column++) {
            rule.append("-".repeat(width(lines, column) + (column == 0 ? 2 : 1))).append(column == 0 ? "|" : ":|");
        }
        return rule.append('\n').toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
