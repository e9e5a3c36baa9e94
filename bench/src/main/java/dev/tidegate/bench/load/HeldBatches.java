package dev.tidegate.bench.load;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.util.AutoCloseables;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Record batches of a whole result, in memory, to be read again and again. Used by one thread. */
final class HeldBatches implements AutoCloseable {
    private final BufferAllocator allocator = new RootAllocator();
    private final List<ArrowRecordBatch> batches = new ArrayList<>();
    private final Schema schema;

    HeldBatches(TdsConnection source, String query) throws SQLException, IOException {
        try (ArrowReader reader = TidegateArrow.query(source, query, List.of(), allocator)) {
            schema = reader.getVectorSchemaRoot().getSchema();
            VectorUnloader unloader = new VectorUnloader(reader.getVectorSchemaRoot());
            while (reader.loadNextBatch()) {
                batches.add(unloader.getRecordBatch());
            }
        }
    }

    /** All of them once; to be closed. */
    ArrowReader read() {
        return read(batches.stream().mapToLong(ArrowRecordBatch::getLength).sum());
    }

    /** So many rows, from the first on; after the last one they begin anew. To be closed. */
    ArrowReader read(long rows) {
        return new ArrowReader(allocator) {
            private int next;
            private long left = rows;

            @Override
            public boolean loadNextBatch() throws IOException {
                prepareLoadNextBatch();
                if (left == 0) {
                    return false;
                }
                ArrowRecordBatch batch = batches.get(next++ % batches.size());
                new VectorLoader(getVectorSchemaRoot()).load(batch);
                int count = (int) Math.min(left, batch.getLength());
                getVectorSchemaRoot().setRowCount(count);
                left -= count;
                return true;
            }

            @Override
            public long bytesRead() {
                return 0;
            }

            @Override
            protected void closeReadSource() {}

            @Override
            protected Schema readSchema() {
                return schema;
            }
        };
    }

    @Override
    public void close() {
        AutoCloseables.closeNoChecked(() -> AutoCloseables.close(batches));
        allocator.close();
    }
}
