package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection, statement, result, stream and savepoint, closed in each of their 120 orders. */
class CloseOrderTest extends OnEmbeddedServer {
    private static final int ORDERS = 120;
    private static final int ROWS = 300;

    private enum Part {
        CONNECTION,
        STATEMENT,
        RESULT,
        STREAM,
        SAVEPOINT
    }

    @BeforeEach
    void fill() throws SQLException {
        run("CREATE TABLE rows (n INT NOT NULL, b VARBINARY(MAX) NOT NULL)");
        try (var insert = connection().prepareStatement("INSERT INTO rows VALUES (?, ?)")) {
            for (int n = 0; n < ROWS; n++) {
                insert.setInt(1, n);
                insert.setBytes(2, new byte[n == 0 ? 50_000 : 500]);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Guarantee("G08")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anyOrderWorks(boolean withACallInFlight) throws Exception {
        List<List<Part>> orders = new ArrayList<>();
        permute(new ArrayList<>(List.of(Part.values())), 0, orders);
        assertThat(orders).hasSize(ORDERS).doesNotHaveDuplicates();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            for (List<Part> order : orders) {
                closeAll(order, withACallInFlight ? reader : null);
            }
        } finally {
            reader.shutdownNow();
        }
        // The one of the test itself, and what is on its way out.
        while (server().connections() > 1) {
            Thread.sleep(1);
        }
    }

    private static void permute(List<Part> parts, int from, List<List<Part>> into) {
        if (from == parts.size()) {
            into.add(List.copyOf(parts));
        }
        for (int i = from; i < parts.size(); i++) {
            java.util.Collections.swap(parts, from, i);
            permute(parts, from + 1, into);
            java.util.Collections.swap(parts, from, i);
        }
    }

    private void closeAll(List<Part> order, ExecutorService reader) throws Exception {
        try (Connection connection = connect("")) {
            connection.setAutoCommit(false);
            Savepoint savepoint = connection.setSavepoint();
            Statement statement = connection.createStatement();
            ResultSet result = statement.executeQuery("SELECT n, b FROM rows ORDER BY n");
            result.next();
            InputStream stream = result.getBinaryStream(2);
            assertThat(stream.read()).isZero();
            Future<?> reading = reader == null ? null : read(reader, result);
            Map<Part, AutoCloseable> parts = Map.of(
                    Part.CONNECTION, connection,
                    Part.STATEMENT, statement,
                    Part.RESULT, result,
                    Part.STREAM, stream,
                    Part.SAVEPOINT, () -> release(connection, savepoint));
            for (Part part : order) {
                parts.get(part).close();
            }
            assertThat(connection.isClosed()).isTrue();
            assertThat(statement.isClosed()).isTrue();
            assertThat(result.isClosed()).isTrue();
            if (reading != null) {
                reading.get(30, TimeUnit.SECONDS);
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError("in the order " + order, e);
        }
    }

    private static void release(Connection connection, Savepoint savepoint) throws SQLException {
        try {
            connection.releaseSavepoint(savepoint);
            assertThat(connection.isClosed()).isFalse();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("08003");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    /** Reads on until something is closed; returns when it has begun. */
    private static Future<?> read(ExecutorService reader, ResultSet result) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> reading = reader.submit(() -> {
            begun.countDown();
            try {
                int rows = 1;
                while (result.next()) {
                    assertThat(result.getInt(1)).isEqualTo(rows++);
                    assertThat(result.getBytes(2)).hasSize(500);
                }
                assertThat(rows).as("rows of a result that looks complete").isEqualTo(ROWS);
            } catch (SQLException e) {
                // Whoever closes the statement cancels what runs.
                assertThat(e.getSQLState()).isIn("08003", "HY010", "HY008");
            }
            return null;
        });
        begun.await();
        return reading;
    }
}
