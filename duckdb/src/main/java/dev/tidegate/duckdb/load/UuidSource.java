package dev.tidegate.duckdb.load;

import java.math.BigInteger;
import org.duckdb.DuckDBReadableVector;

/** uniqueidentifier, from the UHUGEINT vector that a UUID casts to. */
class UuidSource extends ChunkSource {
    private int currentRow = -1;
    private BigInteger current;

    UuidSource(String column) {
        super(column);
    }

    @Override
    void begin(DuckDBReadableVector next) {
        super.begin(next);
        currentRow = -1;
    }

    @Override
    public long getUuidHigh(int row) {
        return bits(row).shiftRight(64).longValue();
    }

    @Override
    public long getUuidLow(int row) {
        return bits(row).longValue();
    }

    private BigInteger bits(int row) {
        if (row != currentRow) {
            current = read(row);
            currentRow = row;
        }
        return current;
    }

    /** The 128 bits as a number without sign. */
    BigInteger read(int row) {
        return vector().getUHugeInt(row);
    }
}
