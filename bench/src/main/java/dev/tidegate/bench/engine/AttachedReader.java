package dev.tidegate.bench.engine;

import dev.tidegate.bench.replay.Clients;
import dev.tidegate.bench.replay.DataServer;
import dev.tidegate.duckdb.TidegateDuckDB;
import java.sql.SQLException;
import java.sql.Statement;

/** A table of an attached server, as SQL names it. */
final class AttachedReader extends DuckDbReader {
    AttachedReader(int port) throws SQLException {
        super(TidegateDuckDB.open(""));
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("ATTACH 'mssql://" + DataServer.USER + ":" + DataServer.PASSWORD + "@127.0.0.1:" + port + "/"
                    + LineItemServer.DATABASE + "?encrypt=false&packetSize=" + Clients.PACKET_SIZE + "' AS ms (TYPE mssql)");
        }
    }

    @Override
    public long read() throws SQLException {
        return create("SELECT * FROM ms.dbo." + LineItemServer.SET.table());
    }
}
