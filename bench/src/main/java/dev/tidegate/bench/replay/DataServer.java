package dev.tidegate.bench.replay;

import dev.tidegate.bench.data.DataSet;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import dev.tidegate.server.backend.Backend;
import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SessionOptions;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.h2.H2Backend;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * An embedded server with an empty table of each {@link DataSet}. A query that reads such a table gets generated rows, and rows that are loaded
 * into one are compared with the generated ones and counted, but not kept; everything else is H2's to answer.
 */
public final class DataServer implements AutoCloseable {
    public static final String USER = "sa";
    public static final String PASSWORD = "Bench-123";

    private final EmbeddedSqlServer server;

    private DataServer(EmbeddedSqlServer server) {
        this.server = server;
    }

    /** @param rows that a query gets */
    public static DataServer start(int rows) throws IOException, SQLException {
        return start(rows, Tls.none(), loaded -> {});
    }

    /** @param loaded told the number of rows of each load that was finished */
    public static DataServer start(int rows, Tls tls, LongConsumer loaded) throws IOException, SQLException {
        Backend backend = new DataBackend(H2Backend.inMemory(List.of("master")), rows, loaded);
        EmbeddedSqlServer server = EmbeddedSqlServer.builder().backend(backend).login(USER, PASSWORD).tls(tls).start();
        try (Connection connection = Clients.open(Clients.tidegate(server.port()));
                Statement statement = connection.createStatement()) {
            for (DataSet set : DataSet.values()) {
                statement.execute(set.createTable());
            }
        } catch (SQLException e) {
            server.close();
            throw e;
        }
        return new DataServer(server);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private record DataBackend(Backend tables, int rows, LongConsumer loaded) implements Backend {
        @Override
        public BackendSession open(SessionOptions options) throws SqlServerException {
            return new DataSession(tables.open(options), rows, loaded);
        }

        @Override
        public void close() {
            tables.close();
        }
    }
}
