package dev.tidegate.client.credentials;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;

/**
 * What a login proves itself with. Asked for at each login, not kept with the connection, so that a kind whose secrets expire can give
 * a fresh one every time. A new kind joins here, beside the values of the property {@code authentication} that ask for it.
 */
public sealed interface Credentials permits SqlPassword {
    /** The credentials that the settings name. */
    static Credentials of(ConnectionSettings settings) {
        return new SqlPassword(
                textOf(settings, ConnectionProperty.USER), textOf(settings, ConnectionProperty.PASSWORD));
    }

    private static String textOf(ConnectionSettings settings, ConnectionProperty property) {
        String value = settings.get(property);
        return value == null ? "" : value;
    }
}
