package dev.tidegate.testkit.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text behind {@code # expect N:}. */
final class ExpectationParser {
    private static final String NUMBER = "(-?\\d+)";
    private static final Pattern ROW = Pattern.compile("row(?: " + NUMBER + ")?: (.*)");
    private static final Pattern UNLISTED =
            Pattern.compile("rows " + NUMBER + " to " + NUMBER + " not listed; sha256 .*: ([0-9a-f]{64})");
    private static final Pattern MESSAGE = Pattern.compile("(error|message) number=(\\S+)(.*?) text=(\".*\")");
    private static final Pattern RETURN_VALUE = Pattern.compile("return value " + NUMBER + "(?:, outputs (.*))?");
    private static final Pattern OUTPUT = Pattern.compile("output (\\S+) = (.*)");

    private ExpectationParser() {}

    static Expectation parse(String text) {
        if (text.startsWith("columns ")) {
            return new Expectation.Columns(CellText.split(text.substring("columns ".length())));
        }
        Matcher row = ROW.matcher(text);
        if (row.matches()) {
            int number = row.group(1) == null ? 0 : Integer.parseInt(row.group(1));
            return new Expectation.Row(number, CellText.split(row.group(2)));
        }
        Matcher unlisted = UNLISTED.matcher(text);
        if (unlisted.matches()) {
            return new Expectation.Unlisted(
                    Integer.parseInt(unlisted.group(1)), Integer.parseInt(unlisted.group(2)), unlisted.group(3));
        }
        Matcher message = MESSAGE.matcher(text);
        if (message.matches() && !message.group(2).equals("undefined")) {
            return message(message);
        }
        Matcher returned = RETURN_VALUE.matcher(text);
        if (returned.matches()) {
            List<String> outputs = returned.group(2) == null ? List.of() : CellText.split(returned.group(2));
            return new Expectation.ReturnValue(Integer.parseInt(returned.group(1)), outputs);
        }
        Matcher output = OUTPUT.matcher(text);
        if (output.matches()) {
            return new Expectation.Output(output.group(1), output.group(2));
        }
        return count(text);
    }

    private static Expectation count(String text) {
        Long rows = number(text, "row count ");
        if (rows != null) {
            return new Expectation.RowCount(rows);
        }
        Long updated = number(text, "update count ");
        if (updated != null) {
            return new Expectation.UpdateCount(updated);
        }
        Long loaded = number(text, "rows loaded ");
        if (loaded != null) {
            return new Expectation.RowsLoaded(loaded);
        }
        Long status = number(text, "return status ");
        if (status != null) {
            return new Expectation.ReturnStatus(status.intValue());
        }
        if (text.matches("update counts \\[[-\\d, ]*]")) {
            List<Long> counts = new ArrayList<>();
            Matcher numbers = Pattern.compile(NUMBER).matcher(text);
            while (numbers.find()) {
                counts.add(Long.valueOf(numbers.group()));
            }
            return new Expectation.UpdateCounts(counts);
        }
        return new Expectation.Remark(text);
    }

    private static Long number(String text, String prefix) {
        String rest = text.startsWith(prefix) ? text.substring(prefix.length()) : "";
        return rest.matches(NUMBER) ? Long.valueOf(rest) : null;
    }

    private static Expectation message(Matcher message) {
        String fields = message.group(3);
        return new Expectation.Message(
                message.group(1).equals("error"),
                !fields.contains("raised by the client"),
                Long.parseLong(message.group(2)),
                intField(fields, "state"),
                intField(fields, "class"),
                intField(fields, "line"),
                textField(fields, "server"),
                textField(fields, "proc"),
                CellText.unquote(message.group(4)));
    }

    private static int intField(String fields, String name) {
        Matcher field = Pattern.compile(" " + name + "=" + NUMBER).matcher(fields);
        return field.find() ? Integer.parseInt(field.group(1)) : -1;
    }

    private static String textField(String fields, String name) {
        Matcher field = Pattern.compile(" " + name + "=(\"[^\"]*\")").matcher(fields);
        return field.find() ? CellText.unquote(field.group(1)) : null;
    }
}
