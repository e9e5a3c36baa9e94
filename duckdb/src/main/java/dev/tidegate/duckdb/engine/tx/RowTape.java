package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.column.RowBatches;
import dev.tidegate.tds.row.ColumnSink;
import java.sql.SQLException;
import java.util.Arrays;

/** Rows of a result that are kept in memory and read once, column by column. Used by one thread at a time. */
final class RowTape {
    private final ColumnTape[] columns;
    private final long limit;
    private long size;
    private long recorded;
    private long read;

    /** Says that the rows do not fit; no sink may throw what is checked. */
    private static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("the rows do not fit into the buffer", null, false, false);
        }
    }

    /** @param limit in bytes */
    RowTape(int width, long limit) {
        this.limit = limit;
        this.columns = new ColumnTape[width];
        Arrays.setAll(columns, i -> new ColumnTape(this));
    }

    static RowTape empty() {
        return new RowTape(0, 0);
    }

    /** A column is about to take so much more memory. */
    void grow(long bytes) {
        size += bytes;
        if (size > limit) {
            throw new Full();
        }
    }

    /**
     * Keeps the next rows.
     *
     * @return how many; 0 at the end
     * @throws SQLException 54000 if they do not fit
     */
    int record(RowBatches rows, int maxRows) throws SQLException {
        try {
            int count = rows.read(columns, maxRows);
            recorded += count;
            return count;
        } catch (Full e) {
            throw new SQLException(
                    "two queries of a transaction are read at the same time over its one connection, and what is left of"
                            + " the first is more than the " + (limit >> 20)
                            + " MiB that may be kept in memory; ATTACH with"
                            + " a larger TRANSACTION_BUFFER, or read them one after the other",
                    "54000",
                    e);
        }
    }

    /** As {@link RowBatches#read}. */
    int read(ColumnSink[] sinks, int maxRows) {
        int count = (int) Math.min(maxRows, recorded - read);
        for (int column = 0; count > 0 && column < columns.length; column++) {
            if (sinks[column] != null) {
                columns[column].play(sinks[column], count);
            }
        }
        read += count;
        return count;
    }
}
