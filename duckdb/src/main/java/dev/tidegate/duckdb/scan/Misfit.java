package dev.tidegate.duckdb.scan;

/**
 * Thrown by a sink at a value that its DuckDB type cannot hold; the scan adds column and row. Unchecked because {@code ColumnSink} has no
 * exception of its own, and without a stack trace because it never leaves the package.
 */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final int row;
    private final transient Object value;

    Misfit(String column, int row, Object value, String reason) {
        super(reason, null, false, false);
        this.column = column;
        this.row = row;
        this.value = value;
    }

    String column() {
        return column;
    }

    /** Row within the batch, from zero. */
    int row() {
        return row;
    }

    Object value() {
        return value;
    }
}
