package dev.tidegate.arrow.read;

import dev.tidegate.client.column.VariantText;
import dev.tidegate.tds.row.ColumnSink;
import org.apache.arrow.memory.BufferAllocator;

/** sql_variant, as the text of each value. */
final class VariantSink extends TextSink {
    VariantSink(String column, BufferAllocator allocator, boolean replacesBroken) {
        super(column, allocator, false, replacesBroken);
    }

    @Override
    ColumnSink entrance() {
        return new VariantText(this);
    }
}
