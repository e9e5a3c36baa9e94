package dev.tidegate.bench.jdbc;

import dev.tidegate.server.EmbeddedSqlServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/** An embedded server with a table to be read by key, and one to be written to. What a row of the first holds follows from its key. */
final class Shop implements AutoCloseable {
    static final String USER = "sa";
    static final String PASSWORD = "Bench-123";

    /** Keys of the items are 0 to one less. */
    static final int ITEMS = 10_000;

    private static final int BATCH = 1_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);

    // Made once, because the process that compares with them is the one whose allocation is measured.
    private static final String[] NAMES = new String[ITEMS];
    private static final BigDecimal[] PRICES = new BigDecimal[ITEMS];
    private static final LocalDate[] DAYS = new LocalDate[ITEMS];

    static {
        for (int id = 0; id < ITEMS; id++) {
            NAMES[id] = "item number " + id;
            PRICES[id] = BigDecimal.valueOf(id * 7L + 99, 2);
            DAYS[id] = FIRST_DAY.plusDays(id % 1_000);
        }
    }

    private final EmbeddedSqlServer server;

    private Shop(EmbeddedSqlServer server) {
        this.server = server;
    }

    static Shop open() throws IOException, SQLException {
        EmbeddedSqlServer server = EmbeddedSqlServer.builder().login(USER, PASSWORD).database("shop").start();
        Shop shop = new Shop(server);
        try (Connection connection = shop.connect(Driver.TIDEGATE);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE items (id INT NOT NULL PRIMARY KEY, name VARCHAR(40) NOT NULL,"
                    + " price DECIMAL(12,2) NOT NULL, made DATE NOT NULL)");
            statement.execute("CREATE TABLE orders (id INT IDENTITY PRIMARY KEY, item INT NOT NULL, quantity INT NOT NULL,"
                    + " note NVARCHAR(100) NOT NULL)");
            fill(connection);
        } catch (SQLException e) {
            server.close();
            throw e;
        }
        return shop;
    }

    private static void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO items VALUES (?, ?, ?, ?)")) {
            for (int id = 0; id < ITEMS; id++) {
                insert.setInt(1, id);
                insert.setString(2, name(id));
                insert.setBigDecimal(3, price(id));
                insert.setObject(4, made(id));
                insert.addBatch();
                if (id % BATCH == BATCH - 1) {
                    insert.executeBatch();
                }
            }
        }
    }

    static String name(int id) {
        return NAMES[id];
    }

    static BigDecimal price(int id) {
        return PRICES[id];
    }

    static LocalDate made(int id) {
        return DAYS[id];
    }

    int port() {
        return server.port();
    }

    Connection connect(Driver driver) throws SQLException {
        return connect(driver.url(port()));
    }

    static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    @Override
    public void close() {
        server.close();
    }
}
