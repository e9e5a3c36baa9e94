package dev.tidegate.bench.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.client.pool.BarePool;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Makes the pools alike: all connections open before anything is measured, none replaced meanwhile. */
final class Lendings {
    private static final String PASSWORD = "Bench-123";
    /** The line is not what is measured, and its encryption costs both sides the same. */
    private static final String LOGIN = ";user=sa;password=" + PASSWORD + ";encrypt=false";

    private Lendings() {}

    private static EmbeddedSqlServer startServer() throws IOException {
        return EmbeddedSqlServer.builder().login("sa", PASSWORD).database("bench").start();
    }

    static Lending open(String pool, Work work, int size) throws Exception {
        boolean ours = pool.equals("Tidegate");
        return switch (work) {
            case BARE -> ours ? bare(size) : new ByDataSource(hikari(StubDataSource.INSTANCE, size), null);
            case SOURCE -> {
                EmbeddedSqlServer server = startServer();
                yield new ByDataSource(ours ? tidegate(server, size) : hikari(server, size), server);
            }
            case SELECT -> {
                EmbeddedSqlServer server = startServer();
                yield new BySelect(ours ? tidegate(server, size) : hikari(server, size), server);
            }
        };
    }

    private static Lending bare(int size) throws SQLException {
        BarePool pool = new BarePool(size);
        return new Lending() {
            @Override
            public Object use() throws SQLException {
                return pool.use();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    private static DataSource tidegate(EmbeddedSqlServer server, int size) throws SQLException {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(server.url() + LOGIN);
        source.setMaximumPoolSize(size);
        source.setMinimumIdle(size);
        return filled(source, size);
    }

    private static DataSource hikari(EmbeddedSqlServer server, int size) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.url() + LOGIN);
        return hikari(config, size);
    }

    private static DataSource hikari(DataSource stubs, int size) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(stubs);
        return hikari(config, size);
    }

    private static DataSource hikari(HikariConfig config, int size) throws SQLException {
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        return filled(new HikariDataSource(config), size);
    }

    private static DataSource filled(DataSource source, int size) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(source.getConnection());
        }
        for (Connection connection : all) {
            connection.close();
        }
        return source;
    }

    private static void close(DataSource source, EmbeddedSqlServer server) {
        try {
            ((AutoCloseable) source).close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    private record ByDataSource(DataSource source, EmbeddedSqlServer server) implements Lending {
        @Override
        public Object use() throws SQLException {
            try (Connection connection = source.getConnection()) {
                return connection;
            }
        }

        @Override
        public void close() {
            Lendings.close(source, server);
        }
    }

    private record BySelect(DataSource source, EmbeddedSqlServer server) implements Lending {
        @Override
        public Object use() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT 1")) {
                result.next();
                return result.getInt(1);
            }
        }

        @Override
        public void close() {
            Lendings.close(source, server);
        }
    }
}
