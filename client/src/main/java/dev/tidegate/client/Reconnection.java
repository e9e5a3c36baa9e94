package dev.tidegate.client;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.NotReconnectedException;
import dev.tidegate.client.error.NotReconnectedException.Reason;
import dev.tidegate.client.event.Journal;
import dev.tidegate.client.event.Span;
import dev.tidegate.client.login.Login;
import dev.tidegate.client.login.LoginResult;
import dev.tidegate.client.login.LoginSteps;
import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Takes a session up on another line, for a request of which nothing was sent ([MS-TDS] 2.2.6.4, session recovery). The request's own
 * limit bounds it, and so does {@code loginTimeout}. A close or a cancel ends it at once.
 */
final class Reconnection {
    private static final LoginSteps NOBODY = new LoginSteps() {
        @Override
        public void connecting() {}

        @Override
        public void loggingIn() {}
    };

    private final Session session;
    private final RunningRequest request;
    private final AbortSignal signal = new AbortSignal();

    Reconnection(Session session, RunningRequest request) {
        this.session = session;
        this.request = request;
    }

    /** From another thread, in the phase RECONNECTING. */
    void abort() {
        signal.abort();
    }

    /**
     * Returns with the request ready to be sent.
     *
     * @throws SQLException {@link NotReconnectedException}, or what ended the attempt: a close, a cancel, or the request's limit; after
     *     the last two the next request tries again
     */
    void run() throws SQLException {
        Span span = Journal.reconnecting(context());
        String outcome = null;
        try {
            takeUp();
            outcome = "RECONNECTED";
        } catch (NotReconnectedException e) {
            outcome = e.reason().name();
            throw e;
        } catch (SQLException e) {
            outcome = e.getSQLState();
            throw e;
        } finally {
            span.end(outcome);
        }
    }

    private void takeUp() throws SQLException {
        if (!session.state().reconnecting(request.number())) {
            throw endedBy(null);
        }
        LoginResult login;
        try {
            login = logIn();
        } catch (SQLException e) {
            throw endedBy(e);
        }
        signal.release();
        session.takenUp(login, request);
        if (!session.state().reconnected(request.number())) {
            login.line().close();
            throw endedBy(null);
        }
        if (request.cancelled() != null) {
            // The cancel found the phase RECONNECTING, and so has sent nothing; or it is the writer's now, who writes
            // nothing.
            session.state().withdrawn(request.number());
            request.cancelEnded("NOT_SENT");
            throw session.cancelled(request);
        }
    }

    private LoginResult logIn() throws SQLException {
        Deadline deadline = deadline();
        LoginResult login = new Login(session.settings(), deadline, signal, NOBODY, session.replay()).open();
        String difference = session.difference(login);
        if (difference != null) {
            login.line().close();
            throw new NotReconnectedException(Reason.OTHER_SESSION, context(), new IOException(difference));
        }
        return login;
    }

    private Deadline deadline() {
        Duration login = session.settings().loginTimeout();
        long left = request.remainingNanos();
        boolean ofRequest = left != Long.MAX_VALUE && (login.isZero() || left < login.toNanos());
        return ofRequest
                ? Deadline.after(Duration.ofNanos(Math.max(1, left)), "queryTimeout")
                : Deadline.after(login, "loginTimeout");
    }

    /** @param failure of the attempt; null if it did not come that far */
    private SQLException endedBy(SQLException failure) {
        SQLException why;
        if (!session.isOpen()) {
            why = session.notIdle(request.operation());
        } else if (request.cancelled() != null || request.isTimedOut()) {
            boolean begun = session.state().phase() == Phase.RECONNECTING;
            boolean idle = begun
                    ? session.state().notReconnected(request.number())
                    : session.state().withdrawn(request.number());
            request.cancelEnded("NOT_SENT");
            why = idle ? session.cancelled(request) : session.notIdle(request.operation());
        } else {
            session.breakLine(new EOFException("it was cut while nothing ran on it"));
            why = failure instanceof NotReconnectedException
                    ? failure
                    : new NotReconnectedException(Reason.ATTEMPT_FAILED, context(), failure);
        }
        if (failure != null && failure != why && why.getCause() != failure) {
            why.addSuppressed(failure);
        }
        return why;
    }

    private ErrorContext context() {
        return session.context(request.operation());
    }
}
