package dev.tidegate.tds.row;

/** Thrown by a {@link RunSink} at a value that it cannot take. Of several in a run, the one of the first row is handed on. */
public abstract class RefusedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int row;

    /** @param row as the sink was told it */
    protected RefusedRowException(String message, int row) {
        super(message, null, false, false);
        this.row = row;
    }

    /** The row of the value, as the sink was told it. */
    public final int row() {
        return row;
    }
}
