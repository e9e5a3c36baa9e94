package dev.tidegate.cli;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** Makes connection settings of a URL, with the password from where it may come from. */
public final class Login {
    private static final String PROGRAM = "tidegate";

    private final Passwords passwords;

    public Login(Passwords passwords) {
        this.passwords = passwords;
    }

    private static ConnectionSettings parse(String url) {
        try {
            return ConnectionSettings.parse(url, new Properties());
        } catch (SQLException | IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, ErrorReport.oneLine(e), e);
        }
    }

    /**
     * @param passwordFile may be null
     * @param variables environment variables to look at before {@link Passwords#VARIABLE}
     */
    public ConnectionSettings settings(String url, Path passwordFile, List<String> variables) throws SQLException {
        ConnectionSettings settings = parse(url);
        ConnectionSettings.Builder builder = settings.toBuilder();
        if (!settings.isGiven(ConnectionProperty.APPLICATION_NAME)) {
            builder.set(ConnectionProperty.APPLICATION_NAME, PROGRAM);
        }
        boolean needsPassword = settings.isGiven(ConnectionProperty.USER)
                && (passwordFile != null || !settings.isGiven(ConnectionProperty.PASSWORD));
        if (needsPassword) {
            String user = settings.get(ConnectionProperty.USER);
            builder.set(
                    ConnectionProperty.PASSWORD,
                    passwords
                            .find(passwordFile, variables, "Password of " + user + " at " + settings.host())
                            .orElseThrow(() -> CliException.usage("no password for " + user + " at " + settings.host()
                                    + ", and no terminal to ask at; set " + Passwords.VARIABLE + " or give a file")));
        }
        return builder.build();
    }
}
