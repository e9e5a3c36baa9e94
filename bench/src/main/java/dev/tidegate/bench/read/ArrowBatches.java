package dev.tidegate.bench.read;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Tally;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Tidegate's record batches, each of which takes the place of the one before. */
final class ArrowBatches implements RowReader {
    private final TdsConnection connection;
    private final BufferAllocator allocator = new RootAllocator();
    private final DataSet set;

    /** @param connection closed with this */
    ArrowBatches(TdsConnection connection, DataSet set) {
        this.connection = connection;
        this.set = set;
    }

    @Override
    public long read() throws SQLException, IOException {
        try (QueryReader reader = query()) {
            while (reader.loadNextBatch()) {
                // The rows are in the vectors.
                continue;
            }
            return reader.rowsRead();
        }
    }

    @Override
    public Tally check() throws SQLException, IOException {
        ArrowTally tally = new ArrowTally(set);
        try (QueryReader reader = query()) {
            while (reader.loadNextBatch()) {
                tally.add(reader.getVectorSchemaRoot());
            }
        }
        return tally.tally();
    }

    private QueryReader query() throws SQLException {
        return TidegateArrow.query(connection, set.query(), List.of(), allocator);
    }

    @Override
    public void close() {
        connection.close();
        allocator.close();
    }
}
