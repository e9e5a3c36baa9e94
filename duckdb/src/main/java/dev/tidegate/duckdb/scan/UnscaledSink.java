package dev.tidegate.duckdb.scan;

import dev.tidegate.client.column.Int128;

/**
 * decimal, numeric, money and smallmoney of few digits, as unscaled values in a BIGINT vector: the projection makes them a DECIMAL without an
 * object for each value.
 */
final class UnscaledSink extends VectorSink {
    /** What every BIGINT of that many digits holds. */
    static final int MOST_DIGITS = 18;

    UnscaledSink(String column) {
        super(column);
    }

    /** Whole numbers times one unit of the last digit: exact, and refused by DuckDB where the result has too many digits. */
    static String projection(int precision, int scale) {
        String whole = "%s::DECIMAL(" + precision + ", 0)";
        if (scale == 0) {
            return whole;
        }
        String unit = "0." + "0".repeat(scale - 1) + "1::DECIMAL(" + scale + ", " + scale + ")";
        return "(" + whole + " * " + unit + ")::DECIMAL(" + precision + ", " + scale + ")";
    }

    @Override
    public void setDecimal(int row, long high, long low) {
        if (high != low >> 63) {
            throw misfit(row, Int128.toBigInteger(high, low), "it has more digits than the column's type");
        }
        vector().setLong(row, low);
    }
}
