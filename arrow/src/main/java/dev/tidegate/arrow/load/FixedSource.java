package dev.tidegate.arrow.load;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** A column whose values all take the same number of bits, read from the vector's buffer. */
abstract class FixedSource extends VectorSource {
    private ArrowBuf values;

    FixedSource(String column) {
        super(column);
    }

    @Override
    void begin(FieldVector next) {
        super.begin(next);
        values = next.getDataBuffer();
    }

    /** Of the present batch. */
    final ArrowBuf values() {
        return values;
    }
}
