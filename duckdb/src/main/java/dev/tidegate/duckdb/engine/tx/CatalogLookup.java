package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteCatalog;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Takes a connection only when something is to be looked up. */
final class CatalogLookup implements RemoteCatalog.Lookup {
    private final RemoteWork remote;
    private final AttachedDatabase database;
    private final Run run;

    CatalogLookup(RemoteWork remote, AttachedDatabase database, Run run) {
        this.remote = remote;
        this.database = database;
        this.run = run;
    }

    @Override
    public List<RemoteName> tables() throws SQLException {
        return remote.read(
                database,
                run,
                (connection, here) -> database.lookup(connection, here).tables());
    }

    @Override
    public Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException {
        return remote.read(
                database,
                run,
                (connection, here) -> database.lookup(connection, here).columns(tables));
    }
}
