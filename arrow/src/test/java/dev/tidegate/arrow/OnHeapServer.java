package dev.tidegate.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.heap.HeapBackend;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server whose tables keep every value in exactly its type, and an allocator that must be empty after each test. */
@Timeout(120)
public abstract class OnHeapServer {
    protected final HeapBackend backend = new HeapBackend();
    protected final BufferAllocator allocator = new RootAllocator();
    private EmbeddedSqlServer server;

    @BeforeEach
    final void startServer() throws Exception {
        server = EmbeddedSqlServer.builder()
                .backend(backend)
                .login("sa", "Secret-1")
                .start();
    }

    @AfterEach
    final void stopServer() {
        server.close();
        // Throws, and says of what, if anything of Arrow's memory was not given back.
        allocator.close();
    }

    protected final int port() {
        return server.port();
    }

    protected final TdsConnection connect() throws SQLException {
        return connect(server.port());
    }

    protected final TdsConnection connect(int port) throws SQLException {
        return TdsConnection.open(ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port)
                .login("sa", "Secret-1")
                .set(ConnectionProperty.ENCRYPT, "false")
                .build());
    }

    /** All values, row by row, as the vectors show them. */
    protected static List<List<Object>> rows(ArrowReader reader) throws Exception {
        List<List<Object>> rows = new ArrayList<>();
        while (reader.loadNextBatch()) {
            List<FieldVector> vectors = reader.getVectorSchemaRoot().getFieldVectors();
            for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                List<Object> values = new ArrayList<>();
                for (FieldVector vector : vectors) {
                    assertThat(vector.getValueCount())
                            .isEqualTo(reader.getVectorSchemaRoot().getRowCount());
                    Object value = vector.getObject(row);
                    values.add(value == null ? null : value instanceof byte[] ? value : shown(value));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static Object shown(Object value) {
        return value instanceof org.apache.arrow.vector.util.Text text ? text.toString() : value;
    }
}
