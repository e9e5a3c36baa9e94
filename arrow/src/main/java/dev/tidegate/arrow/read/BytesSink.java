package dev.tidegate.arrow.read;

import org.apache.arrow.memory.BufferAllocator;

/** Binary types and CLR types. */
final class BytesSink extends VariableSink {
    BytesSink(String column, BufferAllocator allocator, boolean large) {
        this(column, allocator, large, MOST_BYTES);
    }

    BytesSink(String column, BufferAllocator allocator, boolean large, long most) {
        super(column, allocator, large, most);
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        append(row, bytes, offset, length);
        end(row);
    }
}
