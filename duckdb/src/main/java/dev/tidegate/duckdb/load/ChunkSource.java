package dev.tidegate.duckdb.load;

import dev.tidegate.duckdb.Misfit;
import dev.tidegate.tds.row.ColumnSource;
import org.duckdb.DuckDBReadableVector;

/**
 * Gives one column of a DuckDB chunk to the encoder. A subclass answers for the one kind of value that its target column takes, and checks
 * that the target can hold it; every other question is a fault of the mapping. Used by one thread at a time.
 */
abstract class ChunkSource implements ColumnSource {
    private final String column;
    private DuckDBReadableVector vector;

    ChunkSource(String column) {
        this.column = column;
    }

    /** Turns to the vector of the next chunk. */
    void begin(DuckDBReadableVector next) {
        vector = next;
    }

    final DuckDBReadableVector vector() {
        return vector;
    }

    final Misfit misfit(int row, Object value, String reason) {
        return new Misfit(column, row, value, reason);
    }

    /** The text of a row, for sources that read texts. */
    final String text(int row) {
        return vector.getString(row);
    }

    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }

    @Override
    public long getLong(int row) {
        throw unexpected("an integer");
    }

    @Override
    public double getDouble(int row) {
        throw unexpected("a float");
    }

    @Override
    public long getDecimalLow(int row) {
        throw unexpected("a decimal");
    }

    @Override
    public long getDecimalHigh(int row) {
        throw unexpected("a decimal");
    }

    @Override
    public int getEpochDay(int row) {
        throw unexpected("a date");
    }

    @Override
    public long getTicks(int row) {
        throw unexpected("a time");
    }

    @Override
    public int getOffsetMinutes(int row) {
        throw unexpected("an offset");
    }

    @Override
    public long getUuidHigh(int row) {
        throw unexpected("a uniqueidentifier");
    }

    @Override
    public long getUuidLow(int row) {
        throw unexpected("a uniqueidentifier");
    }

    @Override
    public CharSequence getText(int row) {
        throw unexpected("text");
    }

    @Override
    public byte[] getBytes(int row) {
        throw unexpected("bytes");
    }

    private IllegalStateException unexpected(String kind) {
        return new IllegalStateException(
                "column \"" + column + "\" was asked for " + kind + ", which it does not have");
    }
}
