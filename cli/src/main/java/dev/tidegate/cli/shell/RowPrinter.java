package dev.tidegate.cli.shell;

import dev.tidegate.cli.Main;
import dev.tidegate.cli.text.Amounts;
import dev.tidegate.cli.text.Screen;
import dev.tidegate.cli.text.TextTable;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the rows of a result as they come. Used by one thread. */
final class RowPrinter {
    private static final int ROWS_BETWEEN_LOOKS = 1000;

    /** How rows are written. */
    enum Format {
        TABLE,
        CSV
    }

    /** The rows of a result, one after the other. */
    interface Rows {
        boolean next() throws SQLException;

        /** @return null for NULL */
        String value(int column) throws SQLException;
    }

    private final PrintWriter out;
    private final Format format;
    private final long limit;
    /** Behind {@link #out}, if there is one. */
    private final Optional<Screen> screen = Screen.ofOutput();

    /** @param limit rows shown of each result as a table; the rest is counted */
    RowPrinter(PrintWriter out, Format format, long limit) {
        this.out = out;
        this.format = format;
        this.limit = limit;
    }

    /**
     * @param numbers which columns hold numbers
     * @param beforeOutput called once the first line is about to be written
     */
    void print(List<String> names, boolean[] numbers, Rows rows, Runnable beforeOutput) throws SQLException {
        if (format == Format.CSV) {
            csv(names, rows, beforeOutput);
        } else {
            table(names, numbers, rows, beforeOutput);
        }
        out.flush();
    }

    /** CSV output holds data only. */
    void remark(String text) {
        if (format == Format.TABLE) {
            out.println(text);
        }
    }

    private void table(List<String> names, boolean[] numbers, Rows rows, Runnable beforeOutput) throws SQLException {
        TextTable table = new TextTable(names, numbers);
        long count = 0;
        for (; rows.next(); count++) {
            if (count < limit) {
                table.add(values(names.size(), rows));
            }
        }
        beforeOutput.run();
        out.print(screen.map(terminal -> table.fitted(terminal.columns())).orElseGet(table::toString));
        remark("(" + Amounts.rows(count) + (count > limit ? ", the first " + Amounts.count(limit) + " shown" : "") + ")");
    }

    private void csv(List<String> names, Rows rows, Runnable beforeOutput) throws SQLException {
        boolean any = rows.next();
        beforeOutput.run();
        out.println(names.stream().map(RowPrinter::quoted).collect(Collectors.joining(",")));
        for (long count = 0; any; any = rows.next(), count++) {
            if (count % ROWS_BETWEEN_LOOKS == 0 && out.checkError()) {
                // As in "| head": nobody reads on, so the server need not go on either.
                throw Main.unwritable();
            }
            out.println(values(names.size(), rows).stream()
                    .map(RowPrinter::quoted)
                    .collect(Collectors.joining(",")));
        }
    }

    private static List<String> values(int count, Rows rows) throws SQLException {
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(rows.value(i));
        }
        return values;
    }

    /** NULL is nothing, an empty text is two quotes. */
    private static String quoted(String value) {
        if (value == null) {
            return "";
        }
        return value.isEmpty() || value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + value.replace("\"", "\"\"") + '"'
                : value;
    }
}
