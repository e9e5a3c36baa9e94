package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Int128;

/** uniqueidentifier, as UHUGEINT, which DuckDB casts to UUID bit by bit. */
final class UuidSink extends VectorSink {
    UuidSink(String column) {
        super(column);
    }

    @Override
    public void setUuid(int row, long mostSignificant, long leastSignificant) {
        vector().setUHugeInt(row, Int128.toUnsignedBigInteger(mostSignificant, leastSignificant));
    }
}
