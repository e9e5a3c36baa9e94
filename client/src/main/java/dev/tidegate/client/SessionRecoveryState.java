package dev.tidegate.client;

import dev.tidegate.client.error.NotReconnectedException.Reason;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.token.SessionState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the server has told of its session for the case that the line is cut ([MS-TDS] 2.2.7.21): values that only the server understands,
 * each with whether it can be recovered. Used by the thread that runs the requests.
 */
final class SessionRecoveryState {
    /** In bytes, of all values together: the login that gives them back has room for 128 KB, twice over for the names. */
    private static final int MOST = 48 * 1024;

    /** The sequence number with which a server gives recovery up. */
    private static final int GIVEN_UP = 0xFFFF_FFFF;

    /** Nobody needs a longer text to begin a transaction. */
    private static final int LONGEST_BEGIN = 200;

    private static final Pattern BEGIN = Pattern.compile(
            "\\s*BEGIN\\s+TRAN(SACTION)?(\\s+\\w+|\\s*\\[[^\\]]*\\])?\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    private record Known(byte[] value, boolean recoverable) {}

    private final Map<Integer, byte[]> initial;
    private final boolean wanted;
    private final Map<Integer, Known> changed = new LinkedHashMap<>();
    /** What has become unrecoverable by the mere begin of the open transaction, and what was known of it before. */
    private final Map<Integer, Known> byBegin = new HashMap<>();

    private boolean beginning;
    private boolean givenUp;

    /**
     * @param wanted whether recovery was asked for at the login
     * @param initial null if the server has not acknowledged it
     */
    SessionRecoveryState(boolean wanted, Map<Integer, byte[]> initial) {
        this.wanted = wanted;
        this.initial = initial;
    }

    void apply(SessionState told) {
        if (initial == null || told.sequence() == GIVEN_UP) {
            givenUp = true;
            return;
        }
        told.states().forEach((id, value) -> {
            Known before = changed.put(id, new Known(value, told.recoverable()));
            if (beginning && !told.recoverable()) {
                byBegin.putIfAbsent(id, before);
            } else {
                byBegin.remove(id);
            }
        });
        if (size(changed) > MOST) {
            // Never sent: what it was for would not fit.
            changed.clear();
            givenUp = true;
        }
    }

    private static long size(Map<Integer, Known> states) {
        return states.values().stream().mapToLong(state -> state.value.length).sum();
    }

    /**
     * What comes next is the answer to a request that begins a transaction and does nothing else.
     *
     * @param nested whether another one is open, so that none begins
     */
    void transactionBegins(boolean nested) {
        beginning = !nested;
        if (!nested) {
            byBegin.clear();
        }
    }

    /** Another request, of which nothing of that kind is known yet. */
    void requestBegins() {
        beginning = false;
    }

    /**
     * Whether a batch begins a transaction and does nothing else. It is not asked what else a batch may do: only this much is known for
     * certain.
     */
    boolean onlyBegins(String batch) {
        return initial != null
                && batch.length() <= LONGEST_BEGIN
                && BEGIN.matcher(batch).matches();
    }

    /** Committed or rolled back, as the server has told: what its begin has changed is what the server told last. */
    void transactionEnded() {
        byBegin.clear();
    }

    /** The transaction has ended with its line: what its begin has changed is as it was. */
    void transactionLost() {
        byBegin.forEach((id, before) -> {
            if (before == null) {
                changed.remove(id);
            } else {
                changed.put(id, before);
            }
        });
        byBegin.clear();
    }

    /** The session is in its initial state again. */
    void reset() {
        changed.clear();
        byBegin.clear();
    }

    /** Why the session cannot be taken up again; null if it can, as far as the server has told. */
    Reason obstacle() {
        if (!wanted) {
            return Reason.SWITCHED_OFF;
        }
        if (initial == null) {
            return Reason.NOT_ACKNOWLEDGED;
        }
        boolean recoverable = !givenUp
                && initial.values().stream().mapToLong(value -> value.length).sum() <= MOST
                && changed.values().stream().allMatch(Known::recoverable);
        return recoverable ? null : Reason.STATE_NOT_RECOVERABLE;
    }

    /** For the login that takes the session up. */
    SessionRecovery replay(SessionEnvironment environment) {
        Map<Integer, byte[]> values = new LinkedHashMap<>();
        changed.forEach((id, state) -> values.put(id, state.value));
        return new SessionRecovery(environment.initial(initial), environment.changed(values));
    }
}
