package dev.tidegate.client.settings;

import java.sql.SQLException;

/**
 * Gives the password of a login at the moment when it is needed, so that one that changes, such as a token, is never an old one. Has to be
 * thread-safe: a pool logs in on several threads. What it gives is neither kept nor printed.
 */
@FunctionalInterface
public interface PasswordSource {
    /**
     * Asked for each login, the one after a reconnect and those of a routed connection included. The call counts for {@code loginTimeout}
     * but is not ended by it, so it should have a limit of its own.
     *
     * @param login what is logged in to; its own password is left out
     * @return not null
     * @throws SQLException if there is none; the login fails with it
     */
    String password(ConnectionSettings login) throws SQLException;
}
