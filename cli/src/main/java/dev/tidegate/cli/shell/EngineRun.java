package dev.tidegate.cli.shell;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ErrorReport;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Interruption;
import dev.tidegate.cli.Login;
import dev.tidegate.cli.Secrets;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.EngineOptions;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code tidegate sql --attach NAME=URL [FILE]}: opens DuckDB, attaches, and runs what there is to be run. */
final class EngineRun {
    private final Path file;
    private final Map<String, ConnectionSettings> attached = new LinkedHashMap<>();
    private final Map<String, String> urls = new LinkedHashMap<>();
    private final PrintWriter err;
    private int statementsRun;

    /**
     * @param file null: in memory
     * @param attach each as NAME=URL
     */
    EngineRun(Path file, List<String> attach, Login login, Path passwordFile, PrintWriter err) throws SQLException {
        this.file = file;
        this.err = err;
        for (String text : attach) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals).strip();
            if (name.isEmpty() || name.contains(":")) {
                throw CliException.usage("--attach takes NAME=URL, such as ms=mssql://user@host/database, not '"
                        + Secrets.hidden(text) + "'");
            }
            String url = text.substring(equals + 1);
            String variable = "TIDEGATE_PASSWORD_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            if (attached.put(name, login.settings(url, passwordFile, List.of(variable))) != null) {
                throw CliException.usage("--attach gives the name " + name + " twice");
            }
            urls.put(name, url);
        }
    }

    EngineConnection open() throws SQLException {
        // Rows are written as they come.
        EngineOptions options = EngineOptions.defaults().duckdb("jdbc_stream_results", "true");
        for (Map.Entry<String, ConnectionSettings> each : attached.entrySet()) {
            String password = each.getValue().get(ConnectionProperty.PASSWORD);
            if (password != null) {
                options = options.passwordProvider(provider(each.getKey()), login -> password);
            }
        }
        EngineConnection connection = TidegateDuckDB.open(file == null ? "" : file.toString(), options);
        boolean ready = false;
        try (Statement statement = connection.createStatement()) {
            // DuckDB counts for this program's line, and draws none itself.
            statement.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false");
            for (String name : attached.keySet()) {
                statement.execute(attach(name));
            }
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    private String attach(String name) {
        ConnectionSettings settings = attached.get(name);
        return "ATTACH " + Identifiers.literal(urls.get(name)) + " AS " + Identifiers.duckdb(name)
                + " (TYPE mssql, APPLICATION_NAME "
                + Identifiers.literal(settings.get(ConnectionProperty.APPLICATION_NAME))
                + (settings.isGiven(ConnectionProperty.PASSWORD)
                        ? ", PASSWORD_PROVIDER " + Identifiers.literal(provider(name))
                        : "")
                + ")";
    }

    private static String provider(String name) {
        return "command line, " + name;
    }

    void prompt(EngineStatements statements) throws IOException, SQLException {
        List<String> shown = new ArrayList<>();
        attached.forEach((name, settings) -> shown.add(name + " (" + settings.host() + ")"));
        new EngineShell(statements, file == null ? "memory" : file.getFileName().toString()).run(shown);
    }

    /** @return false after the first error, which has been printed with the number of its statement */
    boolean script(EngineStatements statements, EngineCommands commands, Reader text) throws IOException {
        StatementLines pending = new StatementLines();
        try (BufferedReader lines = new BufferedReader(text)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!run(pending.line(line), statements, commands)) {
                    return false;
                }
            }
            return run(pending.end(), statements, commands);
        }
    }

    private boolean run(StatementLines.Ready ready, EngineStatements statements, EngineCommands commands) {
        return switch (ready) {
            case StatementLines.Ready.Nothing nothing -> true;
            case StatementLines.Ready.Command command -> numbered(() -> commands.run(command.text()));
            case StatementLines.Ready.Statements several -> {
                for (SqlStatement statement : several.statements()) {
                    if (!numbered(() -> statements.run(statement))) {
                        yield false;
                    }
                }
                yield true;
            }
        };
    }

    private interface Step {
        void run() throws SQLException;
    }

    private boolean numbered(Step step) {
        statementsRun++;
        try {
            step.run();
            return true;
        } catch (SQLException e) {
            err.println("tidegate: statement " + statementsRun + ": " + ErrorReport.oneLine(e));
            return false;
        }
    }

    /** The end of a run that nobody types. */
    static int exitCode(boolean good, Interruption interruption) {
        if (!good && interruption.isRequested()) {
            throw Interruption.interrupted("the running statement was cancelled");
        }
        return good ? ExitCode.OK : ExitCode.FAILED;
    }
}
