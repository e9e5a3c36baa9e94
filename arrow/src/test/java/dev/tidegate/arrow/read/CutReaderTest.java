package dev.tidegate.arrow.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.arrow.OnHeapServer;
import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.heap.HeapTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The line is cut at many places of a result: an error that says so, no row too many, and no memory lost. */
class CutReaderTest extends OnHeapServer {
    private static final int ROWS = 2000;

    @ParameterizedTest
    @EnumSource(Ending.class)
    void aResultThatIsCutIsNeverTakenForAWholeOne(Ending ending) throws Exception {
        HeapTable table =
                backend.create("s", "[id] int NOT NULL, [text] nvarchar(max) NULL, [price] decimal(19,4) NULL");
        for (int i = 0; i < ROWS; i++) {
            table.add(i, "text " + i, null);
        }
        int whole = 0;
        int cut = 0;
        for (int bytes = 1_000; bytes < 80_000; bytes += 3_701) {
            try (FaultProxy proxy = FaultProxy.to(port())) {
                proxy.onConnection(1, new Fault.Cut(Flow.TO_CLIENT, bytes, ending));
                if (readsWhole(proxy.port())) {
                    whole++;
                } else {
                    cut++;
                }
            }
            assertThat(allocator.getAllocatedMemory())
                    .as("cut after %d bytes", bytes)
                    .isZero();
        }
        assertThat(cut).isPositive();
        assertThat(whole).as("places beyond the result's end").isZero();
    }

    private boolean readsWhole(int port) throws Exception {
        int read = 0;
        try (TdsConnection connection = connect(port);
                QueryReader reader = TidegateArrow.query(
                        connection,
                        "SELECT * FROM s",
                        List.of(),
                        allocator,
                        ArrowReadOptions.DEFAULTS.withBatchRows(100))) {
            while (reader.loadNextBatch()) {
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    assertThat(reader.getVectorSchemaRoot().getVector(0).getObject(row))
                            .isEqualTo(read++);
                }
            }
        } catch (IOException e) {
            assertThat(e.getCause()).isInstanceOf(SQLException.class);
            assertThat(Disconnects.isDisconnect(e.getCause())).isTrue();
            return false;
        } catch (SQLException e) {
            assertThat(Disconnects.isDisconnect(e)).isTrue();
            return false;
        }
        assertThat(read).isEqualTo(ROWS);
        return true;
    }
}
