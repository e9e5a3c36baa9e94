package dev.tidegate.cli.serve;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.tds.TdsVersion;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidegate classpath}: where the JDBC driver is. */
@Command(
        name = "classpath",
        header = "Print the JDBC driver's class path.",
        description = {"", "For instance: java -cp \"$(tidegate classpath):app.jar\" com.example.App"},
        mixinStandardHelpOptions = true)
public final class ClasspathCommand implements Callable<Integer> {
    private static final String URL = "jdbc:tidegate://host";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException {
        Class<?> driver = null;
        for (Driver candidate : ServiceLoader.load(Driver.class)) {
            if (candidate.acceptsURL(URL)) {
                driver = candidate.getClass();
            }
        }
        if (driver == null) {
            throw new CliException(ExitCode.FAILED, "this installation has no driver for " + URL);
        }
        spec.commandLine()
                .getOut()
                .println(Stream.of(driver, TdsConnection.class, TdsVersion.class)
                        .map(ClasspathCommand::location)
                        .map(Path::toString)
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator)));
        return ExitCode.OK;
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
