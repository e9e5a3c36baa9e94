package dev.tidegate.arrow.read;

import dev.tidegate.client.column.OneKindSink;
import dev.tidegate.tds.row.ColumnSink;
import dev.tidegate.tds.row.RunSink;
import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * Builds one column of a record batch in Arrow's memory, one batch after the other. The rows of a batch come in several calls of the
 * decoder, each of which counts its rows from zero. Used by one thread at a time.
 */
abstract class BatchSink extends OneKindSink implements RunSink {
    private final Growing validity;
    private ByteBuffer bits;
    private int nulls;
    private int reserved;
    private int base;

    BatchSink(String column, BufferAllocator allocator) {
        super(column);
        this.validity = new Growing(allocator);
    }

    /**
     * Makes room for the next rows.
     *
     * @param rows of the batch in all, those that are there included
     */
    void reserve(int rows) {
        validity.reserve(bytesOf(rows), bytesOf(reserved));
        // All are taken to be there: only NULL has something to do.
        validity.fill(bytesOf(reserved), bytesOf(rows), 1);
        bits = validity.view();
        reserved = Math.max(reserved, rows);
    }

    /** Rows that there is room for, by the last {@link #reserve}. */
    final int reserved() {
        return reserved;
    }

    /** What the decoder is given to fill this column. */
    ColumnSink entrance() {
        return this;
    }

    /** The decoder has given so many rows, and counts from zero again. */
    final void advance(int rows) {
        base += rows;
    }

    /** The row's place in the batch. */
    final int at(int row) {
        return base + row;
    }

    @Override
    public void setNull(int row) {
        int at = base + row;
        bits.put(at >> 3, (byte) (bits.get(at >> 3) & ~(1 << (at & 7))));
        nulls++;
    }

    /** The values of a run have been put, with anything in the place of NULL. */
    final void markNulls(ValueRun run) {
        int first = base + run.row();
        for (int i = 0; i < run.nulls(); i++) {
            int at = first + run.nullAt(i);
            bits.put(at >> 3, (byte) (bits.get(at >> 3) & ~(1 << (at & 7))));
        }
        nulls += run.nulls();
    }

    @Override
    public void setNulls(ValueRun run) {
        int at = base + run.row();
        int end = at + run.count();
        while (at < end && (at & 7) != 0) {
            bits.put(at >> 3, (byte) (bits.get(at >> 3) & ~(1 << (at & 7))));
            at++;
        }
        for (; at + 8 <= end; at += 8) {
            bits.put(at >> 3, (byte) 0);
        }
        if (at < end) {
            bits.put(at >> 3, (byte) (bits.get(at >> 3) & -1 << (end - at)));
        }
        nulls += run.count();
    }

    /** Bytes that the column has beside what each row takes. */
    long variableBytes() {
        return 0;
    }

    /** Bytes that each row takes, for a limit on their number. */
    abstract int width();

    /** Puts the batch into the vector, which owns the memory then; the next batch begins. */
    final void moveTo(FieldVector vector) {
        int rows = base;
        ArrowBuf bitmap = takeValidity(rows);
        List<ArrowBuf> values = List.of();
        try {
            values = takeValues(rows);
            load(vector, new ArrowFieldNode(rows, nulls), bitmap, values);
        } finally {
            bitmap.close();
            values.forEach(ArrowBuf::close);
            restart();
        }
    }

    /** Gives what was built to the vector, which keeps its own hold on it. */
    void load(FieldVector vector, ArrowFieldNode node, ArrowBuf bitmap, List<ArrowBuf> values) {
        vector.loadFieldBuffers(
                node,
                values.size() == 1 ? List.of(bitmap, values.get(0)) : List.of(bitmap, values.get(0), values.get(1)));
    }

    /** The buffers beside the validity, as Arrow's layout of the type orders them. */
    abstract List<ArrowBuf> takeValues(int rows);

    /** Drops what was built. */
    void release() {
        validity.release();
        restart();
    }

    private void restart() {
        bits = null;
        nulls = 0;
        reserved = 0;
        base = 0;
    }

    private ArrowBuf takeValidity(int rows) {
        int bytes = bytesOf(rows);
        if ((rows & 7) != 0) {
            // Nothing is said of rows that are not there.
            bits.put(bytes - 1, (byte) (bits.get(bytes - 1) & (1 << (rows & 7)) - 1));
        }
        return validity.take(bytes);
    }

    static int bytesOf(int bits) {
        return (bits + 7) >>> 3;
    }
}
