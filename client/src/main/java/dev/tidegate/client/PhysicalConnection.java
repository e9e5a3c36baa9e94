package dev.tidegate.client;

import dev.tidegate.client.error.LineErrors;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A connection that is lent to one user after another; what pools are made of. Each user gets a {@link TdsConnection} of its own, which is
 * closed for good when it comes back: whatever the user still does with it, from any thread, cannot reach the session of the next one.
 *
 * <p>{@link #lend}, {@link #takeBack}, {@link #isQuiet} and {@link #isValid} come from whoever owns it at the time, one after the other;
 * {@link #close} and {@link #wasCut} at any time from any thread.
 */
public final class PhysicalConnection implements AutoCloseable {
    private final TdsConnection own;
    private final Session session;

    /** @param connection which is used by nobody else from now on */
    public PhysicalConnection(TdsConnection connection) throws SQLException {
        own = connection;
        session = connection.session();
        park();
    }

    /**
     * For the next user.
     *
     * @param lender is told by the user's {@link TdsConnection#close} and {@link TdsConnection#discard}
     * @param lease what the lender knows this use by
     */
    public <L> TdsConnection lend(Lender<L> lender, L lease) {
        TdsConnection lent = own.lent(lender, lease);
        unparkFor(lent);
        return lent;
    }

    /**
     * Ends what the last user has left: closes a half-read answer, and rolls back an open transaction. With the next request the session is
     * reset. A row that another thread is still reading in place cannot be taken from it; such a connection is not lent again. Takes twice
     * {@code closeTimeout} at most.
     *
     * @throws SQLException if it cannot be lent again; {@link #close} is what is left to do
     */
    public void takeBack() throws SQLException {
        if (session.state().requests() == session.state().requestsBeforeUser() && tryPark()) {
            // Nobody has asked for anything, so nothing is left of it.
            return;
        }
        own.admit();
        Response last = session.lastResponse();
        if (last != null) {
            last.close();
        }
        if (session.hasAbandoned()) {
            throw LineErrors.wrongOrder("another thread is reading a row (" + session.context("take back") + ")");
        }
        if (session.hasLostItsLine()) {
            // Its user may have taken note of that with a rollback; the next user has no part in it.
            throw LineErrors.closed(session.context("take back"));
        }
        shutOut();
        if (own.inTransaction()) {
            own.rollbackBeforeClose();
        }
        session.resetBeforeNextUser();
        park();
    }

    /**
     * Whoever has just passed the check of its ticket, and not begun yet, finds the state changed: it cannot open a transaction behind the
     * look for one, or take the reset along that the next user needs.
     *
     * @throws SQLException if it has begun
     */
    void shutOut() throws SQLException {
        park();
        unparkFor(own);
    }

    /** Whether server and network have kept silent since it came back. Does not wait. */
    public boolean isQuiet() {
        return session.state().phase() == Phase.PARKED && session.line().isQuiet();
    }

    /** Nanoseconds since the server last ended an answer. Any thread. */
    public long silence() {
        return session.silence();
    }

    /**
     * Asks the server; for one that is lent to nobody.
     *
     * @param within limit for the answer; zero: none
     */
    public boolean isValid(Duration within) {
        unparkFor(own);
        try {
            boolean valid = own.isValid(within);
            park();
            return valid;
        } catch (SQLException e) {
            return false;
        }
    }

    /** False once it is closed or known to be broken. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** True if it is broken, and neither user nor owner have broken it. */
    public boolean wasCut() {
        return session.wasCut();
    }

    /** Ends it, whoever has it, within {@code closeTimeout}. */
    @Override
    public void close() {
        session.close();
    }

    /**
     * As {@link #close()}.
     *
     * @param reason a word that stands in the event of it
     */
    public void close(String reason) {
        session.close(reason);
    }

    private void unparkFor(TdsConnection holder) {
        holder.admit();
        // If it has ended meanwhile, its holder will be told so.
        session.state().unpark();
    }

    private boolean tryPark() {
        session.admit(ConnectionState.NO_TICKET);
        return session.state().park(session.state().requestsBeforeUser());
    }

    private void park() throws SQLException {
        session.admit(ConnectionState.NO_TICKET);
        if (!session.state().park(session.state().requests())) {
            throw session.isOpen()
                    ? LineErrors.wrongOrder("a request is still running (" + session.context("take back") + ")")
                    : LineErrors.closed(session.context("take back"));
        }
    }
}
