package dev.tidegate.arrow.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tidegate.arrow.OnHeapServer;
import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.Misfit;
import dev.tidegate.testkit.heap.HeapTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.util.TransferPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches, their ends, and what becomes of a reader that does not come to its own. */
class QueryReaderTest extends OnHeapServer {
    private HeapTable numbers(int rows) {
        HeapTable table = backend.create("s", "[id] int NOT NULL, [text] nvarchar(50) NULL");
        for (int i = 0; i < rows; i++) {
            table.add(i, i % 3 == 0 ? null : "text " + i);
        }
        return table;
    }

    /** Enough rows that the server sends packets of them before it stalls. */
    private void stalling() {
        numbers(5000).thenStalls();
    }

    private QueryReader read(TdsConnection connection, ArrowReadOptions options) throws SQLException {
        return TidegateArrow.query(connection, "SELECT * FROM s", List.of(), allocator, options);
    }

    private static ArrowReadOptions batches(int rows) {
        return ArrowReadOptions.DEFAULTS.withBatchRows(rows);
    }

    private void checkUsable(TdsConnection connection) throws Exception {
        try (QueryReader reader = TidegateArrow.query(connection, "SELECT TOP 0 * FROM s", List.of(), allocator)) {
            assertThat(reader.loadNextBatch()).isFalse();
        }
    }

