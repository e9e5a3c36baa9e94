package dev.tidegate.client.column;

import java.sql.SQLDataException;

/**
 * A value that the other side cannot hold as it is. The message names the column, the value and the ways out; the SQLState is 22000 (data
 * exception).
 */
public final class UnstorableValueException extends SQLDataException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_SHOWN = 60;

    private final String column;

    /**
     * @param row the row's number, counted from one; 0 where rows have no order to count them in
     * @param value as the user would write it; shortened when long
     * @param reason why the other side cannot hold it, and what to do
     */
    public UnstorableValueException(String column, long row, Object value, String reason) {
        super(
                "column \"" + column + "\", " + (row == 0 ? "" : "row " + row + ", ") + "value " + shown(value) + ": "
                        + reason,
                "22000");
        this.column = column;
    }

    public String column() {
        return column;
    }

    private static String shown(Object value) {
        String text = value instanceof CharSequence ? "'" + value + "'" : String.valueOf(value);
        return text.length() <= LONGEST_SHOWN
                ? text
                : text.substring(0, LONGEST_SHOWN) + "… (" + text.length() + " characters)";
    }
}
