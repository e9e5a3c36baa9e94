package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.arrow.adapter.jdbc.ArrowVectorIterator;
import org.apache.arrow.adapter.jdbc.JdbcToArrow;
import org.apache.arrow.adapter.jdbc.JdbcToArrowConfig;
import org.apache.arrow.adapter.jdbc.JdbcToArrowConfigBuilder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Arrow's vectors, by Arrow's own adapter over a JDBC driver. */
final class ArrowJdbcReader extends JdbcReader {
    private static final int BATCH = 8_192;

    private final BufferAllocator allocator = new RootAllocator();
    private final DataSet set;

    ArrowJdbcReader(String url, DataSet set) throws SQLException {
        super(url, set, true);
        this.set = set;
    }

    /** What becomes of each batch. */
    private interface Use {
        void of(VectorSchemaRoot batch);
    }

    @Override
    public long read() throws Exception {
        long[] rows = new long[1];
        batches(batch -> rows[0] += batch.getRowCount());
        return rows[0];
    }

    @Override
    public Tally check() throws Exception {
        ArrowTally tally = new ArrowTally(set);
        batches(tally::add);
        return tally.tally();
    }

    private void batches(Use use) throws Exception {
        JdbcToArrowConfig config = new JdbcToArrowConfigBuilder(allocator, null)
                .setTargetBatchSize(BATCH)
                .setReuseVectorSchemaRoot(true)
                .build();
        try (ResultSet result = run();
                ArrowVectorIterator batches = JdbcToArrow.sqlToArrowVectorIterator(result, config)) {
            while (batches.hasNext()) {
                use.of(batches.next());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        super.close();
        allocator.close();
    }
}
