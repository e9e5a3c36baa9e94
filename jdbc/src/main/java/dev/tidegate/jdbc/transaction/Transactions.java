package dev.tidegate.jdbc.transaction;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.error.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Runs work in a transaction of its own: commits if the work returns, rolls back if it throws anything at all, and throws just that, with
 * whatever went wrong after it as suppressed. Work whose transaction certainly left nothing behind, and that failed for a reason that
 * passes by itself (deadlock, update conflict, lock time-out, broken connection, server moving), is run again after a pause. A commit whose
 * outcome is unknown is never repeated; see {@link TransactionOutcome}.
 *
 * <p>Immutable and thread-safe. {@link #run} blocks for as long as the work and the pauses between its attempts take.
 */
public final class Transactions {
    private static final int LOCK_TIMEOUT = 1222;

    private final DataSource source;
    private final Integer isolation;
    private final int attempts;
    private final Duration shortestPause;
    private final Duration longestPause;

    private Transactions(
            DataSource source, Integer isolation, int attempts, Duration shortestPause, Duration longestPause) {
        this.source = source;
        this.isolation = isolation;
        this.attempts = attempts;
        this.shortestPause = shortestPause;
        this.longestPause = longestPause;
    }

    /** Three attempts at most, with pauses from 20 ms to 2 s, at the isolation level that the connections have. */
    public static Transactions on(DataSource source) {
        return new Transactions(
                Objects.requireNonNull(source, "source"), null, 3, Duration.ofMillis(20), Duration.ofSeconds(2));
    }

    /** As {@code on(source).run(work)}. */
    public static <T, X extends Exception> T run(DataSource source, TransactionWork<T, X> work) throws SQLException, X {
        return on(source).run(work);
    }

    /** @param level one of those of {@link Connection#setTransactionIsolation} */
    public Transactions isolation(int level) {
        return new Transactions(source, level, attempts, shortestPause, longestPause);
    }

    /** @param most 1 or more; 1: never again */
    public Transactions attempts(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("attempts=" + most + ": allowed are 1 and more");
        }
        return new Transactions(source, isolation, most, shortestPause, longestPause);
    }

    /**
     * Each pause is up to twice as long as the one before; how long exactly is left to chance, so that those who have got in each other's
     * way do not do so again.
     *
     * @param shortest zero or more
     * @param longest not less than {@code shortest}
     */
    public Transactions pauses(Duration shortest, Duration longest) {
        if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "pauses from " + shortest + " to " + longest + ": allowed are 0 <= shortest <= longest");
        }
        return new Transactions(source, isolation, attempts, shortest, longest);
    }

    /**
     * @throws SQLException of the work, the commit, or the data source
     * @throws X of the work
     */
    public <T, X extends Exception> T run(TransactionWork<T, X> work) throws SQLException, X {
        for (int attempt = 1; ; attempt++) {
            Attempt<T, X> current = new Attempt<>(work);
            try {
                return current.run();
            } catch (SQLException e) {
                if (attempt == attempts || !current.isWorthAnother(e)) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    private void pause(int attempt, SQLException because) throws SQLException {
        long longest = longestPause.toNanos();
        long factor = 1L << Math.min(attempt - 1, 20);
        long most = shortestPause.toNanos() > longest / factor ? longest : shortestPause.toNanos() * factor;
        try {
            TimeUnit.NANOSECONDS.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            because.addSuppressed(e);
            throw because;
        }
    }

    /** One connection, one transaction. */
    private final class Attempt<T, X extends Exception> {
        private final TransactionWork<T, X> work;
        private boolean committing;

        Attempt(TransactionWork<T, X> work) {
            this.work = work;
        }

        T run() throws SQLException, X {
            Connection connection = source.getConnection();
            try {
                T result = runOn(connection);
                closeQuietly(connection);
                return result;
            } catch (Throwable primary) {
                try {
                    connection.close();
                } catch (SQLException | RuntimeException e) {
                    primary.addSuppressed(e);
                }
                throw primary;
            }
        }

        private T runOn(Connection connection) throws SQLException, X {
            boolean wasAutoCommit = connection.getAutoCommit();
            int wasIsolation = isolation == null ? 0 : connection.getTransactionIsolation();
            T result;
            try {
                if (isolation != null) {
                    connection.setTransactionIsolation(isolation);
                }
                connection.setAutoCommit(false);
                result = work.run(connection);
                committing = true;
                connection.commit();
            } catch (Throwable primary) {
                if (rollBack(connection, primary)) {
                    restore(connection, wasAutoCommit, wasIsolation, primary);
                }
                throw primary;
            }
            restore(connection, wasAutoCommit, wasIsolation, null);
            return result;
        }

        private boolean rollBack(Connection connection, Throwable primary) {
            try {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                return true;
            } catch (SQLException | RuntimeException e) {
                primary.addSuppressed(e);
                return false;
            }
        }

        /**
         * Only after a transaction has ended: turning auto-commit on would commit one that is open. What fails here is the next user's
         * concern at most, and no reason to call a committed transaction a failure.
         */
        private void restore(Connection connection, boolean autoCommit, int level, Throwable primary) {
            try {
                connection.setAutoCommit(autoCommit);
                if (isolation != null) {
                    connection.setTransactionIsolation(level);
                }
            } catch (SQLException | RuntimeException e) {
                if (primary != null) {
                    primary.addSuppressed(e);
                }
            }
        }

        private void closeQuietly(Connection connection) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                // What was to be done is done and committed.
                System.getLogger(Transactions.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing a connection after its commit failed", e);
            }
        }

        /** Whether nothing of the attempt is left in the database, and the next one may fare better. */
        boolean isWorthAnother(SQLException e) {
            if (TransactionOutcome.of(e) == TransactionOutcome.UNKNOWN) {
                return false;
            }
            boolean disconnected = Disconnects.isDisconnect(e);
            if (disconnected && committing) {
                return false;
            }
            return e instanceof SQLTransactionRollbackException
                    || e instanceof SQLTransientConnectionException
                    || disconnected && !isHopeless(e)
                    || e.getErrorCode() == LOCK_TIMEOUT;
        }

        /** A login that is refused, a server that is not there, a connection that the work itself has closed: so the next time too. */
        private static boolean isHopeless(SQLException e) {
            return SqlStates.LOGIN_REFUSED.equals(e.getSQLState())
                    || SqlStates.CONNECTION_REFUSED.equals(e.getSQLState())
                    || SqlStates.NOT_CONNECTED.equals(e.getSQLState());
        }
    }
}
