package dev.tidegate.arrow.read;

import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A column whose values all take the same number of bytes. */
abstract class FixedSink extends BatchSink {
    private final int width;
    private final Growing values;
    private ByteBuffer data;

    FixedSink(String column, BufferAllocator allocator, int width) {
        super(column, allocator);
        this.width = width;
        this.values = new Growing(allocator);
    }

    @Override
    void reserve(int rows) {
        values.reserve((long) rows * width, (long) at(0) * width);
        data = values.view();
        super.reserve(rows);
    }

    /** Where values are put, each at its row times the width. */
    final ByteBuffer data() {
        return data;
    }

    /** What is not there is zero, not what the memory had held before. */
    @Override
    public final void setNull(int row) {
        super.setNull(row);
        clear(row);
    }

    final void clear(int row) {
        int start = at(row) * width;
        for (int i = start; i < start + width; i++) {
            data.put(i, (byte) 0);
        }
    }

    @Override
    public final void setNulls(ValueRun run) {
        super.setNulls(run);
        long start = (long) at(run.row()) * width;
        values.fill(start, start + (long) run.count() * width, 0);
    }

    @Override
    final int width() {
        return width;
    }

    @Override
    final List<ArrowBuf> takeValues(int rows) {
        data = null;
        return List.of(values.take((long) rows * width));
    }

    @Override
    final void release() {
        values.release();
        data = null;
        super.release();
    }
}
