package dev.tidegate.server.h2;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;

/**
 * The locks on names of one database: statements share a name while they run, and a change of what the name means has it alone until
 * its transaction ends. So nobody sees a definition that is not committed, and none changes under a running statement. Thread-safe.
 */
final class NameLocks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Holders> names = new HashMap<>();
    private final Map<NameClaims, Set<NameClaims>> waiting = new HashMap<>();

    /** Who holds a name. */
    private static final class Holders {
        private NameClaims owner;
        private final Set<NameClaims> users = new HashSet<>();

        private Set<NameClaims> othersThan(NameClaims who, boolean alone) {
            Set<NameClaims> others = new HashSet<>();
            if (owner != null) {
                others.add(owner);
            }
            if (alone) {
                others.addAll(users);
            }
            others.remove(who);
            return others;
        }
    }

    /**
     * Takes a name, waiting for it if need be.
     *
     * @param alone whether nobody else may use it meanwhile
     * @param session H2's session of the one who asks, to find out who waits for whom
     * @return whether it came in time
     * @throws DeadlockException if those who hold it wait for the one who asks
     */
    boolean acquire(NameClaims who, SessionLocal session, String name, boolean alone, long millis)
            throws DeadlockException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (true) {
                Holders holders = names.computeIfAbsent(name, n -> new Holders());
                Set<NameClaims> others = holders.othersThan(who, alone);
                if (others.isEmpty()) {
                    if (alone) {
                        holders.owner = who;
                    } else {
                        holders.users.add(who);
                    }
                    return true;
                }
                waiting.put(who, others);
                if (waitsFor(others, who, session.getId(), new HashSet<>())) {
                    throw new DeadlockException();
                }
                if (nanos <= 0) {
                    return false;
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.remove(who);
            lock.unlock();
        }
    }

    private boolean waitsFor(Set<NameClaims> some, NameClaims who, int sessionId, Set<NameClaims> seen) {
        for (NameClaims one : some) {
            if (one == who || one.blockedBy() == sessionId) {
                return true;
            }
            if (seen.add(one) && waitsFor(waiting.getOrDefault(one, Set.of()), who, sessionId, seen)) {
                return true;
            }
        }
        return false;
    }

    /** Gives back what {@link #acquire} gave. */
    void release(NameClaims who, String name, boolean alone) {
        lock.lock();
        try {
            Holders holders = names.get(name);
            if (holders == null) {
                return;
            }
            if (!alone) {
                holders.users.remove(who);
            } else if (holders.owner == who) {
                holders.owner = null;
            }
            if (holders.owner == null && holders.users.isEmpty()) {
                names.remove(name);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whoever holds the name waits, directly or not, for the one who asks. */
    static final class DeadlockException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
