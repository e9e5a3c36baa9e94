package dev.tidegate.client;

import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.FeatureExtAck;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.SessionState;
import dev.tidegate.tds.token.SessionStates;
import dev.tidegate.tds.type.Collation;
import dev.tidegate.testkit.peer.ScriptedPeer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Steps of a scripted server that recovers sessions. */
final class RecoveringPeer {
    static final Map<Integer, byte[]> INITIAL = Map.of(1, new byte[] {1}, 2, new byte[] {2});

    private RecoveringPeer() {}

    /** What a login that begins a session is answered with; changed by those that answer otherwise. */
    static final class Answer {
        String database = "master";
        String language = "us_english";
        String packetSize = "4096";
        boolean acknowledge = true;
        int tdsVersion = 0x74000004;
        int programVersion = 0x10000FA0;
        Collation collation = Collation.DEFAULT;
    }

    /** @return what the client asks to be recovered; null if it begins a session */
    static SessionRecovery acceptLogin(ScriptedPeer peer, Answer answer) throws IOException {
        peer.answerPrelogin(Encryption.NOT_SUPPORTED);
        return finishLogin(peer, answer);
    }

    static SessionRecovery finishLogin(ScriptedPeer peer, Answer answer) throws IOException {
        LoginFeature asked =
                peer.readLogin().feature(LoginFeature.SESSION_RECOVERY).orElse(null);
        peer.begin();
        peer.write(
                new EnvChange.Text(EnvChange.DATABASE, answer.database, ""),
                new EnvChange.Text(EnvChange.LANGUAGE, answer.language, ""),
                new EnvChange.Text(EnvChange.PACKET_SIZE, answer.packetSize, "4096"),
                new EnvChange.CollationChange(answer.collation, null),
                new LoginAck(1, answer.tdsVersion, "Scripted", answer.programVersion));
        if (answer.acknowledge) {
            peer.write(new FeatureExtAck(Map.of(LoginFeature.SESSION_RECOVERY, SessionStates.toBytes(INITIAL))));
        }
        peer.write(ScriptedPeer.done(0));
        peer.out().end();
        return asked == null || asked.data().length == 0 ? null : SessionRecovery.parse(asked.data());
    }

    static SessionState told(int sequence, boolean recoverable, int... states) {
        Map<Integer, byte[]> values = new HashMap<>();
        for (int state : states) {
            values.put(state, new byte[] {(byte) (state + 100)});
        }
        return new SessionState(sequence, recoverable, values);
    }
}
