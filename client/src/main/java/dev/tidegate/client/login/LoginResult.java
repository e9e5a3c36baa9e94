package dev.tidegate.client.login;

import dev.tidegate.client.transport.TdsLine;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.token.SessionState;
import java.util.List;
import java.util.Map;

/**
 * A connection that is logged in.
 *
 * @param host where it ended up, after routing
 * @param changes what the server set during the login, in order
 * @param messages what it had to say
 * @param recovery initial states of the session; null if the server has not acknowledged session recovery
 * @param states what the server has told of the session's state beyond that
 * @param encrypted whether all that follows is encrypted
 */
public record LoginResult(
        TdsLine line,
        String host,
        int port,
        TdsVersion version,
        LoginAck ack,
        List<EnvChange> changes,
        List<ServerMessage> messages,
        Map<Integer, byte[]> recovery,
        List<SessionState> states,
        boolean encrypted) {}
