package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.RecoverableState;
import dev.tidegate.tds.token.SessionState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client that can recover its session is told of the session's state, and when: changes only, before the last DONE of an answer
 * ([MS-TDS] 2.2.7.21). A token says of all its states alike whether they can be recovered, so while the session has something that cannot,
 * only what has changed is told, and once it has not, all that was told in between is told again. Used by one thread at a time.
 */
final class StateTeller {
    /** The number after which no state can be told any more: the client gives recovery up. */
    private static final int LAST = 0xFFFF_FFFF;

    private record Told(byte[] value, boolean recoverable) {}

    private final BackendSession session;
    private final boolean wanted;
    private final Map<Integer, Told> told = new HashMap<>();
    private int sequence;

    /** @param initial what the acknowledgement of the feature tells the client; null if it is told nothing, then and later */
    StateTeller(BackendSession session, Map<Integer, byte[]> initial) {
        this.session = session;
        this.wanted = initial != null;
        if (wanted) {
            initial.forEach((id, value) -> told.put(id, new Told(value, true)));
        }
    }

    /** What has to be told now; null if nothing has. {@link #told} follows once it was sent. */
    SessionState changes() {
        if (!wanted) {
            return null;
        }
        RecoverableState now = session.recoverableState();
        Map<Integer, byte[]> changed = new LinkedHashMap<>();
        now.states().forEach((id, value) -> {
            Told before = told.get(id);
            boolean known = before != null
                    && Arrays.equals(before.value, value)
                    && (before.recoverable || !now.complete());
            if (!known) {
                changed.put(id, value);
            }
        });
        return changed.isEmpty() ? null : new SessionState(sequence, now.complete(), changed);
    }

    void told(SessionState state) {
        state.states().forEach((id, value) -> told.put(id, new Told(value, state.recoverable())));
        sequence = sequence == LAST ? LAST : sequence + 1;
    }

    /** Clients put what they know back to the initial state by themselves, or do not: either way all is told anew. */
    void reset() {
        told.clear();
    }
}
