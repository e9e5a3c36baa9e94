package dev.tidegate.cli.shell;

import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The prompt: reads lines with history and editing, runs batches, lets Ctrl-C cancel the running one. */
final class Shell {
    private static final String HELP = """
        A batch runs at the end of a line with a semicolon, or at a line that says GO.
          Ctrl-C    cancels the running batch, or drops the lines typed so far
          Ctrl-D    ends, and so do exit and quit
          help      shows this\
        """;

    private final TdsConnection connection;
    private final ResultPrinter printer;

    Shell(TdsConnection connection, ResultPrinter printer) {
        this.connection = connection;
        this.printer = printer;
    }

    void run() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            LineReader lines = lines(terminal);
            terminal.handle(Terminal.Signal.INT, signal -> connection.cancel());
            terminal.writer()
                    .println("Connected to " + connection.serverInfo().programName() + " "
                            + connection.serverInfo().version() + " at "
                            + connection.serverInfo().host() + "; 'help' says how to go on.");
            readAll(lines, terminal.writer());
        }
    }

    static LineReader lines(Terminal terminal) {
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("tidegate")
                // SQL has backslashes and exclamation marks of its own.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.HISTORY_FILE, Path.of(System.getProperty("user.home"), ".tidegate_history"))
                .history(new DiscreetHistory())
                .build();
    }

    private void readAll(LineReader lines, PrintWriter out) {
        BatchReader batches = new BatchReader(true);
        while (connection.isOpen()) {
            try {
                String line = lines.readLine(batches.isPending() ? "   > " : connection.database() + "> ");
                String word = batches.isPending() ? "" : line.strip().replaceAll(";$", "");
                if (word.equalsIgnoreCase("exit") || word.equalsIgnoreCase("quit")) {
                    return;
                }
                if (word.equalsIgnoreCase("help")) {
                    out.println(HELP);
                } else {
                    run(batches.line(line), out);
                }
            } catch (UserInterruptException e) {
                batches.clear();
            } catch (EndOfFileException e) {
                return;
            }
        }
        out.println("The connection is closed.");
    }

    private void run(Optional<BatchReader.Batch> batch, PrintWriter out) {
        for (int i = 0; batch.isPresent() && i < batch.get().times(); i++) {
            try (Response response = connection.execute(batch.get().sql())) {
                if (!printer.print(response)) {
                    return;
                }
            } catch (SQLException e) {
                ErrorText.print(out, e);
                return;
            }
        }
    }
}
