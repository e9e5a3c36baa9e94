package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.RecoverableState;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.error.ServerError;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Login7;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.FeatureExtAck;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.SessionStates;
import dev.tidegate.tds.token.TokenWriter;
import dev.tidegate.tds.type.Collation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Answers LOGIN7 ([MS-TDS] 2.2.6.4, 3.3.5.4): checks the user, opens the session, and tells the client its environment. */
final class LoginStep {
    private static final int LARGEST_PACKET_IN_TLS = 16_384;

    private final FrontSettings settings;
    private final Transport transport;
    private final int sessionId;
    private final BooleanSupplier admitted;

    /** @param admitted asked once the user is known: whether one more may be logged in */
    LoginStep(FrontSettings settings, Transport transport, int sessionId, BooleanSupplier admitted) {
        this.settings = settings;
        this.transport = transport;
        this.sessionId = sessionId;
        this.admitted = admitted;
    }

    /**
     * @param reader stands at the beginning of the LOGIN7 message
     * @return null if the login was refused; the client has been told
     */
    Client login(TdsReader reader, Channel channel) throws IOException {
        if (reader.type() != PacketType.LOGIN7) {
            throw new TdsProtocolException("a LOGIN7 message was expected, not " + reader.type(), -1);
        }
        Login7 login = Login7.read(reader);
        if (channel == Channel.LOGIN_ENCRYPTED) {
            transport.endTls();
        }
        TdsVersion version;
        try {
            version = login.version();
        } catch (IllegalArgumentException e) {
            throw new TdsProtocolException(e.getMessage(), -1);
        }
        TdsWriter out = new TdsWriter(transport.out());
        out.setSpid(sessionId);
        TokenWriter tokens = new TokenWriter(out, version);
        out.begin(PacketType.RESPONSE);
        try {
            LoginFeature feature = version.atLeast(TdsVersion.V7_4)
                    ? login.feature(LoginFeature.SESSION_RECOVERY).orElse(null)
                    : null;
            RecoveringLogin recovering = feature == null ? null : RecoveringLogin.of(feature);
            BackendSession session = open(login);
            session.cutBy(transport::close);
            Client client;
            try {
                RecoverableState state = feature == null ? null : session.recoverableState();
                Map<Integer, byte[]> initial = state == null ? null : state.states();
                if (recovering != null) {
                    recovering.restore(session, database(login), initial == null ? Map.of() : initial);
                }
                client = client(login, version, session, out, channel, recovering, initial);
                welcome(tokens, login, client, recovering, initial);
                out.end();
            } catch (IOException | RuntimeException | SqlServerException e) {
                session.close();
                throw e;
            }
            out.setPacketSize(client.packetSize());
            return client;
        } catch (SqlServerException refusal) {
            for (ServerMessage message : messages(refusal, login)) {
                tokens.write(message);
            }
            tokens.write(new Done(Done.Kind.DONE, Done.ERROR, 0, 0));
            out.end();
            return null;
        }
    }

    private BackendSession open(Login7 login) throws SqlServerException {
        boolean known = settings.logins().accepts(login.userName(), login.password());
        if (login.flags().integratedSecurity()) {
            throw KnownError.NO_INTEGRATED_LOGIN.exception();
        }
        if (login.feature(LoginFeature.FEDAUTH).isPresent()) {
            throw refused("Login failed. Federated authentication is not available on this server; use a user and a"
                    + " password.");
        }
        ServerError refusal = KnownError.LOGIN_FAILED.with(login.userName());
        if (!known) {
            throw refusal.asServerException(null);
        }
        if (login.flags().changePassword()) {
            throw refused(refusal.text() + " Passwords cannot be changed on this server.");
        }
        if (!admitted.getAsBoolean()) {
            throw KnownError.TOO_MANY_CONNECTIONS.exception(settings.maxConnections());
        }
        return settings.backend()
                .open(new SessionOptions(
                        database(login),
                        login.userName(),
                        login.hostName(),
                        login.applicationName(),
                        login.language(),
                        sessionId));
    }

