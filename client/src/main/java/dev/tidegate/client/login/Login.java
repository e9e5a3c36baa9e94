package dev.tidegate.client.login;

import dev.tidegate.client.error.ErrorContext;
import dev.tidegate.client.error.LineErrors;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.token.EnvChange;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;

/** Logs in, goes where the server sends it, and tries again after errors that pass, all within one deadline. */
public final class Login {
    /** How often a server may send us on. */
    public static final int MAX_HOPS = 10;

    private final ConnectionSettings settings;
    private final Deadline deadline;
    private final AbortSignal signal;
    private final LoginSteps steps;
    private final SessionRecovery recovery;

    /**
     * @param signal ends the login from another thread
     * @param steps is told how far the login has come
     */
    public Login(ConnectionSettings settings, Deadline deadline, AbortSignal signal, LoginSteps steps) {
        this(settings, deadline, signal, steps, null);
    }

    /** @param recovery of a session that was cut and is to be taken up; null if one is to begin */
    public Login(
            ConnectionSettings settings,
            Deadline deadline,
            AbortSignal signal,
            LoginSteps steps,
            SessionRecovery recovery) {
        this.recovery = recovery;
        this.settings = settings;
        this.deadline = deadline;
        this.signal = signal;
        this.steps = steps;
    }

    /**
     * Blocks until the deadline at most.
     *
     * @throws SQLException 28000 if the login is refused, HYT01 after the time-out, 08001 if there is no connection, 08003 if it was
     *     aborted; nothing stays open
     */
    public LoginResult open() throws SQLException {
        // The first attempt to take a session up is one of those that the count allows.
        int retries = settings.number(ConnectionProperty.CONNECT_RETRY_COUNT) - (recovery == null ? 0 : 1);
        for (; ; retries--) {
            try {
                return followRoutes();
            } catch (SQLException e) {
                long pause = TimeUnit.SECONDS.toNanos(settings.number(ConnectionProperty.CONNECT_RETRY_INTERVAL));
                if (!mayPass(e) || retries <= 0 || deadline.remainingNanos() <= pause) {
                    throw e;
                }
                sleep(pause, e);
            }
        }
    }

    /** A server that has cut a session may be restarting, so that it is no wonder if it cannot be reached at once. */
    private boolean mayPass(SQLException e) {
        return e instanceof SQLTransientConnectionException
                || recovery != null && e.getCause() instanceof IOException && !signal.isAborted();
    }

    private LoginResult followRoutes() throws SQLException {
        String host = settings.host();
        int port = settings.port();
        String instance = settings.instanceToLookUp().orElse(null);
        String database = null;
        for (int hops = 0; hops <= MAX_HOPS; hops++) {
            LoginHop hop = new LoginHop(settings, host, port, instance, database, deadline, signal, steps, recovery);
            LoginAnswer answer = hop.run();
            EnvChange.Routing routing = answer.routing();
            if (routing == null) {
                return result(hop, host, answer);
            }
            hop.line().close();
            int backslash = routing.server().indexOf('\\');
            host = backslash < 0 ? routing.server() : routing.server().substring(0, backslash);
            port = routing.port();
            instance = null;
            database = routing.database() != null ? routing.database() : database;
        }
        throw LineErrors.notConnected(
                new IOException("the servers send the login from one to the next, " + MAX_HOPS + " times by now"),
                new ErrorContext(host, port, "", "login"));
    }

    private static LoginResult result(LoginHop hop, String host, LoginAnswer answer) throws SQLException {
        try {
            TdsVersion granted = TdsVersion.ofCode(answer.ack().tdsVersion());
            TdsVersion version = granted.atLeast(hop.version()) ? hop.version() : granted;
            return new LoginResult(
                    hop.line(),
                    host,
                    hop.port(),
                    version,
                    answer.ack(),
                    answer.changes(),
                    answer.messages(),
                    answer.recovery(),
                    answer.states(),
                    hop.encrypted());
        } catch (IllegalArgumentException e) {
            hop.line().close();
            throw LineErrors.notConnected(
                    new IOException(e.getMessage(), e), new ErrorContext(host, hop.port(), "", "login"));
        }
    }

    private void sleep(long nanos, SQLException because) throws SQLException {
        try {
            if (signal.sleep(nanos)) {
                throw LineErrors.givenUp(new ErrorContext(settings.host(), settings.port(), "", "pause before retry"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            because.addSuppressed(e);
            throw because;
        }
    }
}
