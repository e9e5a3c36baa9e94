package dev.tidegate.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.jdbc.OnEmbeddedServer;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work in a snapshot that finds its row changed by another (3960) is run again, in a snapshot that has the change. */
class UpdateConflictTest extends OnEmbeddedServer {
    private static final int SNAPSHOT = 0x1000;

    private final AtomicInteger runs = new AtomicInteger();

    @BeforeEach
    void createTable() throws SQLException {
        run(connection(), "CREATE TABLE items (id INT NOT NULL PRIMARY KEY, n INT); INSERT INTO items VALUES (1, 0)");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int n(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT n FROM items WHERE id = 1")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }

    /** Somebody else changes the row between its read and its change, the first {@code times}. */
    private int addTen(Connection own, int times) throws SQLException {
        int read = n(own);
        if (runs.incrementAndGet() <= times) {
            run(connection(), "UPDATE items SET n = n + 1");
        }
        run(own, "UPDATE items SET n = " + (read + 10));
        return read;
    }

    private Transactions transactions(TidegateDataSource source) {
        return Transactions.on(source).isolation(SNAPSHOT).pauses(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    private TidegateDataSource pooled() throws SQLException {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(server().url() + ";encrypt=false");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setMaximumPoolSize(1);
        return source;
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void itIsRunAgainUntilNobodyComesBetween() throws Exception {
        try (TidegateDataSource source = pooled()) {
            int read = transactions(source).run(connection -> addTen(connection, 2));
            assertThat(runs).hasValue(3);
            assertThat(read).isEqualTo(2);
            assertThat(n(connection())).isEqualTo(12);
            assertThat(source.pools().get(0).statistics().created()).isEqualTo(1);
        }
    }

    @Guarantee(value = "G27", surface = Surface.S)
    @Test
    void afterTheLastAttemptTheConflictComesThrough() throws Exception {
        try (TidegateDataSource source = pooled()) {
            assertThatThrownBy(() -> transactions(source).attempts(2).run(connection -> addTen(connection, 9)))
                    .isInstanceOfSatisfying(
                            SQLTransactionRollbackException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(3960));
            assertThat(runs).hasValue(2);
            assertThat(n(connection())).isEqualTo(2);
        }
    }
}
