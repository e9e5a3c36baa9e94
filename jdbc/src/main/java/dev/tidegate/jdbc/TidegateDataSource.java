package dev.tidegate.jdbc;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.PropertyException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.util.logging.Logger;

/** Opens a new connection at each call. A property set by its setter goes before what {@link #setURL} said of it. Thread-safe. */
public final class TidegateDataSource extends DataSourceProperties {
    private volatile String url;
    private volatile PrintWriter logWriter;

    /** @param value {@code jdbc:tidegate://…}; null for none */
    public void setURL(String value) {
        url = value;
    }

    public String getURL() {
        return url;
    }

    /** The same as {@link #setURL}, under the name that pools and frameworks look for. */
    public void setUrl(String value) {
        setURL(value);
    }

    public String getUrl() {
        return url;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return TidegateDriver.open(settings(null, null));
    }

    /** With this login instead of the one that was set. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return TidegateDriver.open(settings(user, password));
    }

    /** @throws SQLException (08001) naming what is wrong with a property */
    ConnectionSettings settings(String user, String password) throws SQLException {
        try {
            ConnectionSettings.Builder builder = url == null ? builder() : over(ConnectionSettings.parse(url, null));
            if (user != null) {
                builder.set(ConnectionProperty.USER, user).set(ConnectionProperty.PASSWORD, password);
            }
            return builder.build();
        } catch (PropertyException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        }
    }

    private ConnectionSettings.Builder over(ConnectionSettings base) {
        ConnectionSettings.Builder builder = base.toBuilder();
        eachGiven(builder::set);
        return builder;
    }

    /** Kept, and never written to: nothing is printed. */
    @Override
    public PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        logWriter = out;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw Failures.unsupported("the driver logs through System.Logger, under the name dev.tidegate");
    }

    @Override
    public String toString() {
        return "TidegateDataSource[" + (url == null ? getServerName() : "url") + "]";
    }
}
