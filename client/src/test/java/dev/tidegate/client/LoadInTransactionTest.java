package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Bulk loads in the session and the transaction of their caller. */
class LoadInTransactionTest extends OnOneServer {
    private static final int ROWS = 2_000;

    @Guarantee("G30")
    @Test
    void aTemporaryTableIsLoadedAndRolledBackWithTheTransaction() throws Exception {
        try (TdsConnection connection = connect()) {
            run(connection, "CREATE TABLE #mine (id INT NOT NULL PRIMARY KEY, text NVARCHAR(10))");
            connection.begin(IsolationLevel.READ_COMMITTED);
            load(connection, "#mine", 0);
            assertThat(number(connection, "SELECT COUNT(*) FROM #mine")).isEqualTo(ROWS);
            connection.rollback();
            assertThat(number(connection, "SELECT COUNT(*) FROM #mine")).isZero();
            load(connection, "#mine", 0);
            assertThat(number(connection, "SELECT COUNT(*) FROM #mine")).isEqualTo(ROWS);
        }
    }

    @Guarantee("G29")
    @Guarantee(value = "G29", surface = Surface.S)
    @Test
    void nobodyElseSeesALoadBeforeItsCommit() throws Exception {
        try (TdsConnection connection = connect();
                TdsConnection other = connect()) {
            createTable(connection);
            connection.begin(IsolationLevel.READ_COMMITTED);
            load(connection, "items", 0);
            connection.rollback();
            assertThat(number(other, "SELECT COUNT(*) FROM items")).isZero();
            connection.begin(IsolationLevel.READ_COMMITTED);
            load(connection, "items", 0);
            connection.commit();
            assertThat(number(other, "SELECT COUNT(*) FROM items")).isEqualTo(ROWS);
        }
    }

    private static void createTable(TdsConnection connection) throws SQLException {
        run(connection, "CREATE TABLE items (id INT NOT NULL PRIMARY KEY, text NVARCHAR(10))");
    }

    private static void load(TdsConnection connection, String table, int first) throws SQLException {
        try (BulkLoad load = connection.bulkLoad(table, BulkLoadOptions.DEFAULTS)) {
            for (int i = 0; i < ROWS; i++) {
                load.writeRow(first + i, "text");
            }
            assertThat(load.finish()).isEqualTo(ROWS);
        }
    }
}
