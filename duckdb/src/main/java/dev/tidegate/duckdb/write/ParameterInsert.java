package dev.tidegate.duckdb.write;

import dev.tidegate.client.Item;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** INSERT with the values as parameters, as many rows in each as one may have, and all of them in one round trip. */
final class ParameterInsert {
    /** SQL Server takes no more rows in VALUES. */
    private static final int MOST_ROWS = 1000;

    /** SQL Server takes 2,100, of which sp_executesql has two itself. */
    private static final int MOST_PARAMETERS = 2000;

    private static final String OUTPUT = " OUTPUT INSERTED.*";

    private final TdsConnection connection;
    private final Run run;
    private final RemoteName table;
    private final List<Column> columns;

    ParameterInsert(TdsConnection connection, Run run, RemoteName table, List<Column> columns) {
        this.connection = connection;
        this.run = run;
        this.table = table;
        this.columns = columns;
    }

    /** @return rows that the server has confirmed */
    long insert(List<Object[]> rows) throws SQLException {
        List<ProcedureCall> calls = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += together()) {
            calls.add(call(rows.subList(from, Math.min(rows.size(), from + together())), ""));
        }
        long confirmed = 0;
        // What a trigger changes is told before what the INSERT does.
        long last = 0;
        try (Response response = run.call(connection, calls)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.UpdateCount count) {
                    last = count.count();
                } else if (item instanceof Item.CallEnd) {
                    confirmed += last;
                    last = 0;
                }
            }
        } finally {
            run.left(connection);
        }
        return confirmed + last;
    }

    /**
     * As {@link #insert}, and gives the rows as the table has them then.
     *
     * @return rows that the server has confirmed by sending them
     */
    long insert(List<Object[]> rows, ChangedRows inserted) throws SQLException {
        long confirmed = 0;
        for (int from = 0; from < rows.size(); from += together()) {
            ProcedureCall call = call(rows.subList(from, Math.min(rows.size(), from + together())), OUTPUT);
            try (Response response = run.call(connection, List.of(call))) {
                confirmed += inserted.take(ChangedRows.Action.INSERT, response);
            } finally {
                run.left(connection);
            }
        }
        return confirmed;
    }

    private int together() {
        return Math.max(1, Math.min(MOST_ROWS, MOST_PARAMETERS / columns.size()));
    }

    /** @param output what stands before VALUES */
    private ProcedureCall call(List<Object[]> rows, String output) {
        List<Parameter> parameters = new ArrayList<>();
        StringBuilder values = new StringBuilder();
        for (Object[] row : rows) {
            values.append(values.length() == 0 ? "(" : ", (");
            for (int i = 0; i < row.length; i++) {
                String name = "@p" + (parameters.size() + 1);
                parameters.add(Parameter.in(
                        name, CellValues.parameterType(columns.get(i).type()), row[i]));
                values.append(i == 0 ? "" : ", ").append(name);
            }
            values.append(')');
        }
        String names = columns.stream()
                .map(column -> Identifiers.sqlServer(column.name()))
                .collect(Collectors.joining(", "));
        return ProcedureCall.executeSql(
                "INSERT INTO " + table.sql() + " (" + names + ")" + output + " VALUES " + values, parameters);
    }
}
