package dev.tidegate.jdbc;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A scripted server for each test, behind a real socket, and a connection to it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class OnScriptedServer {
    static final List<Column> NUMBER = List.of(RehearsedBackend.column("n", TypeInfo.integer()));
    static final List<Column> TEXT =
            List.of(RehearsedBackend.column("t", TypeInfo.nvarchar(TypeInfo.PLP, Collation.DEFAULT)));

    private static final String PASSWORD = "S3cret for tests";

    private final RehearsedBackend script = new RehearsedBackend();
    private EmbeddedSqlServer server;
    private Connection connection;

    @BeforeEach
    void open() throws IOException, SQLException {
        server = EmbeddedSqlServer.builder()
                .backend(script)
                .database("demo")
                .login("sa", PASSWORD)
                .start();
        connection = connect("");
        script.log().clear();
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

    RehearsedBackend script() {
        return script;
    }

    Connection connection() {
        return connection;
    }

    Connection connect(String properties) throws SQLException {
        return DriverManager.getConnection(server.url() + ";encrypt=false" + properties, "sa", PASSWORD);
    }
}
