package dev.tidegate.server.backend;

/** An error with SQL Server's number, state and severity, thrown where the response has no place for a message. */
public final class SqlServerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int state;
    private final int severity;

    public SqlServerException(int number, int state, int severity, String message) {
        this(number, state, severity, message, null);
    }

    public SqlServerException(int number, int state, int severity, String message, Throwable cause) {
        super(message, cause);
        this.number = number;
        this.state = state;
        this.severity = severity;
    }

    public int number() {
        return number;
    }

    public int state() {
        return state;
    }

    public int severity() {
        return severity;
    }
}
