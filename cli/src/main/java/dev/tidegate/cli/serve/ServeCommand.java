package dev.tidegate.cli.serve;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ErrorReport;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Passwords;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidegate serve}: the embedded server as a program. */
@Command(
        name = "serve",
        header = "Run a SQL Server-compatible endpoint until it is told to end (Ctrl-C, SIGTERM).",
        description = {
            "",
            "Prints one line, 'listening on HOST:PORT', when clients can connect. The data is in memory, or in files"
                + " below --data. It stands in for a SQL Server in tests and demonstrations; its limits are listed in"
                + " docs/embedded-server.md."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    private static final String SELF_SIGNED = "self-signed";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "1433",
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--user", defaultValue = "sa", description = "Login name (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Environment variable that holds the login's password.")
    private String passwordVariable;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the login's password.")
    private Path passwordFile;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            description = "The login's password itself; others on this machine can see it while the server runs.")
    private String password;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            description = "A database to have; may be given several times. The first is the default.")
    private List<String> databases = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Keep the databases in files below this directory.")
    private Path data;

    @Option(names = "--tls", paramLabel = SELF_SIGNED, description = "Encrypt with a certificate made at each start.")
    private String tls;

    @Option(names = "--tls-cert", paramLabel = "PEM", description = "Encrypt with this certificate (and its chain).")
    private Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "PEM",
            description = "The certificate's private key, PKCS #8, not encrypted.")
    private Path key;

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedSqlServerBuilder builder = EmbeddedSqlServer.builder()
                .host(host)
                .port(checkedPort())
                .login(user, password())
                .tls(encryption());
        try {
            databases.forEach(builder::database);
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.USAGE, "--database: " + e.getMessage(), e);
        }
        if (data != null) {
            builder.directory(data);
        }
        try (EmbeddedSqlServer server = start(builder)) {
            // The process ends by a signal; the hook is what makes that end a clean one.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
            PrintWriter out = spec.commandLine().getOut();
            String shownHost = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
            out.println("listening on " + shownHost + ":" + server.port());
            out.flush();
            new CountDownLatch(1).await();
        }
        return ExitCode.OK;
    }

    private static EmbeddedSqlServer start(EmbeddedSqlServerBuilder builder) {
        try {
            return builder.start();
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw new CliException(ExitCode.FAILED, "cannot serve: " + ErrorReport.oneLine(e), e);
        }
    }

    private int checkedPort() {
        if (port < 0 || port > 65_535) {
            throw CliException.usage("port " + port + " is outside 0 to 65535");
        }
        return port;
    }

    private String password() {
        if (password != null) {
            return password;
        }
        Passwords passwords = Passwords.ofProcess();
        return passwordVariable != null
                ? passwords.fromVariable(passwordVariable)
                : passwords
                        .find(passwordFile, List.of(), "Password for the login " + user)
                        .orElseThrow(() -> CliException.usage("which password shall " + user + " have? Set "
                                + Passwords.VARIABLE + ", or give --password-env, --password-file or --password"));
    }

    private Tls encryption() {
        if (tls != null && !SELF_SIGNED.equals(tls)) {
            throw CliException.usage(
                    "--tls takes " + SELF_SIGNED + "; for a certificate of your own give --tls-cert and --tls-key");
        }
        if ((certificate == null) != (key == null)) {
            throw CliException.usage("--tls-cert and --tls-key go together");
        }
        if (tls != null && certificate != null) {
            throw CliException.usage("--tls self-signed and --tls-cert exclude each other");
        }
        if (certificate != null) {
            checkFile("--tls-cert", certificate);
            checkFile("--tls-key", key);
            return Tls.certificate(certificate, key);
        }
        return tls == null ? Tls.none() : Tls.selfSigned();
    }

    private static void checkFile(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw CliException.usage(option + ": " + file + " is a directory");
        }
    }
}
