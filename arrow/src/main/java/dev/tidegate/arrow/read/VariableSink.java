package dev.tidegate.arrow.read;

import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * A column of text or bytes. Values are gathered in a block on the heap, which goes into Arrow's memory as a whole: short values cost no
 * call of their own there.
 */
abstract class VariableSink extends BatchSink {
    /** Of a column in a batch: what an offset of 32 bits can tell, and one buffer hold. */
    static final long MOST_BYTES = Integer.MAX_VALUE - 64;

    private static final int BLOCK_LENGTH = 16 * 1024;

    private final boolean large;
    private final long most;
    private final Growing offsets;
    private final Growing values;
    private final byte[] block = new byte[BLOCK_LENGTH];
    private ByteBuffer ends;
    private IntBuffer manyEnds;
    /** Where the values of a run end in the block: they go to {@link #ends} together. */
    private int[] runEnds = new int[0];

    private long capacity;
    private int used;
    private long flushed;
    /** Of the batch before: the next one is likely to be as long. */
    private long usual;

    /** @param most bytes of all values in a batch, {@link #MOST_BYTES} at most */
    VariableSink(String column, BufferAllocator allocator, boolean large, long most) {
        super(column, allocator);
        this.large = large;
        this.most = most;
        this.offsets = new Growing(allocator);
        this.values = new Growing(allocator);
    }

    @Override
    void reserve(int rows) {
        offsets.reserve((rows + 1L) * offsetWidth(), (at(0) + 1L) * offsetWidth());
        if (offsets.view() != ends) {
            ends = offsets.view();
            manyEnds = ends.asIntBuffer();
        }
        if (at(0) == 0) {
            putEnd(0, 0);
        }
        super.reserve(rows);
    }

    @Override
    public final void setNull(int row) {
        super.setNull(row);
        end(row);
    }

    @Override
    public final void setNulls(ValueRun run) {
        super.setNulls(run);
        for (int i = 0; i < run.count(); i++) {
            end(run.row() + i);
        }
    }

    /** The row's value has been put whole. */
    final void end(int row) {
        putEnd(at(row) + 1, flushed + used);
    }

    /** A row's value, or a part of it, as it stands. */
    final void append(int row, byte[] bytes, int offset, int length) {
        if (length > block.length - used) {
            flush(row);
            if (length > block.length) {
                makeRoom(row, length);
                values.put(flushed, bytes, offset, length);
                flushed += length;
                return;
            }
        }
        System.arraycopy(bytes, offset, block, used, length);
        used += length;
    }

    /** Where up to {@link #room} bytes of a value may be written, from {@link #blockEnd} on; then {@link #written} says how many. */
    final byte[] block() {
        return block;
    }

    final int blockEnd() {
        return used;
    }

    final int room(int row, int wanted) {
        if (block.length - used < wanted) {
            flush(row);
        }
        return block.length - used;
    }

    final void written(int bytes) {
        used += bytes;
    }

    /** Values were written up to this place of the block. */
    final void writtenTo(int end) {
        used = end;
    }

    /** The row's value ends at this place of the block. */
    final void end(int row, int end) {
        putEnd(at(row) + 1, flushed + end);
    }

    /** Where a run's values end in the block is put here, and told by {@link #end(ValueRun, int, int)}. */
    final int[] runEnds(int rows) {
        if (runEnds.length < rows) {
            runEnds = new int[rows];
        }
        return runEnds;
    }

    /** The values of a part of the run end at the places of the block that {@link #runEnds} tells. */
    final void end(ValueRun run, int from, int to) {
        int first = at(run.row()) + 1;
        if (large) {
            for (int i = from; i < to; i++) {
                putEnd(first + i, flushed + runEnds[i]);
            }
        } else {
            int before = (int) flushed;
            for (int i = from; i < to; i++) {
                runEnds[i] += before;
            }
            manyEnds.put(first + from, runEnds, from, to - from);
        }
    }

    private void flush(int row) {
        if (used > 0) {
            makeRoom(row, used);
            values.put(flushed, block, 0, used);
            flushed += used;
            used = 0;
        }
    }

    private void makeRoom(int row, long bytes) {
        long needed = flushed + bytes;
        if (needed > most) {
            throw misfit(
                    row,
                    bytes + " bytes more after " + flushed,
                    "a column of a record batch holds " + most
                            + " bytes; read batches of fewer rows (batchRows, batchBytes), or a part of the value"
                            + " (SUBSTRING)");
        }
        if (needed > capacity) {
            capacity = Math.min(most, Math.max(Math.max(needed, 2 * capacity), usual));
            values.reserve(capacity, flushed);
        }
    }

    private void putEnd(int index, long end) {
        if (large) {
            ends.putLong(index * Long.BYTES, end);
        } else {
            // Of the block a part may not have been counted yet; flush refuses it before the batch is whole.
            ends.putInt(index * Integer.BYTES, (int) end);
        }
    }

    private int offsetWidth() {
        return large ? Long.BYTES : Integer.BYTES;
    }

    @Override
    final long variableBytes() {
        return flushed + used;
    }

    @Override
    final int width() {
        return Long.BYTES;
    }

    @Override
    final List<ArrowBuf> takeValues(int rows) {
        flush(0);
        values.reserve(1, flushed);
        usual = flushed;
        ArrowBuf bytes = values.take(flushed);
        ArrowBuf places = offsets.take((rows + 1L) * offsetWidth());
        restart();
        return List.of(places, bytes);
    }

    @Override
    final void release() {
        values.release();
        offsets.release();
        restart();
        super.release();
    }

    private void restart() {
        ends = null;
        capacity = 0;
        used = 0;
        flushed = 0;
    }
}
