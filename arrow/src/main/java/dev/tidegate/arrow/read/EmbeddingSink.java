package dev.tidegate.arrow.read;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** The vector type of SQL Server 2025: a list of as many floats a row, whose bytes Arrow has in the same order. */
final class EmbeddingSink extends FixedSink {
    private final int header;
    private final int dimensions;

    /**
     * @param header bytes of a value before its elements
     * @param elementLength 2 or 4 bytes
     */
    EmbeddingSink(String column, BufferAllocator allocator, int header, int dimensions, int elementLength) {
        super(column, allocator, dimensions * elementLength);
        this.header = header;
        this.dimensions = dimensions;
    }

    @Override
    public void setBytes(int row, byte[] bytes, int offset, int length) {
        if (length != header + width()) {
            throw misfit(row, length + " bytes", "this is not the form of a vector of " + dimensions + " dimensions");
        }
        data().put(at(row) * width(), bytes, offset + header, width());
    }

    /** The list says which rows are there; the elements of those that are not count as there, and are zero. */
    @Override
    void load(FieldVector vector, ArrowFieldNode node, ArrowBuf bitmap, List<ArrowBuf> elements) {
        vector.loadFieldBuffers(node, List.of(bitmap));
        int count = node.getLength() * dimensions;
        try (ArrowBuf all = vector.getAllocator().buffer(bytesOf(count))) {
            all.setOne(0L, bytesOf(count));
            all.writerIndex(bytesOf(count));
            vector.getChildrenFromFields()
                    .get(0)
                    .loadFieldBuffers(new ArrowFieldNode(count, 0), List.of(all, elements.get(0)));
        }
    }
}
