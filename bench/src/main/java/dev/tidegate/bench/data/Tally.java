package dev.tidegate.bench.data;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;

/**
 * Adds up what a contender reads, so that nothing can be left out and all can be compared. Looks at a value without making an object. Used by
 * one thread.
 */
public final class Tally {
    private static final long NOTHING = 0x9E37_79B9L;

    private long rows;
    private long sum;

    public void row() {
        rows++;
    }

    public void none() {
        sum += NOTHING;
    }

    public void add(boolean value) {
        sum += value ? 3 : 5;
    }

    public void add(long value) {
        sum += value;
    }

    public void add(double value) {
        sum += Double.doubleToRawLongBits(value);
    }

    public void add(BigDecimal value) {
        sum += value.hashCode();
    }

    public void add(LocalDate value) {
        sum += value.toEpochDay();
    }

    public void add(LocalDateTime value) {
        sum += value.toLocalDate().toEpochDay() * 86_400 + value.toLocalTime().toSecondOfDay() + value.getNano();
    }

    /** Length, first and last character: enough to tell a wrong value, too little to be what is measured. */
    public void add(String value) {
        int length = value.length();
        sum += length == 0 ? 1 : length * 31L + value.charAt(0) * 7L + value.charAt(length - 1);
    }

    /** @param value in the form that the column's kind has in Java; null for NULL */
    public void add(Kind kind, Object value) {
        if (value == null) {
            none();
            return;
        }
        switch (kind) {
            case BIT -> add((boolean) value);
            case INT, LONG -> add(((Number) value).longValue());
            case DOUBLE -> add((double) value);
            case DECIMAL -> add((BigDecimal) value);
            case DATE -> add((LocalDate) value);
            case TIMESTAMP -> add((LocalDateTime) value);
            case TEXT -> add((String) value);
        }
    }

    public long rows() {
        return rows;
    }

    public long sum() {
        return sum;
    }

    /** What reading {@code rows} rows of a data set must come to. */
    public static Tally of(DataSet set, int rows) {
        Tally tally = new Tally();
        Object[] values = new Object[set.fields().size()];
        for (int row = 0; row < rows; row++) {
            set.row(row, values);
            tally.row();
            for (int i = 0; i < values.length; i++) {
                tally.add(set.fields().get(i).kind(), values[i]);
            }
        }
        return tally;
    }
}
