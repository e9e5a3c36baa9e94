package dev.tidegate.duckdb;

import dev.tidegate.duckdb.engine.EngineDriver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Where programs get their connections to the engine; {@code DriverManager} with the same URL gives the same. */
public final class TidegateDuckDB {
    private TidegateDuckDB() {}

    /**
     * @param file of a DuckDB database; empty for one in memory
     * @throws SQLException what DuckDB says, for instance because another process has the file
     */
    public static EngineConnection open(String file) throws SQLException {
        return open(file, new Properties());
    }

    /** @throws SQLException as {@link #open(String)} */
    public static EngineConnection open(String file, EngineOptions options) throws SQLException {
        return ((EngineDriver) DriverManager.getDriver(EngineDriver.PREFIX)).open(file, options);
    }

    /** @param properties DuckDB's own settings */
    public static EngineConnection open(String file, Properties properties) throws SQLException {
        return (EngineConnection) DriverManager.getConnection(EngineDriver.PREFIX + file, properties);
    }
}
