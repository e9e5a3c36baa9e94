package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.packet.TdsWriter;

/**
 * A client that is logged in.
 *
 * @param out where responses go, with the negotiated packet size
 * @param states what the client is told of the session's state
 * @param loginDatabase the database of the login, to which a reset goes back
 * @param database where the session begins: another one than that of the login if it is recovered
 * @param features those that client and server have
 */
record Client(
        BackendSession session,
        TdsVersion version,
        TdsWriter out,
        StateTeller states,
        String loginDatabase,
        String database,
        int packetSize,
        ClientFeatures features) {}
