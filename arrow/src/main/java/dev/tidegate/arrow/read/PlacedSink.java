package dev.tidegate.arrow.read;

import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import org.apache.arrow.memory.BufferAllocator;

/** A column whose values Arrow has in the form in which the decoder puts them into memory: they go there with nothing between. */
abstract class PlacedSink extends FixedSink {
    PlacedSink(String column, BufferAllocator allocator, int width) {
        super(column, allocator, width);
    }

    @Override
    public final ByteBuffer memory() {
        return data();
    }

    @Override
    public final int place(int row) {
        return at(row) * width();
    }

    @Override
    public final void setPlaced(ValueRun run) {
        markNulls(run);
        for (int i = 0; i < run.nulls(); i++) {
            clear(run.row() + run.nullAt(i));
        }
    }
}
