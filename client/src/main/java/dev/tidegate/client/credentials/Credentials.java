package dev.tidegate.client.credentials;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import java.util.Objects;

/**
 * What a login proves itself with. Asked for at each login, not kept with the connection, so that a kind whose secrets expire can give
 * a fresh one every time. A new kind joins here, beside the values of the property {@code authentication} that ask for it.
 */
public sealed interface Credentials permits SqlPassword {
    /**
     * The credentials that the settings name.
     *
     * @throws SQLException what their source says
     */
    static Credentials of(ConnectionSettings settings) throws SQLException {
        return new SqlPassword(
                Objects.requireNonNullElse(settings.get(ConnectionProperty.USER), ""), settings.password());
    }
}
