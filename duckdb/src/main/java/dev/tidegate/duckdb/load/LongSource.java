package dev.tidegate.duckdb.load;

/** bit, tinyint, smallint, int and bigint, from a BIGINT vector. */
final class LongSource extends ChunkSource {
    private final long lowest;
    private final long highest;
    private final String target;

    LongSource(String column, long lowest, long highest, String target) {
        super(column);
        this.lowest = lowest;
        this.highest = highest;
        this.target = target;
    }

    @Override
    public long getLong(int row) {
        long value = vector().getLong(row);
        if (value < lowest || value > highest) {
            throw misfit(row, value, target + " holds " + lowest + " to " + highest);
        }
        return value;
    }
}
