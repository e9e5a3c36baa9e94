package dev.tidegate.arrow.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** A buffer of Arrow's that grows while it is filled, and the view through which it is. Little-endian; used by one thread at a time. */
final class Growing {
    private final BufferAllocator allocator;
    private ArrowBuf memory;
    private ByteBuffer view;

    Growing(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Where values are put; another one after each {@link #reserve}. */
    ByteBuffer view() {
        return view;
    }

    /**
     * Makes room for {@code bytes} in all, and keeps the first {@code used}.
     *
     * @throws org.apache.arrow.memory.OutOfMemoryException if the allocator has no more
     */
    void reserve(long bytes, long used) {
        if (memory != null && memory.capacity() >= bytes) {
            return;
        }
        ArrowBuf larger = allocator.buffer(Math.max(bytes, 64));
        if (memory != null) {
            larger.setBytes(0, memory, 0, used);
            memory.close();
        }
        memory = larger;
        view = larger.nioBuffer(0, (int) Math.min(larger.capacity(), Integer.MAX_VALUE))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sets bytes from one place up to and without another. */
    void fill(long from, long to, int value) {
        if (to > from) {
            if (value == 0) {
                memory.setZero(from, to - from);
            } else {
                memory.setOne(from, to - from);
            }
        }
    }

    /** Gives the memory away with so many bytes in it; whoever takes it closes it. */
    ArrowBuf take(long bytes) {
        ArrowBuf taken = memory;
        taken.writerIndex(bytes);
        memory = null;
        view = null;
        return taken;
    }

    void release() {
        if (memory != null) {
            memory.close();
            memory = null;
            view = null;
        }
    }
}
