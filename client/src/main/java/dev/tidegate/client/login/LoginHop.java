package dev.tidegate.client.login;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.LineErrors;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.Encrypt;
import dev.tidegate.client.tls.TlsConnector;
import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.AddressLookup;
import dev.tidegate.client.transport.ByteTransport;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.client.transport.TcpConnector;
import dev.tidegate.client.transport.TdsLine;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Prelogin;
import dev.tidegate.tds.message.ProgramVersion;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.packet.PacketType;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.SQLException;
import java.util.List;

/** One attempt to log in at one server: address, TCP, PRELOGIN, TLS, LOGIN7. Whatever fails, nothing stays open. */
final class LoginHop {
    private static final ProgramVersion VERSION = new ProgramVersion(0, 1, 0, 0);

    private final ConnectionSettings settings;
    private final String host;
    private final String instance;
    private final String database;
    private final Deadline deadline;
    private final AbortSignal signal;
    private final LoginSteps steps;
    private final SessionRecovery recovery;
    private int port;
    private String step = "look-up of the host";
    private TdsLine line;
    private EncryptionPlan plan;

    /**
     * @param instance whose port is to be looked up; null if {@code port} is known
     * @param database that routing asks for; null for that of the settings
     * @param recovery of the session that is to be taken up; null if one is to begin
     */
    LoginHop(
            ConnectionSettings settings,
            String host,
            int port,
            String instance,
            String database,
            Deadline deadline,
            AbortSignal signal,
            LoginSteps steps,
            SessionRecovery recovery) {
        this.settings = settings;
        this.host = host;
        this.port = port;
        this.instance = instance;
        this.database = database;
        this.deadline = deadline;
        this.signal = signal;
        this.steps = steps;
        this.recovery = recovery;
    }

    int port() {
        return port;
    }

    TdsLine line() {
        return line;
    }

    boolean encrypted() {
        return plan == EncryptionPlan.EVERYTHING;
    }

    TdsVersion version() {
        return LoginRequest.version(settings);
    }

    /** @throws SQLException naming the step that failed; the line is closed then */
    LoginAnswer run() throws SQLException {
        boolean done = false;
        try {
            connect();
            prelogin();
            LoginAnswer answer = login();
            done = true;
            return answer;
        } catch (IOException e) {
            throw signal.isAborted() ? LineErrors.givenUp(context()) : LineErrors.notConnected(e, context());
        } finally {
            if (!done && line != null) {
                line.close();
            }
        }
    }

    private void connect() throws IOException {
        steps.connecting();
        AddressLookup.Preference preference = switch (settings.get(ConnectionProperty.IP_ADDRESS_PREFERENCE)) {
            case "IPv6First" -> AddressLookup.Preference.IPV6_FIRST;
            case "UsePlatformDefault" -> AddressLookup.Preference.PLATFORM;
            default -> AddressLookup.Preference.IPV4_FIRST;
        };
        List<InetAddress> addresses = AddressLookup.lookUp(host, preference, deadline, signal);
        if (instance != null) {
            step = "look-up of the instance";
            port = new BrowserLookup(host, BrowserLookup.PORT).port(addresses, instance, deadline, signal);
        }
        step = "connect";
        boolean together = settings.flag(ConnectionProperty.MULTI_SUBNET_FAILOVER);
        ByteTransport tcp = new TcpConnector(host, port).connect(addresses, together, deadline, signal);
        line = new TdsLine(tcp);
        signal.guard(line);
        steps.loggingIn();
        line.setPatience(deadline);
        if (settings.encrypt() == Encrypt.STRICT) {
            step = "TLS handshake";
            line.setTransport(tls().strict(tcp, deadline));
        }
    }

    private void prelogin() throws IOException {
        step = "PRELOGIN";
        line.writer().begin(PacketType.PRELOGIN);
        Prelogin.builder()
                .version(VERSION)
                .encryption(EncryptionPlan.request(settings.encrypt()))
                .instance(instance == null ? "" : instance)
                .threadId(Thread.currentThread().getId() & 0xFFFF_FFFFL)
                .mars(false)
                .build()
                .write(line.writer());
        line.writer().end();
        PacketType type = line.reader().beginMessage();
        if (type == null) {
            throw new EOFException(
                    "the server closed the connection instead of answering PRELOGIN; if it demands TLS from the "
                            + "first byte, set encrypt=strict");
        }
        if (type != PacketType.RESPONSE && type != PacketType.PRELOGIN) {
            throw new TdsProtocolException("a message of type " + type + " where the answer to PRELOGIN belongs", -1);
        }
        plan = EncryptionPlan.agree(
                settings.encrypt(), Prelogin.read(line.reader()).encryption());
    }

    private LoginAnswer login() throws IOException, SQLException {
        ByteTransport plain = line.transport();
        if (plan != EncryptionPlan.NOTHING && settings.encrypt() != Encrypt.STRICT) {
            step = "TLS handshake";
            line.setTransport(tls().withinPrelogin(plain, deadline));
        }
        step = "login";
        line.writer().begin(PacketType.LOGIN7);
        LoginRequest.build(settings, host, database, plan, recovery).write(line.writer());
        line.writer().end();
        if (plan == EncryptionPlan.LOGIN_ONLY) {
            line.setTransport(plain);
        }
        LoginAnswer answer = LoginAnswer.read(line.reader(), version(), context());
        line.writer().setPacketSize(answer.packetSize());
        return answer;
    }

    private TlsConnector tls() {
        return new TlsConnector(settings, host, port);
    }

    private ErrorContext context() {
        return new ErrorContext(host, port, "", step);
    }
}
