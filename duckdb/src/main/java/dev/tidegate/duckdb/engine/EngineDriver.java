package dev.tidegate.duckdb.engine;

import dev.tidegate.client.settings.PasswordSource;
import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.EngineOptions;
import dev.tidegate.duckdb.engine.face.ConnectionFace;
import dev.tidegate.duckdb.engine.session.Engine;
import dev.tidegate.duckdb.engine.session.EngineSession;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * The driver of {@code jdbc:tidegate:duckdb:[file]}. Connections to the same DuckDB instance share what is attached. Thread-safe.
 */
public final class EngineDriver implements Driver {
    public static final String PREFIX = "jdbc:tidegate:duckdb:";

    private static final String DUCKDB = "jdbc:duckdb:";

    static {
        try {
            DriverManager.registerDriver(new EngineDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final DuckDBDriver duckdb = new DuckDBDriver();
    private final ReentrantLock lock = new ReentrantLock();
    /** Those that have connections. */
    private final List<Engine> engines = new ArrayList<>();

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        return acceptsURL(url) ? open(url.substring(PREFIX.length()), info, Map.of()) : null;
    }

    public EngineConnection open(String file, EngineOptions options) throws SQLException {
        return open(file, options.duckdb(), options.passwordProviders());
    }

    private EngineConnection open(String file, Properties info, Map<String, PasswordSource> providers)
            throws SQLException {
        DuckDBConnection connection = (DuckDBConnection) duckdb.connect(DUCKDB + file, info);
        boolean open = false;
        try {
            ConnectionFace face = join(connection, providers);
            open = true;
            return face.connection();
        } finally {
            if (!open) {
                connection.close();
            }
        }
    }

    private ConnectionFace join(DuckDBConnection connection, Map<String, PasswordSource> providers)
            throws SQLException {
        lock.lock();
        try {
            for (Engine engine : engines) {
                if (engine.isOf(connection)) {
                    engine.passwords().add(providers);
                    return new ConnectionFace(engine.join(connection));
                }
            }
            Engine engine = new Engine(connection, this::left);
            engine.passwords().add(providers);
            ConnectionFace face = new ConnectionFace(engine.join(connection));
            engines.add(engine);
            return face;
        } finally {
            lock.unlock();
        }
    }

    /** The last connection goes: who comes now starts anew. */
    private boolean left(Engine engine, EngineSession session) {
        lock.lock();
        try {
            return engine.leave(session) && engines.remove(engine);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url != null && url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return duckdb.getPropertyInfo(DUCKDB, info);
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the driver does not use java.util.logging", "0A000");
    }
}
