package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.EngineOptions;
import dev.tidegate.duckdb.TidegateDuckDB;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A process that uses the engine, and ends in one of several ways. */
final class EngineProgram {
    /** How it ends. */
    enum End {
        /** With nothing closed. */
        NOTHING_CLOSED(0),
        /** By System.exit, while a daemon thread reads from the server. */
        EXIT(3),
        /** By an error that nobody catches, while a daemon thread reads from the server. */
        UNCAUGHT_ERROR(1),
        /** After closes with everything still open, whose remains are collected. */
        LIVE_CHILDREN(0);

        private final int code;

        End(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private EngineProgram() {}

    /** @param args the end; a URL; the password in it */
    public static void main(String[] args) throws Exception {
        System.getLogger("dev.tidegate.test").log(System.Logger.Level.DEBUG, "logging is on");
        EngineConnection connection =
                TidegateDuckDB.open("", EngineOptions.defaults().passwordProvider("mine", login -> args[2]));
        run(connection, "ATTACH '" + args[1] + "' AS ms (TYPE mssql, MAXIMUM_POOL_SIZE 4)");
        run(connection, "CREATE SECRET s (TYPE mssql, PASSWORD '" + args[2] + "')");
        run(
                connection,
                "ATTACH '" + args[1].replace(args[2] + "@", "@").replace(":@", "@")
                        + "' AS two (TYPE mssql, PASSWORD_PROVIDER mine)");
        fails(connection, "ATTACH '" + args[1].replace(args[2], "x" + args[2]) + "' AS wrong (TYPE mssql)");
        fails(connection, "ATTACH '" + args[1] + "' AS wrong (TYPE mssql, COLOUR '" + args[2] + "')");
        fails(connection, "SELECT nothing FROM ms.dbo.t");
        run(connection, "FROM mssql_settings()");
        switch (End.valueOf(args[0])) {
            case NOTHING_CLOSED -> {
                Statement left = connection.createStatement();
                left.executeQuery("SELECT id FROM ms.dbo.t").next();
            }
            case EXIT -> {
                readForEver(connection);
                System.exit(End.EXIT.code());
            }
            case UNCAUGHT_ERROR -> {
                readForEver(connection);
                throw new IllegalStateException("nobody catches this");
            }
            case LIVE_CHILDREN -> liveChildren(connection);
        }
    }

    private static void readForEver(EngineConnection connection) throws Exception {
        Thread reader = new Thread(() -> {
            try {
                run(connection, "SELECT count(*) FROM mssql_query('ms', $$" + OnAttachedServer.ENDLESS + "$$)");
            } catch (SQLException e) {
                // The process is ending.
            }
        });
        reader.setDaemon(true);
        reader.start();
        while (connection.rowsRead() == 0) {
            Thread.sleep(1);
        }
    }

    private static void liveChildren(EngineConnection first) throws Exception {
        for (int cycle = 0; cycle < 10; cycle++) {
            EngineConnection connection = first.duplicate();
            List<AutoCloseable> children = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Statement statement = connection.createStatement();
                ResultSet half = statement.executeQuery("SELECT id FROM ms.dbo.t");
                half.next();
                PreparedStatement prepared = connection.prepareStatement("SELECT id FROM ms.dbo.t WHERE id > ?");
                prepared.setInt(1, 0);
                children.addAll(List.of(half, statement, prepared.executeQuery(), prepared));
            }
            Thread closer = new Thread(() -> {
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            closer.start();
            closer.join();
            if (cycle % 2 == 0) {
                for (AutoCloseable child : children) {
                    child.close();
                }
            }
            children.clear();
            System.gc();
        }
        first.close();
    }

    private static void run(EngineConnection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void fails(EngineConnection connection, String sql) {
        try {
            run(connection, sql);
        } catch (SQLException e) {
            return;
        }
        throw new AssertionError("this should have failed");
    }
}
