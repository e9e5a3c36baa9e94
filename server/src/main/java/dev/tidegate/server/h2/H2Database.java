package dev.tidegate.server.h2;

import dev.tidegate.server.catalog.CatalogInstaller;
import dev.tidegate.server.h2.routine.RoutineInstaller;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** One SQL Server database: an H2 database that stays open as long as this object. Thread-safe. */
final class H2Database implements AutoCloseable {
    private static final String SETTINGS = ";MODE=MSSQLServer;DATABASE_TO_UPPER=FALSE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";LAZY_QUERY_EXECUTION=1;DB_CLOSE_ON_EXIT=FALSE;DB_CLOSE_DELAY=-1";

    private final String name;
    private final String url;
    private final Connection keeper;

    private H2Database(String name, String url, Connection keeper) {
        this.name = name;
        this.url = url;
        this.keeper = keeper;
    }

    /** @param location what stands after {@code jdbc:h2:} */
    static H2Database open(String name, String location) throws SQLException {
        String url = "jdbc:h2:" + location + SETTINGS;
        Connection keeper = DriverManager.getConnection(url, credentials());
        try (Statement statement = keeper.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"dbo\"");
            statement.execute("CREATE SCHEMA IF NOT EXISTS TIDEGATE");
            RoutineInstaller.install(keeper);
            CatalogInstaller.install(keeper, name);
        } catch (SQLException e) {
            keeper.close();
            throw e;
        }
        return new H2Database(name, url, keeper);
    }

    String name() {
        return name;
    }

    Connection connect() throws SQLException {
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
        try (keeper;
                Statement statement = keeper.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
