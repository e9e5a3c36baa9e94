package dev.tidegate.arrow.read;

import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** bit, as one bit a row. */
final class BooleanSink extends BatchSink {
    private final Growing values;
    private ByteBuffer data;

    BooleanSink(String column, BufferAllocator allocator) {
        super(column, allocator);
        this.values = new Growing(allocator);
    }

    @Override
    void reserve(int rows) {
        values.reserve(bytesOf(rows), bytesOf(reserved()));
        values.fill(bytesOf(reserved()), bytesOf(rows), 0);
        data = values.view();
        super.reserve(rows);
    }

    @Override
    public void setLong(int row, long value) {
        if (value != 0) {
            int at = at(row);
            data.put(at >> 3, (byte) (data.get(at >> 3) | 1 << (at & 7)));
        }
    }

    @Override
    public void setInts(ValueRun run) {
        int[] flags = run.ints();
        int first = at(run.row());
        for (int i = 0; i < run.count(); i++) {
            int at = first + i;
            data.put(at >> 3, (byte) (data.get(at >> 3) | flags[i] << (at & 7)));
        }
        markNulls(run);
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    List<ArrowBuf> takeValues(int rows) {
        data = null;
        return List.of(values.take(bytesOf(rows)));
    }

    @Override
    void release() {
        values.release();
        data = null;
        super.release();
    }
}
