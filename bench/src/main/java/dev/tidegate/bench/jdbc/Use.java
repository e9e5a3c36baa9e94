package dev.tidegate.bench.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;

/** What a program does again and again with a prepared statement that it keeps. */
enum Use {
    POINT("point query by key", "SELECT name, price, made FROM items WHERE id = ?") {
        @Override
        void run(PreparedStatement statement, int key) throws SQLException {
            statement.setInt(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                check(rows.next(), key);
                check(rows, key, 1);
                check(!rows.next(), key);
            }
        }
    },
    PAGE(
            "page of 100 rows",
            "SELECT id, name, price, made FROM items WHERE id >= ? AND id < ? ORDER BY id") {
        @Override
        void run(PreparedStatement statement, int key) throws SQLException {
            int first = Math.min(key, Shop.ITEMS - ROWS);
            statement.setInt(1, first);
            statement.setInt(2, first + ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                for (int id = first; id < first + ROWS; id++) {
                    check(rows.next() && rows.getInt(1) == id, id);
                    check(rows, id, 2);
                }
                check(!rows.next(), first);
            }
        }
    },
    INSERT("prepared insert", "INSERT INTO orders (item, quantity, note) VALUES (?, ?, ?)") {
        @Override
        void run(PreparedStatement statement, int key) throws SQLException {
            statement.setInt(1, key);
            statement.setInt(2, 3);
            statement.setString(3, "by the door, please");
            check(statement.executeUpdate() == 1, key);
        }
    };

    static final int ROWS = 100;

    private final String label;
    private final String sql;

    Use(String label, String sql) {
        this.label = label;
        this.sql = sql;
    }

    String label() {
        return label;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /**
     * Does it once, and looks at everything that comes back.
     *
     * @param key of an item
     * @throws IllegalStateException if what comes back is wrong
     */
    abstract void run(PreparedStatement statement, int key) throws SQLException;

    private static void check(ResultSet row, int id, int column) throws SQLException {
        check(
                row.getString(column).equals(Shop.name(id))
                        && row.getBigDecimal(column + 1).equals(Shop.price(id))
                        && row.getObject(column + 2, LocalDate.class).equals(Shop.made(id)),
                id);
    }

    private static void check(boolean right, int id) {
        if (!right) {
            throw new IllegalStateException("what came back for item " + id + " is wrong");
        }
    }
}
