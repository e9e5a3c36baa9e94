package dev.tidegate.jdbc;

import dev.tidegate.client.ConnectionReclaim;
import dev.tidegate.client.PhysicalConnection;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;

/** Physical connections for the pools of application servers; each call opens a new one. Thread-safe. */
public final class TidegateConnectionPoolDataSource extends DataSourceProperties implements ConnectionPoolDataSource {
    private final ConnectionReclaim reclaim = new ConnectionReclaim();

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return open(settings(null, null));
    }

    /** With this login instead of the one that was set. */
    @Override
    public PooledConnection getPooledConnection(String user, String password) throws SQLException {
        return open(settings(user, password));
    }

    private PooledConnection open(ConnectionSettings settings) throws SQLException {
        TdsConnection connection = TdsConnection.open(settings, reclaim);
        return new TidegatePooledConnection(new PhysicalConnection(connection), TidegateDriver.urlOf(settings));
    }

    @Override
    public String toString() {
        return "TidegateConnectionPoolDataSource[" + (getURL() == null ? getServerName() : "url") + "]";
    }
}
