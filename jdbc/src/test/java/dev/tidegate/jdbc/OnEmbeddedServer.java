package dev.tidegate.jdbc;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A fresh embedded server for each test, and a connection to it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class OnEmbeddedServer {
    protected static final String USER = "sa";
    protected static final String PASSWORD = "S3cret for tests";

    /** Nothing is wrong with it, but nobody lives to see the end of its rows. */
    public static final String ENDLESS = "SELECT a.object_id FROM sys.all_objects a CROSS JOIN sys.all_objects b"
            + " CROSS JOIN sys.all_objects c CROSS JOIN sys.all_objects d CROSS JOIN sys.all_objects e";

    private EmbeddedSqlServer server;
    private Connection connection;

    @BeforeEach
    void open() throws IOException, SQLException {
        server = prepared(EmbeddedSqlServer.builder()
                        .database("demo")
                        .database("other")
                        .login(USER, PASSWORD))
                .start();
        connection = connect("");
    }

    /** For another backend behind it. */
    EmbeddedSqlServerBuilder prepared(EmbeddedSqlServerBuilder builder) {
        return builder;
    }

    @AfterEach
    void close() throws SQLException {
        try {
            if (connection != null) {
                connection.close();
            }
        } finally {
            server.close();
        }
    }

    protected EmbeddedSqlServer server() {
        return server;
    }

    protected Connection connection() {
        return connection;
    }

    /** @param properties for the end of the URL, each with a semicolon before it */
    protected Connection connect(String properties) throws SQLException {
        return DriverManager.getConnection(server.url() + ";encrypt=false" + properties, USER, PASSWORD);
    }

    protected void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
