package dev.tidegate.cli;

import dev.tidegate.cli.copy.CopyCommand;
import dev.tidegate.cli.demo.DemoCommand;
import dev.tidegate.cli.ping.PingCommand;
import dev.tidegate.cli.serve.ClasspathCommand;
import dev.tidegate.cli.serve.ServeCommand;
import dev.tidegate.cli.shell.SqlCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: what it is, what it can do, and what all its commands share. */
@Command(
        name = "tidegate",
        header = "Moves and queries data between SQL Server, DuckDB and files.",
        description = {
            "",
            "A URL names a server as mssql://user@host:port/database?name=value. The password comes from the prompt,"
                    + " from the environment (TIDEGATE_PASSWORD) or from a file (--password-file)."
        },
        subcommands = {
            CopyCommand.class,
            DemoCommand.class,
            SqlCommand.class,
            PingCommand.class,
            ServeCommand.class,
            ClasspathCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Tidegate.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed: no connection, an SQL error, a value that the target cannot hold",
            "2:the command line is wrong; nothing was done",
            "3:things that had to be the same differ (copy --verify, demo)",
            "130:interrupted by Ctrl-C (143: by SIGTERM); what a copy had begun is undone"
        },
        footer = {"", "Try 'tidegate demo' first, then 'tidegate COMMAND --help'. In a source tree './tidegate bench' measures it side by side with others."})
public final class Tidegate implements Runnable {
    static final String STACKTRACE = "--stacktrace";

    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Option(
            names = STACKTRACE,
            scope = ScopeType.INHERIT,
            description = "After an error, also print where in the program it came from.")
    // Every command inherits it; who reports an error asks the parse result, not this field.
    @SuppressWarnings("UnusedVariable")
    private boolean stacktrace;

    Tidegate(Interruption interruption) {
        this.interruption = interruption;
    }

    /** For commands whose work can be cancelled. */
    public Interruption interruption() {
        return interruption;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tidegate.class.getPackage().getImplementationVersion();
            return new String[] {
                "tidegate " + (version == null ? "(development build)" : version),
                "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch")
            };
        }
    }
}
