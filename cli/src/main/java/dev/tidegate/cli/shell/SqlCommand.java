package dev.tidegate.cli.shell;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Interruption;
import dev.tidegate.cli.Login;
import dev.tidegate.cli.Passwords;
import dev.tidegate.cli.Secrets;
import dev.tidegate.cli.Tidegate;
import dev.tidegate.cli.copy.Endpoint;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.duckdb.EngineConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tidegate sql}: a shell, or a script. */
@Command(
        name = "sql",
        header = "Run SQL, on a server or on DuckDB with servers attached: typed, given with -c, or read from a file or standard input.",
        description = {
            "",
            "'tidegate sql URL' runs T-SQL. At the prompt a batch runs at the end of a line with a semicolon, or at a line that says GO; Ctrl-C"
                    + " cancels it. In a script only GO ends a batch, and the first batch with an error ends the script"
                    + " with exit code 1.",
            "",
            "'tidegate sql --attach ms=URL [FILE.duckdb]' runs DuckDB's SQL, in memory or on a file, with the tables of the servers as"
                    + " ms.schema.table. A statement ends with a semicolon at the end of a line; .help at the prompt says more. The first"
                    + " error ends a script with exit code 1, and its number is told. The password of ms comes from TIDEGATE_PASSWORD_MS,"
                    + " then from where others come from."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class SqlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Tidegate program;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "URL|FILE",
            description = "The server, mssql://user@host:port/database?name=value (or jdbc:tidegate://…), or a DuckDB file, made if missing.")
    private String target;

    @Option(
            names = "--attach",
            paramLabel = "NAME=URL",
            description = "A server to attach to DuckDB under this name; may be given several times.")
    private List<String> attach = List.of();

    @Option(names = "--password-file", paramLabel = "FILE", description = "File whose first line is the password.")
    private Path passwordFile;

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "Run this and end; may be given several times.")
    private List<String> commands = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Run what is in this file and end.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How rows are written: table or csv (default: ${DEFAULT-VALUE}).")
    private RowPrinter.Format format;

    @Option(
            names = "--limit",
            defaultValue = "1000",
            paramLabel = "ROWS",
            description = "Rows shown of each result as a table (default: ${DEFAULT-VALUE}).")
    private long limit;

    @Override
    public Integer call() throws SQLException, IOException {
        if (limit < 0) {
            throw CliException.usage("--limit takes 0 or more rows, not " + limit);
        }
        Login login = new Login(Passwords.ofProcess());
        if (attach.isEmpty() && !isFile()) {
            if (target == null) {
                throw CliException.usage("say where to run it: a URL, or --attach NAME=URL, or a DuckDB file");
            }
            return onServer(login.settings(target, passwordFile, List.of()));
        }
        if (target != null && ConnectionSettings.accepts(target)) {
            throw CliException.usage("beside --attach goes a DuckDB file, not a URL; attach that server too: --attach NAME="
                    + Secrets.hidden(target));
        }
        return onDuckDb(login);
    }

    private boolean isFile() {
        return target != null
                && !ConnectionSettings.accepts(target)
                && (Endpoint.DUCKDB_ENDINGS.stream().anyMatch(target.toLowerCase(Locale.ROOT)::endsWith)
                        || Files.isRegularFile(Path.of(target)));
    }

    private boolean isTyped() {
        return commands.isEmpty()
                && file == null
                && System.console() != null
                && System.console().isTerminal();
    }

    private int onServer(ConnectionSettings settings) throws SQLException, IOException {
        try (TdsConnection connection = TdsConnection.open(settings)) {
            if (isTyped()) {
                new Shell(connection, printer()).run();
                return ExitCode.OK;
            }
            try (var _ = program.interruption().begin(connection::cancel)) {
                boolean good = runScripts(text -> script(connection, text));
                if (!good && program.interruption().isRequested()) {
                    throw Interruption.interrupted("the running batch was cancelled");
                }
                return good ? ExitCode.OK : ExitCode.FAILED;
            }
        }
    }

    private int onDuckDb(Login login) throws SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        EngineRun run = new EngineRun(target == null ? null : Path.of(target), attach, login, passwordFile, err);
        try (EngineConnection connection = run.open()) {
            EngineStatements statements =
                    new EngineStatements(connection, out, err, new RowPrinter(out, format, limit));
            if (isTyped()) {
                run.prompt(statements);
                return ExitCode.OK;
            }
            try (var _ = program.interruption().begin(statements::cancel)) {
                EngineCommands points = new EngineCommands(connection, out);
                return EngineRun.exitCode(
                        runScripts(text -> run.script(statements, points, text)), program.interruption());
            }
        }
    }

    private interface Script {
        boolean run(Reader text) throws IOException;
    }

    private boolean runScripts(Script script) throws IOException {
        for (String command : commands) {
            if (!script.run(new StringReader(command))) {
                return false;
            }
        }
        if (file != null) {
            return script.run(Files.newBufferedReader(file));
        }
        return !commands.isEmpty() || script.run(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    private boolean script(TdsConnection connection, Reader text) throws IOException {
        BatchReader batches = new BatchReader(false);
        try (BufferedReader lines = new BufferedReader(text)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!run(connection, batches.line(line))) {
                    return false;
                }
            }
            return run(connection, batches.end());
        }
    }

    private boolean run(TdsConnection connection, Optional<BatchReader.Batch> batch) {
        for (int i = 0; batch.isPresent() && i < batch.get().times(); i++) {
            try (Response response = connection.execute(batch.get().sql())) {
                if (!printer().print(response)) {
                    return false;
                }
            } catch (SQLException e) {
                ErrorText.print(spec.commandLine().getErr(), e);
                return false;
            }
        }
        return true;
    }

    private ResultPrinter printer() {
        PrintWriter out = spec.commandLine().getOut();
        return new ResultPrinter(out, spec.commandLine().getErr(), new RowPrinter(out, format, limit));
    }
}
