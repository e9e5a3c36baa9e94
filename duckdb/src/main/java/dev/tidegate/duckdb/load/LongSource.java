package dev.tidegate.duckdb.load;

import dev.tidegate.client.column.NumberRange;

/** bit, tinyint, smallint, int and bigint, from a BIGINT vector. */
final class LongSource extends ChunkSource {
    private final NumberRange range;
    private final long lowest;
    private final long highest;

    /** @param range within 64 bits */
    LongSource(String column, NumberRange range) {
        super(column);
        this.range = range;
        lowest = range.lowest().longValueExact();
        highest = range.highest().longValueExact();
    }

    @Override
    public long getLong(int row) {
        long value = vector().getLong(row);
        if (value < lowest || value > highest) {
            throw misfit(row, value, range.bounds());
        }
        return value;
    }
}
