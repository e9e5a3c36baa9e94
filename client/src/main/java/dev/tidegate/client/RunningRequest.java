package dev.tidegate.client;

import dev.tidegate.client.event.Journal;
import dev.tidegate.client.event.Span;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.client.transport.Patience;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request from its first byte to the end of its answer: its number, its limits, and why it was cancelled, if it was. Its thread
 * waits on it; {@link #cancel} comes from any thread.
 */
final class RunningRequest implements Patience {
    /** Why a request was cancelled. */
    enum Reason {
        USER,
        TIMEOUT,
        /** Its answer is not wanted any more. */
        ABANDONED
    }

    private final Session session;
    private final long number;
    private final String operation;
    private final Duration limit;
    private final Duration confirmation;
    private final Deadline deadline;
    private final AtomicReference<Reason> reason = new AtomicReference<>();
    private volatile Deadline confirmBy;
    /** For a request that is given up: it must not hold its connection for longer than closing that would take. */
    private volatile Deadline endBy = Deadline.never();

    private volatile Span cancelling = Span.NONE;

    private Deadline silentUntil = Deadline.never();

    /**
     * @param limit zero: none
     * @param confirmation how long the server may take to confirm a cancel; zero: no limit
     */
    RunningRequest(Session session, long number, String operation, Duration limit, Duration confirmation) {
        this.session = session;
        this.number = number;
        this.operation = operation;
        this.limit = limit;
        this.confirmation = confirmation;
        this.deadline = Deadline.after(limit, "queryTimeout");
    }

    long number() {
        return number;
    }

    String operation() {
        return operation;
    }

    Duration limit() {
        return limit;
    }

    /** Null if it was not cancelled. */
    Reason cancelled() {
        return reason.get();
    }

    /** Whether its own limit has passed; it counts as cancelled for that from then on. */
    boolean isTimedOut() {
        return deadline.isExpired() && reason.compareAndSet(null, Reason.TIMEOUT);
    }

    /** The time between two reads is the caller's own and no silence of the server. */
    @Override
    public void waitBegins() {
        silentUntil = Deadline.after(session.socketTimeout(), "socketTimeout");
    }

    /** Lock-free; at most the eight bytes of an attention are written, within the limit for its confirmation. */
    void cancel(Reason why) {
        if (why == Reason.ABANDONED) {
            giveUp();
        }
        // Before the state changes: who sees CANCELLING must find the reason and the limit.
        if (reason.compareAndSet(null, why)) {
            cancelling = Journal.cancelling(session.context(operation), why.name());
            confirmBy = Deadline.after(confirmation, "cancelQueryTimeout");
            session.cancel(this);
        }
    }

    /** What has become of the cancel, if there was one; the first word counts. */
    void cancelEnded(String outcome) {
        cancelling.end(outcome);
    }

    /** Its answer is not wanted any more: what is left of it may take {@code closeTimeout}, whatever the other limits are. Any thread. */
    void giveUp() {
        if (endBy.isNever()) {
            endBy = session.closeDeadline();
            // Whoever reads sleeps by the old limit.
            session.line().wakeReader();
        }
    }

    /** How long the confirmation of the cancel may take. */
    Deadline confirmBy() {
        Deadline by = confirmBy;
        return by == null || endBy.remainingNanos() < by.remainingNanos() ? endBy : by;
    }

    @Override
    public long remainingNanos() {
        if (!session.isOpen()) {
            return 0;
        }
        Deadline by = confirmBy;
        long left =
                by != null ? by.remainingNanos() : Math.min(deadline.remainingNanos(), silentUntil.remainingNanos());
        return Math.min(left, endBy.remainingNanos());
    }

    @Override
    public void expired() throws IOException {
        if (!session.isOpen()) {
            throw new ClosedChannelException();
        }
        Deadline by = confirmBy;
        if (endBy.isExpired()) {
            tell(ConnectionProperty.CLOSE_TIMEOUT, session.settings().closeTimeout());
            throw endBy.passed("the server has not ended what was given up");
        }
        if (by != null) {
            tell(ConnectionProperty.CANCEL_QUERY_TIMEOUT, confirmation);
            throw by.passed("the server has not confirmed the cancel");
        }
        if (deadline.isExpired()) {
            tell(ConnectionProperty.QUERY_TIMEOUT, limit);
            cancel(Reason.TIMEOUT);
        } else if (silentUntil.isExpired()) {
            tell(ConnectionProperty.SOCKET_TIMEOUT, session.socketTimeout());
            silentUntil.expired();
        }
    }

    private void tell(ConnectionProperty property, Duration passed) {
        Journal.timedOut(session.context(operation), property.propertyName(), passed);
    }
}
