package dev.tidegate.bench.read;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.data.Tally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.adapter.jdbc.ArrowVectorIterator;
import org.apache.arrow.adapter.jdbc.JdbcToArrow;
import org.apache.arrow.adapter.jdbc.JdbcToArrowConfig;
import org.apache.arrow.adapter.jdbc.JdbcToArrowConfigBuilder;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;

/** Arrow's vectors, by Arrow's own adapter over a JDBC driver. */
final class ArrowJdbcReader extends JdbcReader {
    private static final int BATCH = 8_192;

    private final BufferAllocator allocator = new RootAllocator();
    private final List<Kind> kinds;

    ArrowJdbcReader(String url, DataSet set) throws SQLException {
        super(url, set, true);
        this.kinds = set.fields().stream().map(Field::kind).toList();
    }

    /** What becomes of each batch. */
    private interface Use {
        void of(VectorSchemaRoot batch);
    }

    @Override
    public long read() throws Exception {
        Tally tally = new Tally();
        batches(batch -> count(batch, tally));
        return tally.rows();
    }

    @Override
    public Tally check() throws Exception {
        Tally tally = new Tally();
        batches(batch -> {
            count(batch, tally);
            for (int column = 0; column < kinds.size(); column++) {
                for (int row = 0; row < batch.getRowCount(); row++) {
                    tally.add(kinds.get(column), value(batch.getVector(column), row));
                }
            }
        });
        return tally;
    }

    private static void count(VectorSchemaRoot batch, Tally tally) {
        for (int row = 0; row < batch.getRowCount(); row++) {
            tally.row();
        }
    }

    private static Object value(FieldVector vector, int row) {
        Object value = vector.getObject(row);
        if (value != null && vector instanceof DateDayVector days) {
            return LocalDate.ofEpochDay(days.get(row));
        }
        return value instanceof Text text ? text.toString() : value;
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