    private static List<Integer> sizes(QueryReader reader) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        while (reader.loadNextBatch()) {
            sizes.add(reader.getVectorSchemaRoot().getRowCount());
        }
        return sizes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 100, 1024, 5000})
    void everyBatchHasAsManyRowsAsWereAskedForButTheLast(int size) throws Exception {
        int count = 3000;
        numbers(count);
        try (TdsConnection connection = connect()) {
            try (QueryReader reader = read(connection, batches(size))) {
                List<Integer> sizes = sizes(reader);
                assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(count);
                assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(rows -> rows == size);
                assertThat(reader.rowsRead()).isEqualTo(count);
                assertThat(reader.loadNextBatch()).isFalse();
            }
            try (QueryReader reader = read(connection, batches(size))) {
                List<List<Object>> rows = rows(reader);
                for (int i = 0; i < count; i++) {
                    assertThat(rows.get(i)).containsExactly(i, i % 3 == 0 ? null : "text " + i);
                }
            }
        }
    }

    @Test
    void aResultWithoutRowsHasASchemaAndNoBatch() throws Exception {
        numbers(0);
        try (TdsConnection connection = connect();
                QueryReader reader = read(connection, ArrowReadOptions.DEFAULTS)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields()).hasSize(2);
            assertThat(reader.loadNextBatch()).isFalse();
            assertThat(reader.getVectorSchemaRoot().getRowCount()).isZero();
        }
    }

    @Test
    void aThousandColumnsOfNothing() throws Exception {
        String columns = IntStream.range(0, 1000)
                .mapToObj(i -> "[c" + i + "] "
                        + List.of("int", "nvarchar(10)", "bit", "decimal(9,2)").get(i % 4) + " NULL")
                .collect(Collectors.joining(", "));
        HeapTable table = backend.create("s", columns);
        for (int i = 0; i < 70; i++) {
            table.add(new Object[1000]);
        }
        try (TdsConnection connection = connect();
                QueryReader reader = read(connection, batches(30))) {
            List<List<Object>> rows = rows(reader);
            assertThat(rows).hasSize(70);
            assertThat(rows).allMatch(row -> row.equals(Collections.nCopies(1000, null)));
        }
    }

    @Test
    void aBatchOfLongValuesEndsWhenItIsLongEnough() throws Exception {
        HeapTable table = backend.create("s", "[id] int NOT NULL, [text] nvarchar(max) NULL");
        for (int i = 0; i < 10; i++) {
            table.add(i, "x".repeat(40_000));
        }
        try (TdsConnection connection = connect();
                QueryReader reader = read(connection, ArrowReadOptions.DEFAULTS.withBatchBytes(100_000))) {
            assertThat(sizes(reader)).containsExactly(3, 3, 3, 1);
        }
    }

    @Test
    void aValueThatNoBatchHoldsIsRefusedByName() {
        BytesSink sink = new BytesSink("blob", allocator, false, 100_000);
        sink.reserve(4);
        byte[] value = new byte[45_000];
        sink.setBytes(0, value, 0, value.length);
        sink.setBytes(1, value, 0, value.length);
        assertThatThrownBy(() -> sink.setBytes(2, value, 0, value.length))
                .isInstanceOf(Misfit.class)
                .hasMessageContaining("holds 100000 bytes")
                .hasMessageContaining("batchRows");
        sink.release();
    }

    @Test
    void aBatchCanBeKeptWhileTheNextIsRead() throws Exception {
        numbers(100);
        try (TdsConnection connection = connect();
                QueryReader reader = read(connection, batches(40))) {
            assertThat(reader.loadNextBatch()).isTrue();
            TransferPair pair = reader.getVectorSchemaRoot().getVector(0).getTransferPair(allocator);
            pair.transfer();
            try (IntVector kept = (IntVector) pair.getTo()) {
                assertThat(reader.loadNextBatch()).isTrue();
                assertThat(kept.get(39)).isEqualTo(39);
                assertThat(reader.getVectorSchemaRoot().getVector(0).getObject(0))
                        .isEqualTo(40);
            }
        }
    }

    @Test
    void closingMidWayCancelsAndLeavesTheConnectionIdle() throws Exception {
        stalling();
        try (TdsConnection connection = connect()) {
            for (int round = 0; round < 3; round++) {
                QueryReader reader = read(connection, batches(5));
                assertThat(reader.loadNextBatch()).isTrue();
                // The server would wait for ever.
                reader.close();
                assertThatThrownBy(reader::loadNextBatch)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("closed");
                reader.close();
                checkUsable(connection);
            }
        }
    }

    @Test
    void aReaderThatWasNeverReadIsClosedAllTheSame() throws Exception {
        stalling();
        try (TdsConnection connection = connect()) {
            read(connection, batches(5)).close();
            checkUsable(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadThatWaitsIsEndedFromAnotherThread(boolean byClose) throws Exception {
        stalling();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (TdsConnection connection = connect()) {
            QueryReader reader = read(connection, batches(10_000));
            Future<Boolean> waiting = other.submit(reader::loadNextBatch);
            if (byClose) {
                reader.close();
            } else {
                reader.cancel();
            }
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            reader.close();
            checkUsable(connection);
        } finally {
            other.shutdown();
        }
    }

    @Test
    void anAllocatorWithoutRoomEndsTheReaderAndNotTheConnection() throws Exception {
        numbers(5000);
        try (TdsConnection connection = connect()) {
            for (long limit : List.of(100L, 1_000L, 5_000L, 10_000L, 20_000L, 30_000L, 40_000L, 60_000L, 80_000L)) {
                try (BufferAllocator small = allocator.newChildAllocator("small", 0, limit);
                        QueryReader reader =
                                TidegateArrow.query(connection, "SELECT * FROM s", List.of(), small, batches(5000))) {
                    assertThatThrownBy(reader::loadNextBatch).isInstanceOf(OutOfMemoryException.class);
                    checkUsable(connection);
                }
            }
        }
    }

    @Test
    void whatIsNoQueryIsRefused() throws Exception {
        numbers(1);
        try (TdsConnection connection = connect()) {
            assertThatThrownBy(() -> TidegateArrow.query(connection, "DELETE FROM s", List.of(), allocator))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("has to be a query");
            assertThatThrownBy(() -> TidegateArrow.query(connection, "SELECT * FROM nowhere", List.of(), allocator))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Invalid object name");
            checkUsable(connection);
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> batches(0)).hasMessageContaining("1 to 16777216 rows, not 0");
        assertThatThrownBy(() -> batches((1 << 24) + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ArrowReadOptions.DEFAULTS.withBatchBytes(0)).hasMessageContaining("not 0");
    }

    @Test
    void namesStayAsTheyAre() throws Exception {
        backend.create("s", "[a] int NULL, [a] int NULL, [A] int NULL").add(1, 2, 3);
        try (TdsConnection connection = connect();
                QueryReader reader = read(connection, ArrowReadOptions.DEFAULTS)) {
            assertThat(reader.getVectorSchemaRoot().getSchema().getFields())
                    .extracting(field -> field.getName())
                    .isEqualTo(Arrays.asList("a", "a", "A"));
            assertThat(rows(reader)).containsExactly(List.of(1, 2, 3));
        }
    }

    /** What is left of a row are the objects of its batch and of the query. */
    @Test
    void aRowMakesNothingOnTheHeap() throws Exception {
        int rows = 60_000;
        HeapTable table = backend.create(
                "many", "[id] int NOT NULL, [price] decimal(15,2) NULL, [day] date NULL, [name] nvarchar(20) NULL");
        for (int i = 0; i < rows; i++) {
            table.add(i, BigDecimal.valueOf(i, 2), LocalDate.ofEpochDay(i), i % 3 == 0 ? null : "name " + i);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (TdsConnection connection = connect(port())) {
            readMany(connection, rows);
            long before = threads.getCurrentThreadAllocatedBytes();
            readMany(connection, rows);
            assertThat((threads.getCurrentThreadAllocatedBytes() - before) / rows)
                    .isLessThan(8);
        }
    }

    private void readMany(TdsConnection connection, int rows) throws Exception {
        try (QueryReader reader = TidegateArrow.query(connection, "SELECT * FROM many", List.of(), allocator)) {
            while (reader.loadNextBatch()) {
                assertThat(reader.getVectorSchemaRoot().getRowCount()).isPositive();
            }
            assertThat(reader.rowsRead()).isEqualTo(rows);
        }
    }
}
