package dev.tidegate.duckdb;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A DuckDB connection on which SQL Server databases can be attached. {@code unwrap(DuckDBConnection.class)} gives DuckDB's own, which
 * reads attached databases too, but knows none of the engine's statements.
 */
public interface EngineConnection extends Connection {
    /**
     * How many rows the statement that runs on this connection, or ran last, has read from servers so far. May be asked by any thread, at any
     * time.
     */
    long rowsRead();

    /** Another connection to the same DuckDB instance, with the same databases attached. */
    EngineConnection duplicate() throws SQLException;
}
