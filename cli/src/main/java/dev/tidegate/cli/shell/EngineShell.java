package dev.tidegate.cli.shell;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ErrorReport;
import dev.tidegate.duckdb.sql.SqlStatement;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The prompt of DuckDB with SQL Server databases attached. */
final class EngineShell {
    private static final Set<String> ENDS = Set.of("exit", "quit");

    private final EngineStatements statements;
    private final String name;

    /** @param name of the file, for the prompt */
    EngineShell(EngineStatements statements, String name) {
        this.statements = statements;
        this.name = name;
    }

    /** @param attached what there is, for the first line */
    void run(List<String> attached) throws IOException, SQLException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            run(terminal, Shell.lines(terminal), attached);
        }
    }

    void run(Terminal terminal, LineReader lines, List<String> attached) throws SQLException {
        terminal.handle(Terminal.Signal.INT, signal -> statements.cancel());
        PrintWriter out = terminal.writer();
        out.println("DuckDB " + statements.connection().getMetaData().getDatabaseProductVersion()
                + (attached.isEmpty() ? "" : " with " + String.join(", ", attached) + " attached")
                + "; .help says how to go on.");
        readAll(lines, out);
    }

    private void readAll(LineReader lines, PrintWriter out) {
        StatementLines pending = new StatementLines();
        EngineCommands commands = new EngineCommands(statements.connection(), out);
        while (true) {
            try {
                String line = lines.readLine(pending.isPending() ? " ".repeat(name.length()) + "> " : name + "> ");
                String word = pending.isPending() ? "" : line.strip().replaceAll("^\\.|;$", "");
                if (ENDS.contains(word)) {
                    return;
                }
                switch (pending.line(line)) {
                    case StatementLines.Ready.Command command -> commands.run(command.text());
                    case StatementLines.Ready.Statements ready -> runAll(ready.statements());
                    case StatementLines.Ready.Nothing nothing -> {}
                }
            } catch (UserInterruptException e) {
                pending.clear();
            } catch (EndOfFileException e) {
                return;
            } catch (SQLException | CliException e) {
                out.println("tidegate: " + ErrorReport.oneLine(e));
            }
        }
    }

    private void runAll(List<SqlStatement> ready) throws SQLException {
        for (SqlStatement statement : ready) {
            statements.run(statement);
        }
    }
}
