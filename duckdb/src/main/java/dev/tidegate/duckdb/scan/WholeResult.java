package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.client.column.RowParts;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A result that one connection reads: one reader has it all. What is not wanted of it is skipped on its way. */
final class WholeResult implements RowParts {
    private final RowBatches batches;
    private final AtomicBoolean handedOut = new AtomicBoolean();
    private volatile boolean complete;

    WholeResult(RowBatches batches) {
        this.batches = batches;
    }

    @Override
    public List<Column> columns() {
        return batches.columns();
    }

    @Override
    public int readers() {
        return 1;
    }

    @Override
    public RowBatches reader(int[] wanted) {
        return handedOut.compareAndSet(false, true) ? new Reader(wanted) : null;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    /** Its only reader has failed already. */
    @Override
    public void cancel() {}

    @Override
    public void close() throws SQLException {
        batches.close();
    }

    private final class Reader implements RowBatches {
        private final int[] wanted;
        private final ColumnSink[] all = new ColumnSink[batches.columns().size()];

        Reader(int[] wanted) {
            this.wanted = wanted;
        }

        @Override
        public List<Column> columns() {
            return Arrays.stream(wanted).mapToObj(batches.columns()::get).toList();
        }

        @Override
        public int read(ColumnSink[] sinks, int maxRows) throws SQLException {
            for (int i = 0; i < wanted.length; i++) {
                all[wanted[i]] = sinks[i];
            }
            int rows = batches.read(all, maxRows);
            complete = rows == 0;
            return rows;
        }

        /** The result is its owner's to close. */
        @Override
        public void close() {}
    }
}
