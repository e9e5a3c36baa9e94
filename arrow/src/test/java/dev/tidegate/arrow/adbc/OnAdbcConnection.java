package dev.tidegate.arrow.adbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.arrow.OnEmbeddedServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.adbc.core.AdbcConnection;
import org.apache.arrow.adbc.core.AdbcDatabase;
import org.apache.arrow.adbc.core.AdbcDriver;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement;
import org.apache.arrow.adbc.core.AdbcStatusCode;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection of the driver to a server of each test's own. */
// The interface lets close() throw every exception, InterruptedException included.
@SuppressWarnings("try")
abstract class OnAdbcConnection extends OnEmbeddedServer {
    private AdbcDatabase database;
    private AdbcConnection connection;

    @BeforeEach
    final void connectToServer() throws Exception {
        database = new TidegateAdbcDriver(allocator).open(parameters(PASSWORD));
        connection = database.connect();
    }

    @AfterEach
    final void closeConnection() throws Exception {
        connection.close();
        database.close();
    }

    final AdbcConnection connection() {
        return connection;
    }

    final AdbcDatabase database() {
        return database;
    }

    final Map<String, Object> parameters(String password) {
        Map<String, Object> parameters = new HashMap<>();
        AdbcDriver.PARAM_URI.set(parameters, "jdbc:tidegate://127.0.0.1:" + server().port() + ";databaseName=demo");
        AdbcDriver.PARAM_USERNAME.set(parameters, USER);
        AdbcDriver.PARAM_PASSWORD.set(parameters, password);
        parameters.put("encrypt", "false");
        return parameters;
    }

    final long update(String sql) throws Exception {
        try (AdbcStatement statement = connection.createStatement()) {
            statement.setSqlQuery(sql);
            return statement.executeUpdate().getAffectedRows();
        }
    }

    final List<String> query(String sql) throws Exception {
        try (AdbcStatement statement = connection.createStatement()) {
            statement.setSqlQuery(sql);
            return values(statement);
        }
    }

    static List<String> values(AdbcStatement statement) throws Exception {
        try (AdbcStatement.QueryResult result = statement.executeQuery()) {
            return values(result.getReader());
        }
    }

    /** Each row's values, joined. */
    static List<String> values(ArrowReader reader) throws Exception {
        List<String> rows = new ArrayList<>();
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        while (reader.loadNextBatch()) {
            for (int row = 0; row < root.getRowCount(); row++) {
                int at = row;
                rows.add(String.join(
                        " ",
                        root.getFieldVectors().stream()
                                .map(vector -> String.valueOf(vector.getObject(at)))
                                .toList()));
            }
        }
        return rows;
    }

    static void fails(AdbcStatusCode status, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        AdbcException.class, e -> assertThat(e.getStatus()).isEqualTo(status));
    }
}
