package dev.tidegate.bench.load;

import dev.tidegate.arrow.TidegateArrow;
import dev.tidegate.bench.data.DataSet;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Tidegate's bulk load, from Arrow's vectors in memory. */
final class ArrowLoader implements Loader {
    private final TdsConnection connection;
    private final HeldBatches source;
    private final String table;

    ArrowLoader(int port, int dataPort, DataSet set) throws SQLException, IOException {
        try (TdsConnection data = Clients.connect(dataPort)) {
            this.source = new HeldBatches(data, set.query());
        }
        this.connection = Clients.connect(port);
        this.table = set.table();
    }

    @Override
    public long load() throws SQLException, IOException {
        try (ArrowReader reader = source.read()) {
            return TidegateArrow.load(connection, table, reader);
        }
    }

    @Override
    public void close() {
        connection.close();
        source.close();
    }
}
