package dev.tidegate.arrow.read;

import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * How one column of a result becomes one of a record batch.
 *
 * @param children of a list, else none
 * @param isLong whether a single value may be so long that the batch's size is looked at after each row
 */
record ReadColumn(
        String name,
        ArrowType type,
        boolean nullable,
        Map<String, String> metadata,
        List<Field> children,
        boolean isLong,
        Maker maker) {
    /** Makes the column's sink. */
    @FunctionalInterface
    interface Maker {
        BatchSink sink(String column, BufferAllocator allocator);
    }

    Field field() {
        return new Field(name, new FieldType(nullable, type, null, metadata), children);
    }

    BatchSink newSink(BufferAllocator allocator) {
        return maker.sink(name, allocator);
    }
}
