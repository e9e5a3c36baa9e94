package dev.tidegate.client.sweep;

import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.Item;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.ProcedureCall;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is done over and over while the line fails: a batch and a call that read, then a batch, a call and a bulk load that write in one
 * transaction, then its commit. Takes as many bytes whatever its number is. Whoever runs it gets exactly what the server has, or an {@link
 * SQLException}; anything else is an {@link AssertionError}.
 */
final class Dialogue {
    /** Rows that a commit leaves in {@code swept}. */
    static final int ROWS = 8;

    static final List<String> TABLES = List.of(
            "CREATE TABLE source (i INT, text NVARCHAR(40))", "CREATE TABLE swept (run INT NOT NULL, k INT NOT NULL)");

    private static final int SOURCE_ROWS = 12;
    private static final TypeInfo TEXT = TypeInfo.nvarchar(4000, Collation.DEFAULT);

    private final int run;

    /** @param run from 0 to 999,999: what its rows are known by */
    Dialogue(int run) {
        this.run = run;
    }

    static String fill() {
        StringBuilder sql = new StringBuilder("INSERT INTO source VALUES ");
        for (int i = 0; i < SOURCE_ROWS; i++) {
            sql.append(i == 0 ? "" : ", ")
                    .append("(")
                    .append(i)
                    .append(", N'")
                    .append(text(i))
                    .append("')");
        }
        return sql.toString();
    }

    private static String text(int i) {
        return "the text of row " + i;
    }

    /** An opener's connection is closed at the end. */
    interface Opener {
        TdsConnection open() throws SQLException;
    }

    Outcome on(Opener opener) {
        try (TdsConnection connection = opener.open()) {
            read(connection);
            connection.begin(IsolationLevel.READ_COMMITTED);
            write(connection);
            try {
                connection.commit();
            } catch (SQLException e) {
                return Outcome.ofCommit(e);
            }
            return Outcome.done();
        } catch (SQLException e) {
            return Outcome.failed(e);
        }
    }

    /** The part that changes nothing. */
    static void read(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("SELECT i, text FROM source ORDER BY i")) {
            expectRows(response, SOURCE_ROWS);
        }
        int limit = 5;
        try (Response response = connection.call(
                sql(
                        "SELECT i, text FROM source WHERE i < @limit ORDER BY i",
                        "@limit int",
                        Parameter.in("@limit", TypeInfo.integer(), limit)),
                RequestOptions.DEFAULTS)) {
            expectRows(response, limit);
        }
    }

    private void write(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute(String.format("INSERT INTO swept VALUES (%06d, 0)", run))) {
            expectCount(response);
        }
        try (Response response = connection.call(
                sql("INSERT INTO swept VALUES (@run, 1)", "@run int", Parameter.in("@run", TypeInfo.integer(), run)),
                RequestOptions.DEFAULTS)) {
            expectCount(response);
        }
        try (BulkLoad load = connection.bulkLoad("swept", BulkLoadOptions.DEFAULTS)) {
            for (int k = 2; k < ROWS; k++) {
                load.writeRow(run, k);
            }
            expect(ROWS - 2L, load.finish());
        }
    }

    private static ProcedureCall sql(String statement, String declaration, Parameter value) {
        return ProcedureCall.byId(
                ProcedureCall.SP_EXECUTESQL,
                List.of(Parameter.in(TEXT, statement), Parameter.in(TEXT, declaration), value));
    }

    private static void expectRows(Response response, int rows) throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            wanted.add(i + " " + text(i));
        }
        boolean any = false;
        for (Item item = response.next(); item != null; item = response.next()) {
            if (item instanceof Item.Rows) {
                any = true;
                while (response.nextRow()) {
                    found.add(row(response));
                }
            }
        }
        expect(true, any);
        expect(wanted, found);
    }

    private static String row(Response response) throws SQLException {
        try {
            return response.row().getLong(0) + " " + response.row().getString(1);
        } catch (IOException e) {
            throw response.failed(e);
        }
    }

    private static void expectCount(Response response) throws SQLException {
        List<Item> items = new ArrayList<>();
        for (Item item = response.next(); item != null; item = response.next()) {
            if (!(item instanceof Item.Status)) {
                items.add(item);
            }
        }
        expect(List.of(new Item.UpdateCount(1)), items);
    }

    private static void expect(Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new AssertionError("reported as a success: " + found + " in place of " + wanted);
        }
    }
}
