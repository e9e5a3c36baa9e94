package dev.tidegate.cli.shell;

import dev.tidegate.cli.text.Amounts;
import dev.tidegate.cli.text.Progress;
import dev.tidegate.cli.text.ProgressLine;
import dev.tidegate.cli.text.Screen;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBPreparedStatement;

/** Runs DuckDB's statements with SQL Server databases attached, and prints what they give. Used by one thread, but for cancels. */
final class EngineStatements {
    private static final Set<String> CHANGES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY");

    private final EngineConnection connection;
    private final PrintWriter out;
    private final PrintWriter err;
    private final RowPrinter printer;
    private final Optional<Screen> screen = Screen.ofError();
    private volatile Statement running;
    private volatile boolean cancelled;

    EngineStatements(EngineConnection connection, PrintWriter out, PrintWriter err, RowPrinter printer) {
        this.connection = connection;
        this.out = out;
        this.err = err;
        this.printer = printer;
    }

    EngineConnection connection() {
        return connection;
    }

    /** Ends the statement that runs at this moment, if any, with an error. Any thread. */
    void cancel() {
        Statement statement = running;
        if (statement != null) {
            cancelled = true;
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It ended by itself meanwhile.
                System.getLogger(EngineStatements.class.getName())
                        .log(System.Logger.Level.DEBUG, "nothing to cancel", e);
            }
        }
    }

    void run(SqlStatement sql) throws SQLException {
        long start = System.nanoTime();
        cancelled = false;
        try (Statement statement = connection.createStatement()) {
            running = statement;
            Shown shown = new Shown(statement, start);
            try {
                if (statement.execute(sql.text())) {
                    try (ResultSet rows = statement.getResultSet()) {
                        print(rows, shown);
                    }
                } else {
                    shown.end();
                    changed(sql, statement.getLargeUpdateCount());
                }
            } finally {
                shown.end();
            }
        } catch (SQLException e) {
            // DuckDB says of a result whose statement was cancelled that it is invalid.
            throw cancelled ? new SQLException("the statement was cancelled", "57014", e) : e;
        } finally {
            running = null;
        }
    }

    private void changed(SqlStatement sql, long count) {
        boolean changes = CHANGES.stream().anyMatch(sql::begins);
        if (count > 0 || changes) {
            printer.remark("(" + Amounts.rows(Math.max(0, count)) + " affected)");
        }
        out.flush();
    }

    private void print(ResultSet result, Shown shown) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> names = new ArrayList<>();
        boolean[] numbers = new boolean[columns.getColumnCount()];
        for (int i = 0; i < numbers.length; i++) {
            names.add(columns.getColumnLabel(i + 1));
            numbers[i] = isNumber(columns.getColumnType(i + 1));
        }
        if (names.equals(List.of("explain_key", "explain_value"))) {
            shown.end();
            plan(result);
            return;
        }
        RowPrinter.Rows rows = new RowPrinter.Rows() {
            @Override
            public boolean next() throws SQLException {
                return result.next();
            }

            @Override
            public String value(int column) throws SQLException {
                return result.getString(column + 1);
            }
        };
        printer.print(names, numbers, rows, shown::end);
    }

    /** A plan is a drawing of many lines, which a cell of a table would spoil. */
    private void plan(ResultSet result) throws SQLException {
        while (result.next()) {
            out.println(result.getString(2).stripTrailing());
        }
        out.flush();
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.REAL, Types.FLOAT -> true;
            case Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> true;
            default -> false;
        };
    }

    /** How far the statement is, on a terminal only, until there is something else to be written. */
    private final class Shown {
        private final Statement statement;
        private final long start;
        private Progress progress;

        Shown(Statement statement, long start) {
            this.statement = statement;
            this.start = start;
            this.progress = screen.isPresent() ? new Progress(err, screen, this::line) : null;
        }

        void end() {
            if (progress != null) {
                progress.close();
                progress = null;
            }
        }

        private ProgressLine line() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            long rows = connection.rowsRead();
            return new ProgressLine(rows > 0 ? rows : -1, -1, -1, elapsed, share());
        }

        /** As DuckDB knows it: scans of servers are not in it. */
        private double share() {
            try {
                double percentage = statement.unwrap(DuckDBPreparedStatement.class)
                        .getQueryProgress()
                        .getPercentage();
                return percentage > 0 ? percentage / 100 : -1;
            } catch (SQLException | IllegalStateException e) {
                // It has not begun, or has ended.
                return -1;
            }
        }
    }
}
