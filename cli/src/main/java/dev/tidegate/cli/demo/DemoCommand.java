package dev.tidegate.cli.demo;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.copy.Engine;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate demo}: the main job from end to end, with nothing to install. */
@Command(
        name = "demo",
        header = "Send 3,000,000 real flights through SQL Server's protocol and back, and compare.",
        description = {
            "",
            "Starts the embedded server in this process, bulk-loads the flights over TDS, reads them back into DuckDB,"
                    + " asks both sides the same questions, and writes a Parquet file. Exit code 0 only if all numbers"
                    + " agree."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String DATABASE = "demo";
    private static final String USER = "sa";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "" + FlightData.ROWS,
            description = "How many of the flights to use (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "The Parquet file to write (default: tidegate-demo.parquet in the temporary directory).")
    private Path output = Path.of(System.getProperty("java.io.tmpdir"), "tidegate-demo.parquet");

    @Override
    public Integer call() throws SQLException, IOException {
        if (rows < 1 || rows > FlightData.ROWS) {
            throw CliException.usage("--rows takes 1 to " + FlightData.ROWS);
        }
        if (!Files.isDirectory(output.toAbsolutePath().getParent())) {
            throw CliException.usage(
                    "there is no directory " + output.toAbsolutePath().getParent() + " for --output");
        }
        PrintWriter out = spec.commandLine().getOut();
        String password = UUID.randomUUID().toString();
        long started = System.nanoTime();
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .database(DATABASE)
                        .login(USER, password)
                        .start();
                FlightData flights = new FlightData();
                Engine engine = new Engine()) {
            ConnectionSettings settings = ConnectionSettings.parse(server.url() + ";encrypt=false", null).toBuilder()
                    .login(USER, password)
                    .build();
            Tour tour = new Tour(out, engine, settings, rows);
            tour.start(server, System.nanoTime() - started);
            tour.load(flights.file());
            tour.readBack();
            tour.ask();
            tour.write(output);
            return tour.end() ? ExitCode.OK : ExitCode.DIFFERENT;
        }
    }
}
