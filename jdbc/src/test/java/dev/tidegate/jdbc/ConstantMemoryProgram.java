package dev.tidegate.jdbc;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads and writes more than its memory holds; run with a small heap. Arguments: URL, rows and bytes to expect. */
final class ConstantMemoryProgram {
    private ConstantMemoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        long rows = Long.parseLong(arguments[1]);
        long bytes = Long.parseLong(arguments[2]);
        try (Connection connection = DriverManager.getConnection(arguments[0], "sa", "secret")) {
            readRows(connection, rows);
            readValue(connection, bytes);
            writeValue(connection, bytes);
        }
    }

    private static void readRows(Connection connection, long expected) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("rows")) {
            long row = 0;
            while (result.next()) {
                require(result.getInt(1) == (int) row && result.getLong(2) == row, "row " + row);
                row++;
            }
            require(row == expected, row + " rows");
        }
    }

    private static void readValue(Connection connection, long expected) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("value")) {
            require(result.next(), "no row");
            try (InputStream in = result.getBlob(1).getBinaryStream()) {
                long read = in.transferTo(OutputStream.nullOutputStream());
                require(read == expected, read + " bytes");
            }
        }
    }

    private static void writeValue(Connection connection, long length) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
            insert.setBinaryStream(1, new GeneratingPeer.Zeros(length), length);
            require(insert.executeUpdate() == 1, "not inserted");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("unexpected: " + what);
        }
    }
}
