package dev.tidegate.arrow.read;

import dev.tidegate.client.column.Ascii;
import dev.tidegate.tds.row.ValueRun;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A column of text or bytes, which stand one behind the other in Arrow's memory. */
abstract class VariableSink extends BatchSink {
    /** Of a column in a batch: what an offset of 32 bits can tell, and one buffer hold. */
    static final long MOST_BYTES = Integer.MAX_VALUE - 64;

    /** Bytes of the memory beyond its room: short values are put eight bytes at a time. */
    private static final int SPARE = Ascii.BEYOND_END;

    private final boolean large;
    private final long most;
    private final Growing offsets;
    private final Growing values;
    private ByteBuffer ends;
    private ByteBuffer memory;
    private int room;
    private int used;
    /** Of the batch before: the next one is likely to be as long. */
    private int usual;

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
        ends = offsets.view();
        if (memory == null) {
            grow(usual);
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
        putEnd(at(row) + 1, used);
    }

    /** The row's value ends at this place of the memory. */
    final void end(int row, int end) {
        putEnd(at(row) + 1, end);
    }

    /** All values of the run, none of which is NULL, have been put one behind the other from {@link #used} on. */
    final void endAll(ValueRun run) {
        int end = used;
        int first = at(run.row()) + 1;
        for (int i = 0; i < run.count(); i++) {
            end += run.length(i);
            putEnd(first + i, end);
        }
        used = end;
    }

    /** A row's value, or a part of it, as it stands. */
    final void append(int row, byte[] bytes, int offset, int length) {
        if (!hasRoom(length)) {
            throw misfit(
                    row,
                    length + " bytes more after " + used,
                    "a column of a record batch holds " + most
                            + " bytes; read batches of fewer rows (batchRows, batchBytes), or a part of the value"
                            + " (SUBSTRING)");
        }
        memory.put(used, bytes, offset, length);
        used += length;
    }

    /**
     * Makes room for so many bytes more, which changes {@link #content} and {@link #room}.
     *
     * @return false if a batch cannot hold as many
     */
    final boolean hasRoom(long bytes) {
        if (bytes > room - used) {
            if (used + bytes > most) {
                return false;
            }
            grow(Math.max(used + bytes, 2L * room));
        }
        return true;
    }

    /** Where values may be put, from {@link #used} up to {@link #room} and {@value #SPARE} bytes beyond; then {@link #usedTo} says how far. */
    final ByteBuffer content() {
        return memory;
    }

    /** Where the next value begins. */
    final int used() {
        return used;
    }

    final int room() {
        return room;
    }

    /** Values were put up to this place of the memory. */
    final void usedTo(int end) {
        used = end;
    }

    private void grow(long wanted) {
        values.reserve(Math.min(most, wanted) + SPARE, used);
        memory = values.view();
        room = (int) Math.min(most, memory.capacity() - SPARE);
    }

    private void putEnd(int index, int end) {
        if (large) {
            ends.putLong(index * Long.BYTES, end);
        } else {
            ends.putInt(index * Integer.BYTES, end);
        }
    }

    private int offsetWidth() {
        return large ? Long.BYTES : Integer.BYTES;
    }

    @Override
    final long variableBytes() {
        return used;
    }

    @Override
    final int width() {
        return Long.BYTES;
    }

    @Override
    final List<ArrowBuf> takeValues(int rows) {
        usual = used;
        ArrowBuf bytes = values.take(used);
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
        memory = null;
        room = 0;
        used = 0;
    }
}
