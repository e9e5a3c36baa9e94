package dev.tidegate.jdbc;

import dev.tidegate.client.ConnectionReclaim;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * The driver for {@code jdbc:tidegate://host[\instance][:port][;name=value]…}. Found by {@link DriverManager} without being named. What
 * was opened and lost without being closed is closed some time later, which is logged as a warning; see the property {@code leakDetection}.
 * Thread-safe.
 */
public final class TidegateDriver implements Driver {
    private static final String PREFIX = "jdbc:tidegate://";

    private final ConnectionReclaim reclaim = new ConnectionReclaim();

    static {
        try {
            DriverManager.registerDriver(new TidegateDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        if (url == null) {
            throw Failures.invalid("the URL is null");
        }
        return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /**
     * Connects within the property {@code loginTimeout}.
     *
     * @return null for URLs of other drivers
     */
    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        return acceptsURL(url) ? open(ConnectionSettings.parse(url, info)) : null;
    }

    private TidegateConnection open(ConnectionSettings settings) throws SQLException {
        return new TidegateConnection(TdsConnection.open(settings, reclaim), urlOf(settings));
    }

    /** What shows where a connection goes, and no more: no login, no secret. */
    static String urlOf(ConnectionSettings settings) {
        String host = settings.host();
        StringBuilder url = new StringBuilder(PREFIX).append(host.indexOf(':') < 0 ? host : "[" + host + "]");
        String instance = settings.instanceToLookUp().orElse("");
        url.append(instance.isEmpty() ? ":" + settings.port() : "\\" + instance);
        String database = settings.get(ConnectionProperty.DATABASE_NAME);
        return (database == null ? url : url.append(";databaseName=").append(braced(database))).toString();
    }

    private static String braced(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ';' || c == '{' || c == '}' || Character.isWhitespace(c));
        return plain ? value : "{" + value.replace("}", "}}") + "}";
    }

    /** Every property, with its value from the URL and {@code info} where it has one; secrets are left out. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        ConnectionSettings given = null;
        if (url != null && acceptsURL(url) && url.length() > PREFIX.length()) {
            given = ConnectionSettings.parse(url, info);
        }
        List<DriverPropertyInfo> all = new ArrayList<>();
        for (ConnectionProperty property : ConnectionProperty.values()) {
            String value = given == null ? property.defaultValue() : given.get(property);
            DriverPropertyInfo described =
                    new DriverPropertyInfo(property.propertyName(), property.isSecret() ? null : value);
            described.description = property.description();
            described.required = property == ConnectionProperty.SERVER_NAME;
            List<String> choices = property.kind().choices();
            described.choices = choices.isEmpty() ? null : choices.toArray(new String[0]);
            all.add(described);
        }
        return all.toArray(new DriverPropertyInfo[0]);
    }

    @Override
    public int getMajorVersion() {
        return DriverVersion.MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return DriverVersion.MINOR;
    }

    /** Not claimed: scrollable and updatable results are missing. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw Failures.unsupported("the driver logs through System.Logger, under the name dev.tidegate");
    }
}
