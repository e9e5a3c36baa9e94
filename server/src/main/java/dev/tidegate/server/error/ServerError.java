package dev.tidegate.server.error;

import dev.tidegate.server.backend.SqlServerException;

/**
 * An error as SQL Server would report it.
 *
 * @param number the message number, as {@code sys.messages} lists it
 * @param state 0 to 255
 * @param severity 11 to 25
 */
public record ServerError(int number, int state, int severity, String text, ErrorEffect effect) {

    /** The same error with another text. */
    public ServerError saying(String other) {
        return new ServerError(number, state, severity, other, effect);
    }

    /** For the places where the response has no room for a message. */
    public SqlServerException asServerException(Throwable cause) {
        return new SqlServerException(number, state, severity, text, cause);
    }
}
