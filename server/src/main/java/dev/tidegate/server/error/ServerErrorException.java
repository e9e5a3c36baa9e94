package dev.tidegate.server.error;

import java.sql.SQLException;

/**
 * A {@link ServerError} on its way through H2, thrown by functions that H2 calls. Its error code is the SQL Server number; its SQLState
 * {@value #SQL_STATE} keeps it apart from H2's own codes.
 */
public final class ServerErrorException extends SQLException {
    static final String SQL_STATE = "TG000";

    private static final long serialVersionUID = 1L;

    private final transient ServerError error;

    public ServerErrorException(ServerError error) {
        super(error.text(), SQL_STATE, error.number());
        this.error = error;
    }

    public ServerError error() {
        return error;
    }
}
