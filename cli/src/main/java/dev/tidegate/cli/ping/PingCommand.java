package dev.tidegate.cli.ping;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.RowValues;
import dev.tidegate.cli.ServerOptions;
import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.Encrypt;
import dev.tidegate.client.tls.TlsTransport;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.Prelogin;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidegate ping URL}: the way to a server, step by step. */
@Command(
        name = "ping",
        header = "Connect to a server and show how long each step takes, or at which one it fails and why.",
        mixinStandardHelpOptions = true)
public final class PingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions server;

    @Override
    public Integer call() throws Exception {
        ConnectionSettings settings = server.settings();
        Step steps = new Step(spec.commandLine().getOut());
        if (settings.instanceToLookUp().isEmpty()) {
            approach(settings, steps);
        }
        try (TdsConnection connection = steps.run("login", () -> TdsConnection.open(settings), PingCommand::greeting)) {
            steps.run("query", () -> firstLine(connection), text -> text);
        }
        return ExitCode.OK;
    }

    /** What comes before the login, on a connection of its own so that each part can be timed. */
    private void approach(ConnectionSettings settings, Step steps) throws Exception {
        try (Probe probe = new Probe(settings)) {
            List<InetAddress> addresses = steps.run(
                    "address",
                    probe::addresses,
                    found -> found.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
            steps.run(
                    "tcp",
                    () -> {
                        probe.connect(addresses);
                        return settings.port();
                    },
                    port -> "port " + port);
            if (settings.encrypt() == Encrypt.STRICT) {
                tls(probe, steps);
                return;
            }
            Prelogin answer = steps.run("prelogin", probe::prelogin, found -> "encryption " + found.encryption());
            if (answer.encryption() != Encryption.NOT_SUPPORTED) {
                tls(probe, steps);
            }
        }
    }

    private void tls(Probe probe, Step steps) throws Exception {
        TlsTransport tls = steps.run(
                "tls",
                probe::tls,
                found -> found.session().getProtocol() + ", " + found.session().getCipherSuite());
        if (tls.session().getPeerCertificates()[0] instanceof X509Certificate certificate) {
            for (String fact : CertificateFacts.of(certificate, Instant.now())) {
                spec.commandLine().getOut().println(" ".repeat(31) + fact);
            }
        }
    }

    private static String greeting(TdsConnection connection) {
        return connection.serverInfo().programName() + " "
                + connection.serverInfo().version() + ", TDS "
                + connection.serverInfo().tdsVersion() + ", database " + connection.database()
                + (connection.serverInfo().encrypted() ? ", encrypted" : ", not encrypted");
    }

    private static String firstLine(TdsConnection connection) throws SQLException {
        try (Response response = connection.execute("SELECT @@VERSION")) {
            String version = "";
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows && response.nextRow()) {
                    version = String.valueOf(RowValues.of(response, 0));
                }
            }
            return version.lines().findFirst().orElse("").strip();
        }
    }
}
