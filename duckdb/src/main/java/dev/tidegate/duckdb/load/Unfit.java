package dev.tidegate.duckdb.load;

/**
 * Thrown by a source at a value that the target column cannot hold; the load adds the row's number. Unchecked because
 * {@code ColumnSource} has no exception of its own, and without a stack trace because it never leaves the package.
 */
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final int row;
    private final transient Object value;

    Unfit(String column, int row, Object value, String reason) {
        super(reason, null, false, false);
        this.column = column;
        this.row = row;
        this.value = value;
    }

    String column() {
        return column;
    }

    /** Row within the chunk, from zero. */
    int row() {
        return row;
    }

    Object value() {
        return value;
    }
}
