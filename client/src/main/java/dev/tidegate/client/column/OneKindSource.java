package dev.tidegate.client.column;

import dev.tidegate.tds.row.RunSource;

/**
 * A source of one column. A subclass answers for NULL and the one kind of value that its target column takes; every other question is a
 * fault of the mapping. Used by one thread at a time.
 */
public abstract class OneKindSource implements RunSource {
    private final String column;

    protected OneKindSource(String column) {
        this.column = column;
    }

    protected final Misfit misfit(int row, Object value, String reason) {
        return new Misfit(column, row, value, reason);
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
