package dev.tidegate.jdbc;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.client.pool.PoolsByLogin;
import dev.tidegate.client.pool.Reservation;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Connections from a pool: closing one gives it back. What its user left behind, a transaction, a half-read result, session settings, does
 * not reach the next user. There is a pool for each login, so {@link #getConnection(String, String)} never gives a connection of another.
 * Properties are fixed with the first connection; {@link #close} ends all of them.
 *
 * <p>For another pool's use there is {@link TidegateConnectionPoolDataSource}, or the driver itself. Thread-safe.
 */
public final class TidegateDataSource extends PoolingProperties implements DataSource, AutoCloseable {
    private volatile Opened opened;
    private volatile boolean closed;

    /** @param url of all the connections */
    private record Opened(PoolsByLogin pools, ConnectionSettings settings, String url) {}

    /**
     * Takes at most {@code connectionTimeout}.
     *
     * @throws java.sql.SQLTimeoutException (HYT00) if none was free in time
     */
    @Override
    public Connection getConnection() throws SQLException {
        Opened now = opened();
        return lent(now, now.settings);
    }

    /** With this login instead of the one that was set. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Opened now = opened();
        return lent(now, settings(user, password));
    }

    private static Connection lent(Opened now, ConnectionSettings settings) throws SQLException {
        Reservation reservation = now.pools.reserve(settings);
        TidegateConnection lent = null;
        try {
            lent = new TidegateConnection(reservation, now.url);
            reservation.lentAs(lent);
            return lent;
        } finally {
            if (lent == null) {
                reservation.discard();
            }
        }
    }

    /** The pools there are, one for each login that has been used; for statistics, suspending and eviction. */
    public List<ConnectionPool> pools() {
        Opened now = opened;
        return now == null ? List.of() : now.pools.all();
    }

    /** Of all its pools together, also of those that were dropped. */
    public PoolStatistics statistics() {
        Opened now = opened;
        return now == null ? PoolStatistics.none() : now.pools.statistics();
    }

    /** Ends every connection, also those in use; takes {@code closeTimeout} and a second at most. Nothing can be had afterwards. */
    @Override
    public void close() {
        Opened now;
        synchronized (this) {
            closed = true;
            now = opened;
        }
        if (now != null) {
            now.pools.close();
        }
    }

    @Override
    void beforeChange() {
        if (opened != null) {
            throw new IllegalStateException(
                    "the data source has given a connection already; its properties cannot be changed any more");
        }
    }

    private Opened opened() throws SQLException {
        Opened now = opened;
        return now != null ? now : open();
    }

    private synchronized Opened open() throws SQLException {
        if (closed && opened == null) {
            throw Failures.sourceClosed();
        }
        if (opened == null) {
            ConnectionSettings settings = settings(null, null);
            opened = new Opened(new PoolsByLogin(poolSettings()), settings, TidegateDriver.urlOf(settings));
        }
        return opened;
    }

    @Override
    public String toString() {
        return "TidegateDataSource[" + (getURL() == null ? getServerName() : "url") + "]";
    }
}
