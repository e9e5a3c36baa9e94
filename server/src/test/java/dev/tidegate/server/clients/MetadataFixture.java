package dev.tidegate.server.clients;

import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A server with a schema made in T-SQL, and a driver's view of it. */
final class MetadataFixture implements AutoCloseable {
    private final EmbeddedSqlServer server;
    private final Connection connection;

    private MetadataFixture(EmbeddedSqlServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
    }

    /** @param url with {@code %d} for the port */
    static MetadataFixture open(String url) throws IOException, SQLException {
        EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                .database("demo")
                .login("sa", "Secret-1")
                .start();
        try {
            Connection connection = DriverManager.getConnection(url.formatted(server.port()), "sa", "Secret-1");
            MetadataFixture fixture = new MetadataFixture(server, connection);
            fixture.run("CREATE SCHEMA sales");
            fixture.run(
                    "CREATE TABLE dbo.customer (id int IDENTITY(1,1) NOT NULL CONSTRAINT PK_customer PRIMARY KEY, code"
                        + " char(3) NOT NULL CONSTRAINT UQ_code UNIQUE, name nvarchar(50) NULL, balance money NOT NULL"
                        + " CONSTRAINT DF_balance DEFAULT 0, since datetime2(3) NULL, note varchar(max) NULL, rate"
                        + " decimal(12,4) NULL, born date NULL, tag uniqueidentifier NULL, flag bit NULL, doc"
                        + " varbinary(16) NULL)");
            fixture.run(
                    "CREATE TABLE sales.orders (customer int NOT NULL, line int NOT NULL, amount decimal(12,2) NULL,"
                            + " CONSTRAINT PK_orders PRIMARY KEY (customer, line), CONSTRAINT FK_orders_customer"
                            + " FOREIGN KEY (customer) REFERENCES dbo.customer(id) ON DELETE CASCADE)");
            fixture.run("CREATE INDEX ix_amount ON sales.orders (amount DESC, line)");
            fixture.run("CREATE VIEW dbo.rich AS SELECT id, name FROM dbo.customer WHERE balance > 100");
            return fixture;
        } catch (SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int count = rows.getMetaData().getColumnCount();
            String[] all = new String[count];
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                for (int i = 0; i < count; i++) {
                    all[i] = String.valueOf(rows.getString(i + 1));
                }
                found.add(String.join("|", all));
            }
            return found;
        }
    }

    /** The rows of a metadata result, each as the named columns; closes it. */
    static List<String> pick(ResultSet rows, String... columns) throws SQLException {
        try (rows) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(rows.getString(column));
                }
                found.add(values.stream().map(String::valueOf).collect(Collectors.joining("|")));
            }
            return found;
        }
    }

    /** The first words of each row. */
    static List<String> names(List<String> rows) {
        return rows.stream()
                .map(row -> Arrays.asList(row.split("\\|")).getFirst())
                .toList();
    }

    @Override
    public void close() throws SQLException {
        try (server) {
            connection.close();
        }
    }
}
