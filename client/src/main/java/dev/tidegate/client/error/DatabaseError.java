package dev.tidegate.client.error;

import dev.tidegate.tds.token.ServerMessage;
import java.util.Optional;

/**
 * What this client knows of an error besides the fields of {@link java.sql.SQLException}. Every SQLException that the client throws for
 * a message of the server implements it.
 */
public interface DatabaseError {
    /** The server's message: number, state, class, procedure and line. Null after the exception was serialized, as is the context. */
    ServerMessage serverMessage();

    ErrorContext context();

    /** The first such error among {@code thrown} and its causes. */
    static Optional<DatabaseError> of(Throwable thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 32; t = t.getCause(), depth++) {
            if (t instanceof DatabaseError error) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
