package dev.tidegate.cli.shell;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Interruption;
import dev.tidegate.cli.ServerOptions;
import dev.tidegate.cli.Tidegate;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tidegate sql URL}: a shell, or a script. */
@Command(
        name = "sql",
        header = "Run T-SQL: typed at a prompt, given with -c, or read from a file or standard input.",
        description = {
            "",
            "At the prompt a batch runs at the end of a line with a semicolon, or at a line that says GO; Ctrl-C"
                    + " cancels it. In a script only GO ends a batch, and the first batch with an error ends the script"
                    + " with exit code 1."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class SqlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Tidegate program;

    @Mixin
    private ServerOptions server;

    @Option(
            names = {"-c", "--command"},
            paramLabel = "SQL",
            description = "Run this and end; may be given several times.")
    private List<String> commands = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Run the batches in this file and end.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How rows are written: table or csv (default: ${DEFAULT-VALUE}).")
    private ResultPrinter.Format format;

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
        try (TdsConnection connection = TdsConnection.open(server.settings())) {
            boolean typed = commands.isEmpty()
                    && file == null
                    && System.console() != null
                    && System.console().isTerminal();
            if (typed) {
                new Shell(connection, printer()).run();
                return ExitCode.OK;
            }
            try (var _ = program.interruption().begin(connection::cancel)) {
                boolean good = runScripts(connection);
                if (!good && program.interruption().isRequested()) {
                    throw Interruption.interrupted("the running batch was cancelled");
                }
                return good ? ExitCode.OK : ExitCode.FAILED;
            }
        }
    }

    private boolean runScripts(TdsConnection connection) throws IOException {
        for (String command : commands) {
            if (!script(connection, new StringReader(command))) {
                return false;
            }
        }
        if (file != null) {
            return script(connection, Files.newBufferedReader(file));
        }
        return !commands.isEmpty() || script(connection, new InputStreamReader(System.in, StandardCharsets.UTF_8));
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
        return new ResultPrinter(spec.commandLine().getOut(), spec.commandLine().getErr(), format, limit);
    }
}