    /** 18456 in other words. */
    static SqlServerException refused(String text) {
        return KnownError.LOGIN_FAILED.with("").saying(text).asServerException(null);
    }

    private String database(Login7 login) {
        return login.database().isEmpty() ? settings.defaultDatabase() : login.database();
    }

    /**
     * @param recovering null if the session begins
     * @param initial states that it began with; null if it cannot be recovered, or need not
     */
    private Client client(
            Login7 login,
            TdsVersion version,
            BackendSession session,
            TdsWriter out,
            Channel channel,
            RecoveringLogin recovering,
            Map<Integer, byte[]> initial) {
        int largest = channel == Channel.ENCRYPTED ? LARGEST_PACKET_IN_TLS : TdsReader.MAX_PACKET_LENGTH;
        int wanted = login.packetSize() == 0 ? TdsWriter.DEFAULT_PACKET_SIZE : login.packetSize();
        return new Client(
                session,
                version,
                out,
                new StateTeller(session, initial),
                database(login),
                recovering == null ? database(login) : recovering.database(database(login)),
                Math.clamp(wanted, TdsWriter.MIN_PACKET_SIZE, largest),
                ClientFeatures.of(login));
    }

    private void welcome(
            TokenWriter tokens,
            Login7 login,
            Client client,
            RecoveringLogin recovering,
            Map<Integer, byte[]> initial)
            throws IOException {
        String language = recovering == null ? ServerProduct.LANGUAGE : recovering.language();
        tokens.write(new EnvChange.Text(EnvChange.DATABASE, client.database(), "master"));
        tokens.write(info(5701, 2, "Changed database context to '" + client.database() + "'."));
        tokens.write(new EnvChange.CollationChange(Collation.DEFAULT, null));
        tokens.write(new EnvChange.Text(EnvChange.LANGUAGE, language, ""));
        tokens.write(info(5703, 1, "Changed language setting to " + language + "."));
        int version = client.version() == TdsVersion.V7_1
                ? login.tdsVersion()
                : client.version().code();
        tokens.write(new LoginAck(1, version, ServerProduct.NAME, ServerProduct.VERSION.toInt()));
        tokens.write(new EnvChange.Text(
                EnvChange.PACKET_SIZE,
                String.valueOf(client.packetSize()),
                String.valueOf(TdsWriter.DEFAULT_PACKET_SIZE)));
        Map<Integer, byte[]> acknowledged = acknowledged(client, initial);
        if (!acknowledged.isEmpty()) {
            tokens.write(new FeatureExtAck(acknowledged));
        }
        SessionState recovered = client.states().changes();
        if (recovered != null) {
            tokens.write(recovered);
            client.states().told(recovered);
        }
        tokens.write(new Done(Done.Kind.DONE, Done.FINAL, 0, 0));
    }

    /** What is not in the answer is not used: a client may ask for more than the server has. */
    private static Map<Integer, byte[]> acknowledged(Client client, Map<Integer, byte[]> initial) {
        Map<Integer, byte[]> features = new LinkedHashMap<>();
        if (initial != null) {
            features.put(LoginFeature.SESSION_RECOVERY, SessionStates.toBytes(initial));
        }
        features.putAll(client.features().acknowledged());
        return features;
    }

    /** A database that cannot be opened brings a second message, as SQL Server sends it. */
    private List<ServerMessage> messages(SqlServerException refusal, Login7 login) {
        List<ServerMessage> messages = new ArrayList<>();
        messages.add(Messages.error(refusal));
        if (refusal.number() == KnownError.CANNOT_OPEN_DATABASE.number()) {
            messages.add(Messages.error(KnownError.LOGIN_FAILED.exception(login.userName())));
        }
        return messages;
    }

    private static ServerMessage info(int number, int state, String text) {
        return new ServerMessage(false, number, state, 0, text, Messages.SERVER, "", 1);
    }
}
