package dev.tidegate.server.h2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The locks on names that applications choose ({@code sp_getapplock}), of one database. Thread-safe. */
final class AppLocks {
    /** How a name is locked; the order tells which one is shown if an owner has it in several. */
    enum Mode {
        INTENT_SHARED("IntentShared"),
        SHARED("Shared"),
        UPDATE("Update"),
        INTENT_EXCLUSIVE("IntentExclusive"),
        EXCLUSIVE("Exclusive");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /** @return null if there is none of that name */
        static Mode of(String text) {
            for (Mode mode : values()) {
                if (mode.text.equalsIgnoreCase(text)) {
                    return mode;
                }
            }
            return null;
        }

        boolean goesWith(Mode other) {
            return switch (this) {
                case INTENT_SHARED -> other != EXCLUSIVE;
                case SHARED -> other == INTENT_SHARED || other == SHARED || other == UPDATE;
                case UPDATE -> other == INTENT_SHARED || other == SHARED;
                case INTENT_EXCLUSIVE -> other == INTENT_SHARED || other == INTENT_EXCLUSIVE;
                case EXCLUSIVE -> false;
            };
        }
    }

    /** Who has a lock: a session, until it lets go or ends, or the transaction that is open in it. */
    record Owner(SessionCore session, boolean transaction) {}

    /** What became of a request. */
    enum Outcome {
        GRANTED,
        GRANTED_AFTER_WAIT,
        TIMED_OUT,
        DEADLOCK
    }

    private record Grant(Owner owner, Mode mode) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, List<Grant>> grants = new HashMap<>();
    private final Map<SessionCore, Set<SessionCore>> waiting = new HashMap<>();

    /** @param millis how long to wait; negative: without end */
    Outcome acquire(Owner owner, String resource, Mode mode, long millis) {
        long started = System.nanoTime();
        boolean waited = false;
        lock.lock();
        try {
            while (true) {
                Set<SessionCore> others = othersThan(owner.session, resource, mode);
                if (others.isEmpty()) {
                    grants.computeIfAbsent(resource, name -> new ArrayList<>()).add(new Grant(owner, mode));
                    return waited ? Outcome.GRANTED_AFTER_WAIT : Outcome.GRANTED;
                }
                waiting.put(owner.session, others);
                if (waitsFor(others, owner.session, new HashSet<>())) {
                    return Outcome.DEADLOCK;
                }
                if (millis >= 0 && System.nanoTime() - started >= TimeUnit.MILLISECONDS.toNanos(millis)) {
                    return Outcome.TIMED_OUT;
                }
                waited = true;
                // wakes up also when nothing has changed, so that a cancel is seen
                changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(LockPatience.STEP_MILLIS / 4));
                owner.session.cancellation.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancellation.CancelledException();
        } finally {
            waiting.remove(owner.session);
            lock.unlock();
        }
    }

    private Set<SessionCore> othersThan(SessionCore session, String resource, Mode mode) {
        Set<SessionCore> others = new HashSet<>();
        for (Grant grant : grants.getOrDefault(resource, List.of())) {
            if (grant.owner.session != session && !mode.goesWith(grant.mode)) {
                others.add(grant.owner.session);
            }
        }
        return others;
    }

    private boolean waitsFor(Set<SessionCore> some, SessionCore session, Set<SessionCore> seen) {
        for (SessionCore one : some) {
            if (one == session) {
                return true;
            }
            if (seen.add(one) && waitsFor(waiting.getOrDefault(one, Set.of()), session, seen)) {
                return true;
            }
        }
        return false;
    }

    /** Gives back one of the owner's locks on a name, the strongest first; as often as it was acquired it must be given back. */
    boolean release(Owner owner, String resource) {
        lock.lock();
        try {
            Grant strongest = strongest(owner, resource);
            if (strongest == null) {
                return false;
            }
            List<Grant> all = grants.get(resource);
            all.remove(strongest);
            if (all.isEmpty()) {
                grants.remove(resource);
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean hasAny(Owner owner) {
        lock.lock();
        try {
            return grants.values().stream().anyMatch(all -> all.stream().anyMatch(grant -> grant.owner.equals(owner)));
        } finally {
            lock.unlock();
        }
    }

    void releaseAll(Owner owner) {
        lock.lock();
        try {
            for (List<Grant> all : grants.values()) {
                all.removeIf(grant -> grant.owner.equals(owner));
            }
            grants.values().removeIf(List::isEmpty);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean has(Owner owner, String resource, Mode mode) {
        lock.lock();
        try {
            return grants.getOrDefault(resource, List.of()).contains(new Grant(owner, mode));
        } finally {
            lock.unlock();
        }
    }

    /** @return null if the owner has no lock on the name */
    Mode mode(Owner owner, String resource) {
        lock.lock();
        try {
            Grant strongest = strongest(owner, resource);
            return strongest == null ? null : strongest.mode;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the lock could be had at once. */
    boolean isFree(Owner owner, String resource, Mode mode) {
        lock.lock();
        try {
            return othersThan(owner.session, resource, mode).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private Grant strongest(Owner owner, String resource) {
        Grant strongest = null;
        for (Grant grant : grants.getOrDefault(resource, List.of())) {
            boolean own = grant.owner.equals(owner);
            if (own && (strongest == null || grant.mode.compareTo(strongest.mode) > 0)) {
                strongest = grant;
            }
        }
        return strongest;
    }
}
