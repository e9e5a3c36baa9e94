package dev.tidegate.bench.engine;

import dev.tidegate.bench.data.Tally;
import dev.tidegate.bench.load.Loader;
import dev.tidegate.bench.read.JdbcReader;
import dev.tidegate.bench.read.RowReader;
import dev.tidegate.bench.replay.Clients;
import dev.tidegate.client.TdsConnection;
import java.io.IOException;
import java.sql.SQLException;

/** One way to bring a whole table to the other side, over and over. Used by one thread. */
interface Move extends AutoCloseable {
    /** @return rows */
    long run() throws Exception;

    /** Looks at every value on the other side. */
    Tally arrived() throws Exception;

    @Override
    void close() throws SQLException, IOException;

    /** Into a table of DuckDB's. */
    record Reading(RowReader reader) implements Move {
        @Override
        public long run() throws Exception {
            return reader.read();
        }

        @Override
        public Tally arrived() throws Exception {
            return reader.check();
        }

        @Override
        public void close() throws SQLException, IOException {
            reader.close();
        }
    }

    /**
     * Into the server's table, which is emptied before.
     *
     * @param server empties the table
     * @param port of the server
     */
    record Loading(Loader loader, TdsConnection server, int port) implements Move {
        @Override
        public long run() throws Exception {
            LineItemServer.run(server, "TRUNCATE TABLE " + LineItemServer.SET.table());
            return loader.load();
        }

        @Override
        public Tally arrived() throws Exception {
            try (JdbcReader reader = new JdbcReader(Clients.tidegate(port), LineItemServer.SET, true)) {
                return reader.check();
            }
        }

        @Override
        public void close() throws SQLException, IOException {
            try (server) {
                loader.close();
            }
        }
    }
}
