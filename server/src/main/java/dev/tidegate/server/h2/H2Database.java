package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.catalog.model.HiddenNames;
import dev.tidegate.server.h2.order.TextOrderEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.h2.api.ErrorCode;
import org.h2.engine.Database;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.schema.Schema;
import org.h2.schema.SchemaObject;
import org.h2.table.Table;
import org.h2.util.HasSQL;

/** One SQL Server database: an H2 database that stays open as long as this object. Thread-safe. */
final class H2Database implements AutoCloseable {
    private static final String SETTINGS = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";LAZY_QUERY_EXECUTION=1;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

    private final String name;
    private final String url;
    private final Connection keeper;
    private final OwnObjects own;
    private final NameLocks names = new NameLocks();
    private final AppLocks appLocks = new AppLocks();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private boolean closed;

    private H2Database(String name, String url, Connection keeper) {
        this.name = name;
        this.url = url;
        this.keeper = keeper;
        this.own = new OwnObjects(keeper);
    }

    /** @param location what stands after {@code jdbc:h2:} */
    static H2Database open(String name, String location) throws SQLException {
        String url = "jdbc:h2:" + location + SETTINGS;
        Connection keeper = DriverManager.getConnection(url, credentials());
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS TIDEGATE");
            TextOrderEngine.prepare(keeper);
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"dbo\"");
            CatalogInstaller.prepare(keeper);
            if (location.startsWith("file:")) {
                CatalogInstaller.removeOutdated(keeper);
                removeLeftovers(keeper);
            }
        } catch (SQLException | RuntimeException e) {
            try {
                shutDown(keeper);
            } catch (SQLException notClosed) {
                e.addSuppressed(notClosed);
            }
            throw e;
        }
        return new H2Database(name, url, keeper);
    }

    /** Without it H2 would keep the database open when its last connection has gone. */
    private static void shutDown(Connection keeper) throws SQLException {
        try (keeper;
                Statement statement = keeper.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }

    /** What a transaction had dropped and committed when the process ended before it was removed. */
    private static void removeLeftovers(Connection keeper) throws SQLException {
        Database database = ((SessionLocal) keeper.unwrap(JdbcConnection.class).getSession()).getDatabase();
        for (Schema schema : database.getAllSchemas()) {
            boolean whole = HiddenNames.isHidden(schema.getName());
            for (SchemaObject object : schema.getAll(null)) {
                if (!whole && HiddenNames.isHidden(object.getName())) {
                    drop(keeper, object);
                }
            }
            if (whole) {
                drop(keeper, schema);
            }
        }
    }

    private static void drop(Connection keeper, DbObject object) throws SQLException {
        String name = object.getSQL(HasSQL.DEFAULT_SQL_FLAGS);
        try (Statement statement = keeper.createStatement()) {
            switch (object.getType()) {
                case DbObject.SCHEMA -> statement.execute("DROP SCHEMA " + name + " CASCADE");
                case DbObject.SEQUENCE -> statement.execute("DROP SEQUENCE " + name);
                case DbObject.INDEX -> {
                    if (!((Index) object).getIndexType().getBelongsToConstraint()) {
                        statement.execute("DROP INDEX IF EXISTS " + name);
                    }
                }
                case DbObject.TABLE_OR_VIEW ->
                    statement.execute("DROP " + (((Table) object).isView() ? "VIEW " : "TABLE ") + name + " CASCADE");
                default -> {
                    // a part of a table, which goes with it
                }
            }
        }
    }

    String name() {
        return name;
    }

    OwnObjects own() {
        return own;
    }

    AppLocks appLocks() {
        return appLocks;
    }

    NameLocks names() {
        return names;
    }

    /** @throws SQLException if the database was closed: H2 would open it anew */
    Connection connect() throws SQLException {
        gate.readLock().lock();
        try {
            if (closed) {
                throw new SQLException("database " + name + " is closed", "08003", ErrorCode.DATABASE_IS_CLOSED);
            }
            return connectNow();
        } finally {
            gate.readLock().unlock();
        }
    }

    private Connection connectNow() throws SQLException {
        Connection connection = DriverManager.getConnection(url, credentials());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SCHEMA \"dbo\"");
            statement.execute("SET LOCK_TIMEOUT " + LockPatience.STEP_MILLIS);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static Properties credentials() {
        Properties properties = new Properties();
        properties.setProperty("user", "tidegate");
        properties.setProperty("password", "");
        return properties;
    }

    @Override
    public void close() throws SQLException {
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                shutDown(keeper);
            }
        } finally {
            gate.writeLock().unlock();
        }
    }
}
