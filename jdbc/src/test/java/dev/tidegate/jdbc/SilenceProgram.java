package dev.tidegate.jdbc;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A process of its own in which driver, pool and server succeed and fail, and which itself prints nothing. */
final class SilenceProgram {
    static final String USER = "sa";
    static final String PASSWORD = "Geheim-4711";

    private SilenceProgram() {}

    /** @param arguments whether things go well or fail: "success" or "failure" */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                .database("demo")
                .login(USER, PASSWORD)
                .tls(Tls.selfSigned())
                .start()) {
            if (arguments[0].equals("success")) {
                succeed(server);
            } else {
                fail(server);
            }
        }
    }

    private static void succeed(EmbeddedSqlServer server) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(server.url() + ";trustServerCertificate=true", USER, PASSWORD)) {
            use(connection);
        }
        try (TidegateDataSource source = source(server)) {
            for (int i = 0; i < 5; i++) {
                try (Connection connection = source.getConnection()) {
                    use(connection);
                }
            }
        }
    }

    private static void use(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            if (!result.next()) {
                throw new SQLException("there is no row");
            }
        }
    }

    private static void fail(EmbeddedSqlServer server) throws SQLException, IOException {
        refused(() -> DriverManager.getConnection(server.url() + ";trustServerCertificate=true", USER, "wrong"));
        // The server's certificate is not trusted.
        refused(() -> DriverManager.getConnection(server.url(), USER, PASSWORD));
        refused(() -> DriverManager.getConnection("jdbc:tidegate://127.0.0.1:1;loginTimeout=1", USER, PASSWORD));
        refused(() -> DriverManager.getConnection(server.url() + ";unknown=1", USER, PASSWORD));
        try (Socket hostile = new Socket(InetAddress.getByName("127.0.0.1"), server.port())) {
            hostile.getOutputStream().write(new byte[1_000]);
            hostile.getInputStream().read();
        }
        try (TidegateDataSource source = source(server);
                Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            refused(() -> statement.execute("SELECT * FROM nothing"));
            refused(() -> statement.execute("no statement at all"));
            statement.setQueryTimeout(1);
            refused(() -> statement.execute("WAITFOR DELAY '00:01:00'"));
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE t (id INT)");
            server.close();
            refused(() -> statement.execute("SELECT 1"));
            refused(source::getConnection);
        }
    }

    private interface Call {
        Object run() throws SQLException;
    }

    private static void refused(Call call) {
        try {
            Object result = call.run();
            throw new AssertionError("this was to fail, and gave " + result);
        } catch (SQLException e) {
            // As it should.
            return;
        }
    }

    private static TidegateDataSource source(EmbeddedSqlServer server) throws SQLException {
        TidegateDataSource source = new TidegateDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(server.port());
        source.setTrustServerCertificate(true);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMinimumIdle(2);
        source.setConnectionTimeout(5_000);
        return source;
    }
}
