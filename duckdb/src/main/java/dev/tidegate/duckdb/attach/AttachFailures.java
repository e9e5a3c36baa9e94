package dev.tidegate.duckdb.attach;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Says which part of an ATTACH is wrong, where the client's error tells. */
final class AttachFailures {
    private AttachFailures() {}

    static SQLException named(String alias, ConnectionSettings settings, SQLException e) {
        SQLException named = new SQLException(
                "ATTACH " + alias + ": " + what(settings, e) + e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
        return named;
    }

    private static String what(ConnectionSettings settings, SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "host " + settings.host() + " is not known: ";
            }
            if (cause instanceof ConnectException) {
                return "nothing answers at port " + settings.port() + " of host " + settings.host() + ": ";
            }
        }
        if (e instanceof SQLTimeoutException) {
            return settings.isGiven(ConnectionProperty.INSTANCE_NAME)
                    ? "instance " + settings.get(ConnectionProperty.INSTANCE_NAME) + " of host " + settings.host()
                            + " does not answer in time: "
                    : "host " + settings.host() + " does not answer at port " + settings.port() + " in time: ";
        }
        return switch (e.getErrorCode()) {
            case 911, 4060, 4063 ->
                "database " + settings.get(ConnectionProperty.DATABASE_NAME) + " cannot be opened: ";
            case 18452, 18456, 18470, 18486, 18487, 18488 ->
                "the login of user " + settings.get(ConnectionProperty.USER) + " is refused: ";
            default -> "";
        };
    }
}
