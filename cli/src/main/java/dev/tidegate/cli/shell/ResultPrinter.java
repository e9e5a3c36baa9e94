package dev.tidegate.cli.shell;

import dev.tidegate.cli.RowValues;
import dev.tidegate.cli.text.Amounts;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ServerMessage;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Prints the answer to a batch as it arrives. Used by one thread. */
final class ResultPrinter {
    /** Changes of database and language, which are told after every login and USE. */
    private static final Set<Integer> CHATTER = Set.of(5701, 5703);

    private final PrintWriter out;
    private final PrintWriter err;
    private final RowPrinter printer;

    private int messagesShown;

    ResultPrinter(PrintWriter out, PrintWriter err, RowPrinter printer) {
        this.out = out;
        this.err = err;
        this.printer = printer;
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
            case Item.Rows rows -> rows(rows.columns(), response);
            case Item.UpdateCount count -> printer.remark("(" + Amounts.rows(count.count()) + " affected)");
            case Item.OutputValue value -> printer.remark(value.name() + " = " + ValueText.of(value.value()));
            case Item.Status status -> {
                if (status.value() != 0) {
                    printer.remark("(return status " + status.value() + ")");
                }
            }
            case Item.CallEnd end -> {}
        }
        out.flush();
    }

    private void rows(List<Column> columns, Response response) throws SQLException {
        boolean[] numbers = new boolean[columns.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = isNumber(columns.get(i));
        }
        RowPrinter.Rows rows = new RowPrinter.Rows() {
            @Override
            public boolean next() throws SQLException {
                return response.nextRow();
            }

            @Override
            public String value(int column) throws SQLException {
                return ValueText.of(RowValues.of(response, column));
            }
        };
        printer.print(columns.stream().map(Column::name).toList(), numbers, rows, () -> {});
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
