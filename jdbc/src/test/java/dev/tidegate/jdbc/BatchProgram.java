package dev.tidegate.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Inserts a batch into the table t by each of the given hosts, and prints in what way it went. */
final class BatchProgram {
    private static final int ROWS = 300;

    private BatchProgram() {}

    public static void main(String[] args) throws SQLException {
        int port = Integer.parseInt(args[0]);
        for (int i = 1; i < args.length; i++) {
            String url = "jdbc:tidegate://" + args[i] + ":" + port + ";databaseName=demo;encrypt=false";
            try (Connection connection =
                            DriverManager.getConnection(url, OnEmbeddedServer.USER, OnEmbeddedServer.PASSWORD);
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO t (n) VALUES (?)")) {
                for (int row = 0; row < ROWS; row++) {
                    insert.setInt(1, row);
                    insert.addBatch();
                }
                insert.executeBatch();
                System.out.println(
                        args[i] + " " + connection.unwrap(BatchMetrics.class).last());
            }
        }
    }
}
