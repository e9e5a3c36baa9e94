package dev.tidegate.arrow.load;

import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.tds.type.VectorBytes;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;

/** The vector type of SQL Server 2025, from lists of as many floats, whose bytes go over as they are. */
final class EmbeddingSource extends VectorSource {
    private final int dimensions;
    private final int width;
    private final byte[] value;
    private FieldVector elements;
    private ArrowBuf data;

    EmbeddingSource(String column, TypeInfo type) {
        super(column);
        this.width = type.maxLength() - VectorBytes.HEADER_LENGTH;
        this.dimensions = VectorBytes.dimensions(type);
        this.value = VectorBytes.header(dimensions, type.scale());
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        elements = ((FixedSizeListVector) next).getDataVector();
        data = elements.getDataBuffer();
    }

    @Override
    public byte[] getBytes(int row) {
        if (elements.getNullCount() > 0) {
            for (int i = row * dimensions; i < (row + 1) * dimensions; i++) {
                if (elements.isNull(i)) {
                    throw misfit(row, vector().getObject(row), "a vector of SQL Server has no NULL among its elements");
                }
            }
        }
        data.getBytes((long) row * width, value, VectorBytes.HEADER_LENGTH, width);
        return value;
    }
}
