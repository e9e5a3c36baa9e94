package dev.tidegate.jdbc.soak;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Random;
import javax.sql.DataSource;

/** Work that only reads, and knows what it has to get: every row in its order and the end behind the last one, or an error. */
final class Reads {
    private static final int ROWS = 1_500;
    private static final String ALL = "SELECT n, t FROM numbers ORDER BY n";
    private static final String ENDLESS =
            "SELECT COUNT(*) FROM numbers a CROSS JOIN numbers b CROSS JOIN numbers c WHERE a.n + b.n + c.n < 0";

    private final DataSource source;
    private final Later later;

    Reads(DataSource source, Later later) {
        this.source = source;
        this.later = later;
    }

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers (n INT NOT NULL PRIMARY KEY, t NVARCHAR(60) NOT NULL)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?, ?)")) {
            for (int n = 1; n <= ROWS; n++) {
                insert.setInt(1, n);
                insert.setString(2, text(n));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String text(int n) {
        return ("row " + n + " of the soak ").repeat(2);
    }

    /** Every row. */
    void all(Random random) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALL)) {
            read(rows, ROWS);
        }
    }

    /** Some rows, and then a close of the result, the statement or the connection. */
    void some(Random random) throws SQLException {
        Connection connection = source.getConnection();
        try {
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery(ALL);
            for (int n = 1; n <= random.nextInt(ROWS); n++) {
                check(rows, n);
            }
            switch (random.nextInt(3)) {
                case 0 -> rows.close();
                case 1 -> statement.close();
                default -> connection.close();
            }
            if (!connection.isClosed()) {
                echo(connection, random);
            }
        } finally {
            connection.close();
        }
    }

    /** Another thread cancels the statement or closes something meanwhile. */
    void disturbed(Random random) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            switch (random.nextInt(3)) {
                case 0 -> later.run(random, "cancel of a statement", statement::cancel);
                case 1 -> later.run(random, "close of a statement", statement::close);
                default -> later.run(random, "close of a connection", connection::close);
            }
            try (ResultSet rows = statement.executeQuery(ALL)) {
                read(rows, ROWS);
            }
        }
    }

    /** A query that would run for hours. */
    void timedOut(Random random) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            try (ResultSet rows = statement.executeQuery(ENDLESS)) {
                rows.next();
                throw new AssertionError("the endless query has ended");
            } catch (SQLTimeoutException e) {
                echo(connection, random);
            }
        }
    }

    /** A prepared statement, run again and again: each answer is the one to its own values. */
    void prepared(Random random) throws SQLException {
        try (Connection connection = source.getConnection()) {
            echo(connection, random);
        }
    }

    /** Two results open at once: the first is taken into memory for the second. */
    void twoAtOnce(Random random) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement first = connection.createStatement();
                ResultSet rows = first.executeQuery(ALL)) {
            int before = random.nextInt(ROWS);
            for (int n = 1; n <= before; n++) {
                check(rows, n);
            }
            echo(connection, random);
            for (int n = before + 1; n <= ROWS; n++) {
                check(rows, n);
            }
            expectEnd(rows);
        }
    }

    private static void echo(Connection connection, Random random) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT CAST(? AS INT), CAST(? AS NVARCHAR(200))")) {
            for (int round = 0; round < 4; round++) {
                int number = random.nextInt();
                String text = Integer.toString(number, 36).repeat(1 + random.nextInt(20));
                statement.setInt(1, number);
                statement.setString(2, text);
                try (ResultSet rows = statement.executeQuery()) {
                    if (!rows.next()
                            || rows.getInt(1) != number
                            || !rows.getString(2).equals(text)) {
                        throw new AssertionError("the answer to another request: " + rows.getInt(1) + " and "
                                + rows.getString(2) + " for " + number + " and " + text);
                    }
                    expectEnd(rows);
                }
            }
        }
    }

    private static void read(ResultSet rows, int last) throws SQLException {
        for (int n = 1; n <= last; n++) {
            check(rows, n);
        }
        expectEnd(rows);
    }

    private static void check(ResultSet rows, int n) throws SQLException {
        if (!rows.next()) {
            throw new AssertionError("a result ended before row " + n + " as if it were complete");
        }
        int number = rows.getInt(1);
        String text = rows.getString(2);
        if (number != n || !text.equals(text(n))) {
            throw new AssertionError("row " + n + " reads " + number + ", " + text);
        }
    }

    private static void expectEnd(ResultSet rows) throws SQLException {
        if (rows.next()) {
            throw new AssertionError("a row behind the last one: " + rows.getInt(1));
        }
    }
}
