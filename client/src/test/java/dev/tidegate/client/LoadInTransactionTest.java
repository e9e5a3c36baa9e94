package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bulk loads in the session and the transaction of their caller, and what is left of one that fails. */
class LoadInTransactionTest extends OnOneServer {
    private static final int ROWS = 2_000;

    /** How a load comes to its end. */
    enum Failure {
        BAD_ROW,
        CONSTRAINT,
        CANCEL,
        LEFT_OPEN,
        CUT,
        /** By the server, which cannot go on with what it gets. */
        KILLED
    }

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

    @Guarantee("G29")
    @Guarantee(value = "G29", surface = Surface.P)
    @Guarantee(value = "G29", surface = Surface.S)
    @ParameterizedTest
    @EnumSource
    void ofALoadThatFailsNothingStaysAndThePoolGoesOn(Failure failure) throws Exception {
        try (TdsConnection observer = connect();
                FaultProxy proxy = FaultProxy.to(server().port());
                ConnectionPool pool = new ConnectionPool(
                        settings().toBuilder().port(proxy.port()).build(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            createTable(observer);
            for (boolean inTransaction : new boolean[] {false, true}) {
                long before = number(observer, "SELECT COUNT(*) FROM items");
                fail(pool, failure, inTransaction, proxy);
                assertThat(number(observer, "SELECT COUNT(*) FROM items")).isEqualTo(before);
                try (TdsConnection next = pool.acquire()) {
                    assertThat(next.inTransaction()).isFalse();
                    assertThat(number(next, "SELECT @@TRANCOUNT")).isZero();
                    load(next, "items", (int) before);
                }
                assertThat(number(observer, "SELECT COUNT(*) FROM items")).isEqualTo(before + ROWS);
            }
        }
    }

    private static void fail(ConnectionPool pool, Failure failure, boolean inTransaction, FaultProxy proxy)
            throws Exception {
        try (TdsConnection user = pool.acquire()) {
            if (inTransaction) {
                user.begin(IsolationLevel.READ_COMMITTED);
            }
            BulkLoad load = user.bulkLoad("items", BulkLoadOptions.DEFAULTS);
            for (int i = 0; i < ROWS; i++) {
                load.writeRow(1_000_000 + i, "text");
            }
            switch (failure) {
                case BAD_ROW ->
                    assertThatThrownBy(() -> load.writeRow(1, "longer than ten characters"))
                            .isInstanceOf(Exception.class);
                case CONSTRAINT -> {
                    load.writeRow(1_000_000, "again");
                    assertThatThrownBy(load::finish).isInstanceOf(SQLException.class);
                }
                case CANCEL -> {
                    user.cancel();
                    assertThatThrownBy(load::finish).isInstanceOf(SQLException.class);
                }
                case LEFT_OPEN -> assertThat(load.columns()).hasSize(2);
                case CUT -> {
                    proxy.connections().forEach(connection -> connection.cut(Ending.RESET));
                    assertThatThrownBy(load::finish).matches(Disconnects::isDisconnect);
                }
                case KILLED -> {
                    user.session().line().transport().write(ByteBuffer.allocate(8), Deadline.never());
                    assertThatThrownBy(load::finish).matches(Disconnects::isDisconnect);
                }
            }
            // A load that has failed is closed as any other resource.
            if (failure != Failure.LEFT_OPEN && user.isOpen()) {
                load.close();
            }
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
