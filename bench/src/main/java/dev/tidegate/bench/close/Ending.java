package dev.tidegate.bench.close;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** What is ended, and in which moment. */
enum Ending {
    IDLE("close an idle connection") {
        @Override
        long nanos(Connection connection) throws Exception {
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery("one").next();
            }
            long begun = System.nanoTime();
            connection.close();
            return System.nanoTime() - begun;
        }
    },
    RUNNING("close while another thread reads") {
        @Override
        long nanos(Connection connection) throws Exception {
            FutureTask<Long> reader = reader(connection.createStatement());
            long begun = System.nanoTime();
            connection.close();
            long closed = System.nanoTime() - begun;
            reader.get();
            return closed;
        }
    },
    CANCEL("cancel until the reader has ended") {
        @Override
        long nanos(Connection connection) throws Exception {
            try (connection) {
                Statement statement = connection.createStatement();
                FutureTask<Long> reader = reader(statement);
                long begun = System.nanoTime();
                statement.cancel();
                return reader.get() - begun;
            }
        }
    },
    EARLY("close a result after 10 of 10,000,000 rows") {
        @Override
        long nanos(Connection connection) throws Exception {
            return early(connection, false);
        }
    },
    /** What the close has put off, the next statement has to wait for. */
    EARLY_AND_ON("the same, and run the next statement") {
        @Override
        long nanos(Connection connection) throws Exception {
            return early(connection, true);
        }
    };

    private static final int FEW = 10;

    private final String label;

    Ending(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Does it once; the connection is of no use afterwards. */
    abstract long nanos(Connection connection) throws Exception;

    private static long early(Connection connection, boolean andOn) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            ResultSet rows = few(statement);
            long begun = System.nanoTime();
            rows.close();
            if (andOn) {
                statement.executeQuery("one").next();
            }
            return System.nanoTime() - begun;
        }
    }

    private static ResultSet few(Statement statement) throws SQLException {
        ResultSet rows = statement.executeQuery(RowsBackend.ROWS);
        for (int row = 0; row < FEW; row++) {
            rows.next();
        }
        return rows;
    }

    /** A thread that reads rows already, and will say when it was ended. */
    private static FutureTask<Long> reader(Statement statement) throws Exception {
        ResultSet rows = few(statement);
        Callable<Long> reading = () -> {
            try {
                while (rows.next()) {}
            } catch (SQLException e) {
                return System.nanoTime();
            }
            throw new IllegalStateException("all rows were read before they could be ended");
        };
        FutureTask<Long> reader = new FutureTask<>(reading);
        Thread.ofPlatform().name("reader").daemon().start(reader);
        // It is in the midst of it then, as far as that can be told.
        Thread.sleep(2);
        return reader;
    }
}
