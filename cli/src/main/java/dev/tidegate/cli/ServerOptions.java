package dev.tidegate.cli;

import dev.tidegate.client.settings.ConnectionSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of a command that connects to one server. */
public final class ServerOptions {
    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "The server: mssql://user@host:port/database?name=value (or jdbc:tidegate://…).")
    private String url;

    @Option(names = "--password-file", paramLabel = "FILE", description = "File whose first line is the password.")
    private Path passwordFile;

    public ConnectionSettings settings() throws SQLException {
        return new Login(Passwords.ofProcess()).settings(url, passwordFile, List.of());
    }
}
