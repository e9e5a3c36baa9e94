package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Runs the same batch on two connections, of which one may load, and demands that everything comes out the same. */
final class BatchTwins {
    /** Opens a connection with these properties behind its URL. */
    interface Opener {
        Connection open(String properties) throws SQLException;
    }

    enum Mode {
        AUTO_COMMIT,
        TRANSACTION,
        ABORTING,
        ABORTING_TRANSACTION;

        private void set(Connection connection) throws SQLException {
            if (this == ABORTING || this == ABORTING_TRANSACTION) {
                execute(connection, "SET XACT_ABORT ON");
            }
            connection.setAutoCommit(this == AUTO_COMMIT || this == ABORTING);
        }
    }

    /** All that can be seen of a batch. */
    private record Seen(List<Long> counts, List<String> errors, List<String> transaction, List<List<Object>> table) {}

    private final Opener opener;
    private String before = "";
    private String insert;
    private String shown = "t";

    BatchTwins(Opener opener) {
        this.opener = opener;
    }

    /** Makes the table t anew for each. */
    BatchTwins table(String columns) {
        before += "DROP TABLE IF EXISTS t; ".repeat(before.isEmpty() ? 1 : 0);
        before += " CREATE TABLE t (" + columns + ")";
        return this;
    }

    BatchTwins before(String sql) {
        before = sql + ";";
        return this;
    }

    /** @param sql what stands behind INSERT INTO */
    BatchTwins insert(String sql) {
        insert = sql;
        return this;
    }

    /** @param table whose rows are compared */
    BatchTwins shownBy(String table) {
        shown = table;
        return this;
    }

    /** The way that the batch went which was free to choose. */
    BatchWay same(Mode mode, int rows, IntFunction<Object[]> values) throws SQLException {
        BatchWay way;
        Seen free;
        try (Connection connection = opener.open("")) {
            free = run(connection, mode, rows, values);
            way = connection.unwrap(BatchMetrics.class).last();
        }
        Seen calls;
        try (Connection connection = opener.open(";useBulkCopyForBatchInsert=false")) {
            calls = run(connection, mode, rows, values);
            assertThat(connection.unwrap(BatchMetrics.class).last()).isEqualTo(BatchWay.SWITCHED_OFF);
        }
        assertThat(free.counts()).as("counts").isEqualTo(calls.counts());
        assertThat(free.errors()).as("errors").isEqualTo(calls.errors());
        assertThat(free.transaction()).as("transaction").isEqualTo(calls.transaction());
        assertThat(free.table()).as("rows").isEqualTo(calls.table());
        return way;
    }

    private Seen run(Connection connection, Mode mode, int rows, IntFunction<Object[]> values) throws SQLException {
        execute(connection, before);
        mode.set(connection);
        List<Long> counts = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + insert)) {
            for (int row = 0; row < rows; row++) {
                Object[] each = values.apply(row);
                for (int i = 0; i < each.length; i++) {
                    statement.setObject(i + 1, each[i]);
                }
                statement.addBatch();
            }
            try {
                Arrays.stream(statement.executeLargeBatch()).forEach(counts::add);
            } catch (BatchUpdateException e) {
                Arrays.stream(e.getLargeUpdateCounts()).forEach(counts::add);
                for (SQLException each = e; each != null; each = each.getNextException()) {
                    errors.add(each.getClass() + " " + each.getSQLState() + " " + each.getErrorCode() + " "
                            + each.getMessage());
                }
            }
        }
        List<String> transaction = transaction(connection);
        List<List<Object>> table = read(connection, "SELECT * FROM " + shown);
        connection.setAutoCommit(true);
        return new Seen(
                counts,
                errors,
                transaction,
                table.stream().map(BatchTwins::withoutVersions).toList());
    }

    /** Rowversions count on. */
    private static List<Object> withoutVersions(List<Object> row) {
        return row.stream()
                .filter(value -> !(value instanceof String text) || !text.startsWith("[0, 0, 0, 0, "))
                .toList();
    }

    /** The numbers that the server tells, or what stands in the way of asking; then all is rolled back. */
    private static List<String> transaction(Connection connection) throws SQLException {
        try {
            return List.of(read(connection, "SELECT @@TRANCOUNT, XACT_STATE()").toString());
        } catch (SQLException e) {
            connection.rollback();
            return List.of(e.getSQLState(), e.getMessage());
        }
    }

    static List<List<Object>> read(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<Object>> all = new ArrayList<>();
            while (rows.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    Object value = rows.getObject(i);
                    row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
                }
                all.add(row);
            }
            return all;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
