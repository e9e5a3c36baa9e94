package dev.tidegate.client;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.LineErrors;
import dev.tidegate.client.error.SqlStates;
import dev.tidegate.client.event.Journal;
import dev.tidegate.client.event.Opening;
import dev.tidegate.client.login.Login;
import dev.tidegate.client.login.LoginResult;
import dev.tidegate.client.login.LoginSteps;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection that is not there yet, so that another thread can give the attempt up. One thread calls {@link #open}, once; {@link
 * #close} may come from any thread at any time, and of the two exactly one wins: either {@code open} fails and leaves nothing behind, or
 * the connection that it returns is closed.
 */
public final class PendingConnection implements AutoCloseable {
    private final ConnectionSettings settings;
    private final ConnectionState state = ConnectionState.connecting();
    private final CloseGate gate = new CloseGate(state);
    private final AbortSignal signal = new AbortSignal();
    private final AtomicBoolean begun = new AtomicBoolean();
    /** Set before the state leaves LOGGING_IN. */
    private volatile Session session;

    public PendingConnection(ConnectionSettings settings) {
        this.settings = settings;
    }

    /**
     * Connects and logs in. Blocks for at most {@code loginTimeout}.
     *
     * @throws SQLException 28000 if the login is refused, HYT01 after the time-out, 08001 if there is no connection, 08003 if {@link
     *     #close} came first; nothing stays open then
     */
    public TdsConnection open() throws SQLException {
        if (!begun.compareAndSet(false, true)) {
            throw LineErrors.wrongOrder("open() was called before; make another PendingConnection");
        }
        Opening opening = Journal.opening();
        TdsConnection opened = null;
        String failure = null;
        try {
            opened = connect();
            opening.opened(session.context("connect"), opened.serverInfo().encrypted());
            return opened;
        } catch (SQLException e) {
            SQLException why = isGivenUp() ? closedOver(e) : e;
            failure = why.getSQLState();
            throw why;
        } finally {
            if (opened == null) {
                opening.failed(asked(), failure);
                close();
            }
        }
    }

    private boolean isGivenUp() {
        Phase phase = state.phase();
        return phase == Phase.CLOSING || phase == Phase.CLOSED;
    }

    /** A step that fails because the line is closed under it sees only that, and not who has closed it. */
    private SQLException closedOver(SQLException e) {
        if (SqlStates.NOT_CONNECTED.equals(e.getSQLState())) {
            return e;
        }
        SQLException givenUp = LineErrors.givenUp(asked());
        givenUp.addSuppressed(e);
        return givenUp;
    }

    /** Where the connection was to go. */
    private ErrorContext asked() {
        return new ErrorContext(settings.host(), settings.port(), "", "connect");
    }

    /**
     * Gives the attempt up: a thread in {@link #open} is woken and fails. Closes the connection if there is one already; that takes {@code
     * closeTimeout} at most, giving up an attempt does not wait for anything.
     */
    @Override
    public void close() {
        gate.close(before -> {
            if (before == Phase.CONNECTING || before == Phase.LOGGING_IN) {
                signal.abort();
            } else {
                session.end(before, Session.CLOSED);
            }
        });
    }

    private TdsConnection connect() throws SQLException {
        Deadline deadline = Deadline.after(settings.loginTimeout(), "loginTimeout");
        LoginResult login = new Login(settings, deadline, signal, new Steps()).open();
        Session made;
        try {
            made = new Session(settings, login, state, gate);
            session = made;
        } catch (RuntimeException e) {
            login.line().close();
            throw e;
        }
        if (!state.loggedIn()) {
            login.line().close();
            throw LineErrors.givenUp(new ErrorContext(login.host(), login.port(), "", "login"));
        }
        return TdsConnection.ready(made, deadline);
    }

    private final class Steps implements LoginSteps {
        @Override
        public void connecting() {
            state.connectingAgain();
        }

        @Override
        public void loggingIn() {
            state.connected();
        }
    }
}
