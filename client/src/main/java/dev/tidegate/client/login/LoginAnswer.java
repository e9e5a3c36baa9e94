package dev.tidegate.client.login;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.ServerErrors;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.FeatureExtAck;
import dev.tidegate.tds.token.FedAuthInfo;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.SessionStates;
import dev.tidegate.tds.token.SspiToken;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the server's answer to LOGIN7 ([MS-TDS] 3.2.5.3): accepted, refused, or sent elsewhere. */
final class LoginAnswer {
    private final List<EnvChange> changes = new ArrayList<>();
    private final List<ServerMessage> messages = new ArrayList<>();
    private final List<ServerMessage> errors = new ArrayList<>();
    private LoginAck ack;
    private EnvChange.Routing routing;
    private Map<Integer, byte[]> recovery;
    private int packetSize = TdsWriter.DEFAULT_PACKET_SIZE;
    private final List<SessionState> states = new ArrayList<>();

    private LoginAnswer() {}

    /** @throws SQLException of the server, if it refuses */
    static LoginAnswer read(TdsReader in, TdsVersion asked, ErrorContext context) throws IOException, SQLException {
        LoginAnswer answer = new LoginAnswer();
        PacketType type = in.beginMessage();
        if (type == null) {
            throw new EOFException("the server closed the connection instead of answering the login");
        }
        if (type != PacketType.RESPONSE) {
            throw new TdsProtocolException("a message of type " + type + " where the answer to the login belongs", -1);
        }
        TokenReader tokens = new TokenReader(in, asked);
        while (!in.atEnd()) {
            answer.take(tokens.next());
        }
        if (!answer.errors.isEmpty()) {
            throw ServerErrors.toException(answer.errors, context);
        }
        if (answer.ack == null && answer.routing == null) {
            throw new TdsProtocolException("the server neither accepts the login nor says why not", -1);
        }
        return answer;
    }

    private void take(Token token) throws IOException {
        if (token instanceof EnvChange.Routing elsewhere) {
            routing = elsewhere;
        } else if (token instanceof EnvChange change) {
            changes.add(change);
            if (change instanceof EnvChange.Text text && text.type() == EnvChange.PACKET_SIZE) {
                packetSize = packetSize(text.newValue());
            }
        } else if (token instanceof LoginAck accepted) {
            ack = accepted;
        } else if (token instanceof ServerMessage message) {
            (message.error() ? errors : messages).add(message);
        } else if (token instanceof FedAuthInfo || token instanceof SspiToken) {
            throw new IOException("the server asks for another way of logging in than user and password");
        } else if (token instanceof FeatureExtAck features) {
            byte[] acknowledged = features.features().get(LoginFeature.SESSION_RECOVERY);
            recovery = acknowledged == null ? null : SessionStates.parse(acknowledged);
        } else if (token instanceof SessionState state) {
            states.add(state);
        } else if (!(token instanceof Done)) {
            throw new TdsProtocolException(
                    "token " + token.getClass().getSimpleName() + " in the answer to a login", -1);
        }
    }

    private static int packetSize(String granted) throws TdsProtocolException {
        try {
            int size = Integer.parseInt(granted);
            if (size >= TdsWriter.MIN_PACKET_SIZE && size <= TdsReader.MAX_PACKET_LENGTH) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Told below, with all else that is no size.
        }
        throw new TdsProtocolException(
                "the server grants packets of '" + granted + "' bytes; " + TdsWriter.MIN_PACKET_SIZE + " to "
                        + TdsReader.MAX_PACKET_LENGTH + " are possible",
                -1);
    }

    /** Of the packets that go to the server from now on. */
    int packetSize() {
        return packetSize;
    }

    List<EnvChange> changes() {
        return changes;
    }

    List<ServerMessage> messages() {
        return messages;
    }

    LoginAck ack() {
        return ack;
    }

    /** Initial states of the session; null if the server has not acknowledged session recovery. */
    Map<Integer, byte[]> recovery() {
        return recovery;
    }

    List<SessionState> states() {
        return states;
    }

    /** Where to log in instead; null if here. */
    EnvChange.Routing routing() {
        return routing;
    }
}
