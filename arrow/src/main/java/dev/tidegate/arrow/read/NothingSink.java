package dev.tidegate.arrow.read;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** A column of NULLs without a type. */
final class NothingSink extends BatchSink {
    NothingSink(String column, BufferAllocator allocator) {
        super(column, allocator);
    }

    @Override
    int width() {
        return 1;
    }

    @Override
    List<ArrowBuf> takeValues(int rows) {
        return List.of();
    }

    @Override
    void load(FieldVector vector, ArrowFieldNode node, ArrowBuf bitmap, List<ArrowBuf> values) {
        vector.setValueCount(node.getLength());
    }
}
