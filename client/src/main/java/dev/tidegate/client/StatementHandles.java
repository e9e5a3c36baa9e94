package dev.tidegate.client;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The handles that the server has given for prepared statements on one physical connection, by text, parameter types and database;
 * whoever has the connection lent finds what was used before. A reset of the session and a reconnect drop all handles on the server, and
 * it numbers later ones anew: an old number may be another statement's then, so all are forgotten at once, but not that a statement was
 * used. At most as many statements are remembered as {@code statementPoolingCacheSize} says; the one that was not used for the longest
 * time goes first, and its handle is given back with one of the next requests.
 *
 * <p>Thread-safe; never waits for the server.
 */
public final class StatementHandles {
    /** To be run without a handle. */
    public static final int DIRECTLY = 0;

    /** To be run so that the server gives a handle. */
    public static final int PREPARE = -1;

    /** Open statements that have a handle at the same time, where handles are not shared. */
    private static final int MOST_OF_THEIR_OWN = 1_000;

    /**
     * A statement that can have a handle.
     *
     * @param owner whose alone the handle is; null: of all that run the same
     * @param types declaration of its parameters
     */
    private record Key(Object owner, String database, String sql, String types) {}

    private static final class Known {
        private int uses;
        private int handle;
        /** A handle was asked for, and has not come. */
        private boolean asked;
        /** The server has the statement's handle without telling, or gives none: it is not asked again. */
        private boolean refused;
    }

    private final SessionEnvironment environment;
    private final boolean shared;
    private final int most;
    private final int usesBefore;
    private final int discardThreshold;
    /** The one used last comes last. */
    private final Map<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private final List<Integer> discarded = new ArrayList<>();

    StatementHandles(ConnectionSettings settings, SessionEnvironment environment) {
        int size = settings.number(ConnectionProperty.STATEMENT_POOLING_CACHE_SIZE);
        this.environment = environment;
        this.shared = size > 0 && !settings.flag(ConnectionProperty.DISABLE_STATEMENT_POOLING);
        this.most = shared ? size : MOST_OF_THEIR_OWN;
        this.usesBefore = settings.flag(ConnectionProperty.ENABLE_PREPARE_ON_FIRST_CALL) ? 0 : 1;
        this.discardThreshold =
                Math.max(1, settings.number(ConnectionProperty.SERVER_PREPARED_STATEMENT_DISCARD_THRESHOLD));
    }

    /**
     * How the statement is to be run this time: with the handle that is returned, {@link #DIRECTLY}, or so that it brings one ({@link
     * #PREPARE}). Counts as a use.
     *
     * @param statement who runs it
     */
    public synchronized int use(Object statement, String sql, String types) {
        Known it = known.computeIfAbsent(key(statement, sql, types), key -> new Known());
        dropEldest();
        it.uses++;
        it.refused |= it.asked && it.handle == DIRECTLY;
        it.asked = it.handle == DIRECTLY && !it.refused && it.uses > usesBefore;
        return it.asked ? PREPARE : it.handle;
    }

    /** The statement's handle, or {@link #DIRECTLY} if it has none; no use of it. */
    public synchronized int handle(Object statement, String sql, String types) {
        Known it = known.get(key(statement, sql, types));
        return it == null ? DIRECTLY : it.handle;
    }

    /** The statement is to be run so that it brings a handle, however often it was run before. False if the server has given none before. */
    public synchronized boolean ask(Object statement, String sql, String types) {
        Known it = known.computeIfAbsent(key(statement, sql, types), key -> new Known());
        dropEldest();
        it.refused |= it.asked && it.handle == DIRECTLY;
        it.asked = it.handle == DIRECTLY && !it.refused;
        return it.asked;
    }

    /** The server has given a handle. */
    public synchronized void prepared(Object statement, String sql, String types, int handle) {
        Known it = known.get(key(statement, sql, types));
        if (it == null || !it.asked) {
            discarded.add(handle);
        } else {
            it.asked = false;
            it.handle = handle;
        }
    }

    /** The server does not know the statement's handle any more. */
    public synchronized void lost(Object statement, String sql, String types) {
        known.remove(key(statement, sql, types));
    }

    /** The statement is closed: what was its own is given back with one of the next requests. */
    public synchronized void closed(Object statement) {
        if (!shared) {
            known.entrySet().removeIf(entry -> {
                boolean own = entry.getKey().owner == statement;
                if (own) {
                    discard(entry.getValue());
                }
                return own;
            });
        }
    }

    /** Handles to be given back now, once there are many of them ({@code serverPreparedStatementDiscardThreshold}); else none. */
    public synchronized List<Integer> takeDiscarded() {
        if (discarded.size() < discardThreshold) {
            return List.of();
        }
        List<Integer> all = List.copyOf(discarded);
        discarded.clear();
        return all;
    }

    /** The server has dropped all handles, or will before it runs anything else. */
    synchronized void allDropped() {
        discarded.clear();
        known.keySet().removeIf(key -> key.owner != null);
        for (Known it : known.values()) {
            it.handle = DIRECTLY;
            it.asked = false;
        }
    }

    private Key key(Object statement, String sql, String types) {
        return new Key(shared ? null : statement, environment.database(), sql, types);
    }

    private void dropEldest() {
        if (known.size() > most) {
            var eldest = known.entrySet().iterator();
            discard(eldest.next().getValue());
            eldest.remove();
        }
    }

    private void discard(Known it) {
        if (it.handle != DIRECTLY) {
            discarded.add(it.handle);
        }
    }
}
