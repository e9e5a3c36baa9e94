package dev.tidegate.server.tsql.parse;

import dev.tidegate.server.backend.SqlServerException;

/** A batch that cannot be parsed; nothing of it ran. */
public final class BatchSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SqlServerException error;
    private final int line;

    BatchSyntaxException(SqlServerException error, int line) {
        super(error.getMessage(), error);
        this.error = error;
        this.line = line;
    }

    public SqlServerException error() {
        return error;
    }

    /** From 1. */
    public int line() {
        return line;
    }
}
