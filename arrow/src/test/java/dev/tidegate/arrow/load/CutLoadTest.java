package dev.tidegate.arrow.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.arrow.OnEmbeddedServer;
import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The line is cut at many places of a load from Arrow: nothing of it is stored, its error says so, and Arrow's memory is given back. */
class CutLoadTest extends OnEmbeddedServer {
    private static final int BATCHES = 4;
    private static final int BATCH = 500;
    private static final int PLACES = 12;

    @BeforeEach
    void makeTable() throws SQLException {
        run("CREATE TABLE items (id INT NOT NULL PRIMARY KEY, text NVARCHAR(100) NOT NULL)");
    }

    @Guarantee("G29")
    @ParameterizedTest
    @EnumSource
    void ofALoadThatIsCutNothingStays(Ending ending) throws Exception {
        long first;
        long end;
        try (FaultProxy proxy = FaultProxy.to(server().port());
                TdsConnection connection = TdsConnection.open(settings(proxy.port()))) {
            first = proxy.connections().get(0).passed(Flow.TO_SERVER);
            assertThat(load(connection)).isEqualTo(BATCHES * BATCH);
            end = proxy.connections().get(0).passed(Flow.TO_SERVER);
        }
        assertThat(deleted()).isEqualTo(BATCHES * BATCH);
        for (int place = 0; place <= PLACES; place++) {
            // The last byte belongs to the commit: before it nothing can have been stored.
            long bytes = first + (end - 1 - first) * place / PLACES;
            try (FaultProxy proxy = FaultProxy.to(server().port())) {
                proxy.onConnection(1, Fault.cut(Flow.TO_SERVER, bytes, ending));
                assertThat(catchThrowable(() -> connectAndLoad(proxy.port())))
                        .as("cut after %d of %d bytes", bytes, end)
                        .isInstanceOf(SQLException.class)
                        .matches(Disconnects::isDisconnect, "is a disconnect");
            }
            assertThat(allocator.getAllocatedMemory())
                    .as("cut after %d bytes", bytes)
                    .isZero();
            // It waits for the locks of the session that was cut, if it has any left.
            assertThat(deleted()).as("cut after %d bytes", bytes).isZero();
        }
        assertThat(connectAndLoad(server().port())).isEqualTo(BATCHES * BATCH);
    }

    private long connectAndLoad(int port) throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings(port))) {
            return load(connection);
        }
    }

    private long load(TdsConnection connection) throws Exception {
        Batches batches = new Batches(
                allocator,
                new Schema(List.of(
                        new Field("id", FieldType.notNullable(new ArrowType.Int(32, true)), List.of()),
                        new Field("text", FieldType.notNullable(ArrowType.Utf8.INSTANCE), List.of()))));
        for (int batch = 0; batch < BATCHES; batch++) {
            int from = batch * BATCH;
            batches.batch(root -> fill(root, from));
        }
        try (batches) {
            return TidegateArrow.load(connection, "items", batches);
        }
    }

    private static void fill(VectorSchemaRoot root, int from) {
        for (int row = 0; row < BATCH; row++) {
            ((IntVector) root.getVector(0)).setSafe(row, from + row);
            ((VarCharVector) root.getVector(1))
                    .setSafe(row, ("text of the row " + (from + row)).getBytes(StandardCharsets.UTF_8));
        }
        root.setRowCount(BATCH);
    }

    /** How many rows there were. */
    private int deleted() throws Exception {
        try (TdsConnection connection = TdsConnection.open(settings());
                QueryReader reader = TidegateArrow.query(
                        connection,
                        "SET NOCOUNT ON; DELETE FROM items; SELECT @@ROWCOUNT AS n",
                        List.of(),
                        allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            return ((IntVector) reader.getVectorSchemaRoot().getVector(0)).get(0);
        }
    }
}
