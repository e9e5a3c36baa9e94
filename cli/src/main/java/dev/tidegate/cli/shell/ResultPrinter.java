package dev.tidegate.cli.shell;

import dev.tidegate.cli.Main;
import dev.tidegate.cli.RowValues;
import dev.tidegate.cli.text.Amounts;
import dev.tidegate.cli.text.Screen;
import dev.tidegate.cli.text.TextTable;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ServerMessage;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Prints the answer to a batch as it arrives. Used by one thread. */
final class ResultPrinter {
    /** Changes of database and language, which are told after every login and USE. */
    private static final Set<Integer> CHATTER = Set.of(5701, 5703);

    private static final int ROWS_BETWEEN_LOOKS = 1000;

    /** How rows are written. */
    enum Format {
        TABLE,
        CSV
    }

    private final PrintWriter out;
    private final PrintWriter err;
    private final Format format;
    private final long limit;
    /** Behind {@link #out}, if there is one. */
    private final Optional<Screen> screen = Screen.ofOutput();

    private int messagesShown;

    /** @param limit rows shown of each result as a table; the rest is counted */
    ResultPrinter(PrintWriter out, PrintWriter err, Format format, long limit) {
        this.out = out;
        this.err = err;
        this.format = format;
        this.limit = limit;
    }

    /** @return false if the server reported an error, which has then been printed */
    boolean print(Response response) {
        messagesShown = 0;
        boolean good = true;
        while (true) {
            try {
                Item item = response.next();
                messages(response);
                if (item == null) {
                    return good;
                }
                print(item, response);
            } catch (SQLException e) {
                messages(response);
                ErrorText.print(err, e);
                good = false;
                if (!response.isOpen()) {
                    return false;
                }
            }
        }
    }

    private void print(Item item, Response response) throws SQLException {
        switch (item) {
            case Item.Rows rows when format == Format.CSV -> csv(rows.columns(), response);
            case Item.Rows rows -> table(rows.columns(), response);
            case Item.UpdateCount count -> remark("(" + Amounts.rows(count.count()) + " affected)");
            case Item.OutputValue value -> remark(value.name() + " = " + ValueText.of(value.value()));
            case Item.Status status -> {
                if (status.value() != 0) {
                    remark("(return status " + status.value() + ")");
                }
            }
            case Item.CallEnd end -> {}
        }
        out.flush();
    }

    /** CSV output holds data only. */
    private void remark(String text) {
        if (format == Format.TABLE) {
            out.println(text);
        }
    }

    private void table(List<Column> columns, Response response) throws SQLException {
        boolean[] numbers = new boolean[columns.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = isNumber(columns.get(i));
        }
        TextTable table = new TextTable(columns.stream().map(Column::name).toList(), numbers);
        long rows = 0;
        for (; response.nextRow(); rows++) {
            if (rows < limit) {
                table.add(values(columns.size(), response));
            }
        }
        out.print(screen.map(terminal -> table.fitted(terminal.columns())).orElseGet(table::toString));
        remark("(" + Amounts.rows(rows) + (rows > limit ? ", the first " + Amounts.count(limit) + " shown" : "") + ")");
    }

    private void csv(List<Column> columns, Response response) throws SQLException {
        out.println(columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(",")));
        for (long rows = 0; response.nextRow(); rows++) {
            if (rows % ROWS_BETWEEN_LOOKS == 0 && out.checkError()) {
                // As in "| head": nobody reads on, so the server need not go on either.
                throw Main.unwritable();
            }
            out.println(values(columns.size(), response).stream()
                    .map(ResultPrinter::quoted)
                    .collect(Collectors.joining(",")));
        }
    }

    private static List<String> values(int count, Response response) throws SQLException {
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(ValueText.of(RowValues.of(response, i)));
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

    private static boolean isNumber(Column column) {
        return switch (column.type().sqlType()) {
            case BIT, TINYINT, SMALLINT, INT, BIGINT, REAL, FLOAT, DECIMAL, NUMERIC, MONEY, SMALLMONEY -> true;
            default -> false;
        };
    }

    /** What PRINT and the like have said since the last look. */
    private void messages(Response response) {
        List<ServerMessage> messages = response.messages();
        for (; messagesShown < messages.size(); messagesShown++) {
            ServerMessage message = messages.get(messagesShown);
            if (!CHATTER.contains(message.number())) {
                err.println(message.text());
            }
        }
        err.flush();
    }
}
