package dev.tidegate.server.front;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The connections of a listener, and how many of them may be logged in. Thread-safe. */
final class Connections {
    /** A client over the limit is told so when it logs in; beyond these many that wait for it, sockets are closed at once. */
    private static final int WAITING = 256;

    private final Set<ServerConnection> open = ConcurrentHashMap.newKeySet();
    private final SessionIds ids = new SessionIds();
    private final Semaphore logins;
    private final int most;

    Connections(int limit) {
        this.logins = new Semaphore(limit);
        this.most = limit + WAITING;
    }

    boolean full() {
        return open.size() >= most;
    }

    int nextId() {
        return ids.take();
    }

    void releaseId(int id) {
        ids.release(id);
    }

    void add(ServerConnection connection) {
        open.add(connection);
    }

    /** One more is about to be logged in. @return false if there are too many */
    boolean admit() {
        return logins.tryAcquire();
    }

    void remove(ServerConnection connection, boolean admitted) {
        if (open.remove(connection)) {
            ids.release(connection.sessionId());
            if (admitted) {
                logins.release();
            }
        }
    }

    int size() {
        return open.size();
    }

    List<ServerConnection> all() {
        return List.copyOf(open);
    }
}
