package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A pooled connection after a bulk load has failed, in every way, is clean or gone: of the load nothing stays, what came before it in its
 * transaction shares the transaction's fate as it was told, and the next user can load the same rows. So it does where the cancel came when
 * the server had stored the rows.
 */
class FailedLoadTest extends OnOneServer {
    private static final String LOADED = "SELECT COUNT(*) FROM items WHERE id >= " + LoadFailure.FIRST;
    private static final String BEFORE = "SELECT COUNT(*) FROM items WHERE id = 7";

    /** Around the load. */
    enum Transaction {
        NONE,
        COMMITTED,
        ROLLED_BACK
    }

    static Stream<Arguments> failures() {
        return Stream.of(LoadFailure.values())
                .flatMap(failure ->
                        Stream.of(Transaction.values()).map(transaction -> Arguments.of(failure, transaction)));
    }

    @Guarantee("G29")
    @Guarantee(value = "G29", surface = Surface.P)
    @Guarantee(value = "G29", surface = Surface.S)
    @ParameterizedTest
    @MethodSource("failures")
    void theConnectionOfALoadThatFailsIsCleanOrGone(LoadFailure failure, Transaction transaction) throws Exception {
        try (TdsConnection observer = connect();
                FaultProxy proxy = FaultProxy.to(server().port());
                ConnectionPool pool = new ConnectionPool(
                        through(proxy),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            run(
                    observer,
                    "CREATE TABLE items (id INT NOT NULL PRIMARY KEY, text NVARCHAR(10) NOT NULL, price INT CHECK (price > 0))");
            for (boolean reload : new boolean[] {false, true}) {
                boolean committed = fail(pool, failure, transaction, proxy);
                assertThat(number(observer, LOADED)).as("rows of the load").isZero();
                run(observer, "DELETE FROM items WHERE id >= " + LoadFailure.FIRST);
                assertThat(number(observer, BEFORE)).as("the row before it").isEqualTo(committed ? 1 : 0);
                loadAll(pool);
                assertThat(number(observer, LOADED)).isEqualTo(LoadFailure.ROWS);
                run(observer, "DELETE FROM items" + (reload ? "" : " WHERE id >= " + LoadFailure.FIRST + " OR id = 7"));
            }
        }
    }

    /** The server's answer is held back until the cancel has gone out. */
    @Guarantee("G29")
    @Guarantee(value = "G29", surface = Surface.P)
    @ParameterizedTest
    @EnumSource
    void aCancelAfterTheRowsAreStoredSharesTheTransactionsFate(Transaction transaction) throws Exception {
        try (TdsConnection observer = connect();
                FaultProxy proxy = FaultProxy.to(server().port());
                ConnectionPool pool = new ConnectionPool(
                        settings().toBuilder().port(proxy.port()).build(),
                        PoolSettings.builder().maximumPoolSize(1).build())) {
            run(observer, "CREATE TABLE items (id INT NOT NULL PRIMARY KEY, text NVARCHAR(10) NOT NULL, price INT)");
            boolean stays = transaction == Transaction.COMMITTED;
            try (TdsConnection user = pool.acquire()) {
                if (transaction != Transaction.NONE) {
                    user.begin(IsolationLevel.READ_COMMITTED);
                }
                try (BulkLoad load = user.bulkLoad("items", BulkLoadOptions.DEFAULTS)) {
                    LoadFailure.write(load, LoadFailure.ROWS);
                    Thread canceller =
                            cancelOnceAnswered(user, proxy.connections().get(0));
                    if (transaction == Transaction.NONE) {
                        // Its own transaction is not committed yet.
                        assertThatThrownBy(load::finish).hasMessageContaining("cancelled");
                    } else {
                        assertThat(load.finish()).isEqualTo(LoadFailure.ROWS);
                    }
                    canceller.join();
                }
                assertThat(end(user, transaction)).isEqualTo(stays);
            }
            assertThat(number(observer, LOADED)).isEqualTo(stays ? LoadFailure.ROWS : 0);
            run(observer, "DELETE FROM items");
            loadAll(pool);
        }
    }

    private static Thread cancelOnceAnswered(TdsConnection user, ProxiedConnection line) {
        line.awaitReading(Flow.TO_CLIENT, Duration.ofSeconds(60));
        line.stall(Flow.TO_CLIENT);
        Thread thread = new Thread(() -> {
            line.awaitStalled(Flow.TO_CLIENT, Duration.ofSeconds(60));
            user.cancel();
            line.release();
        });
        thread.start();
        return thread;
    }

    /** Whether the transaction was told to be committed. */
    private static boolean fail(ConnectionPool pool, LoadFailure failure, Transaction transaction, FaultProxy proxy)
            throws Exception {
        try (TdsConnection user = pool.acquire()) {
            if (transaction != Transaction.NONE) {
                user.begin(IsolationLevel.READ_COMMITTED);
                run(user, "INSERT items VALUES (7, 'before', 1)");
            }
            BulkLoadOptions.Builder options = BulkLoadOptions.builder().checkConstraints(true);
            if (failure == LoadFailure.TIMED_OUT) {
                options.timeout(Duration.ofMillis(300));
            }
            if (failure == LoadFailure.FORGOTTEN) {
                failure.fail(user, user.bulkLoad("items", options.build()), proxy);
            } else {
                assertThatThrownBy(() -> failAndClose(user, options.build(), failure, proxy))
                        .isInstanceOf(Exception.class);
            }
            return end(user, transaction);
        }
    }

    private static void failAndClose(TdsConnection user, BulkLoadOptions options, LoadFailure failure, FaultProxy proxy)
            throws Exception {
        BulkLoad load = user.bulkLoad("items", options);
        try {
            failure.fail(user, load, proxy);
        } finally {
            closeAsAnyOther(load);
        }
    }

    /** Whose line is gone may fail to say goodbye, but not in another manner. */
    private static void closeAsAnyOther(BulkLoad load) {
        try {
            load.close();
        } catch (SQLException e) {
            assertThat(e.getSQLState()).startsWith("08");
        }
    }

    private static boolean end(TdsConnection user, Transaction transaction) {
        try {
            switch (transaction) {
                case NONE -> {
                    return false;
                }
                case COMMITTED -> user.commit();
                case ROLLED_BACK -> user.rollback();
            }
            return transaction == Transaction.COMMITTED;
        } catch (SQLException e) {
            // Neither took place: the connection has gone, or the load is still on it.
            return false;
        }
    }

    private static void loadAll(ConnectionPool pool) throws Exception {
        try (TdsConnection next = pool.acquire()) {
            assertThat(next.inTransaction()).isFalse();
            assertThat(number(next, "SELECT @@TRANCOUNT")).isZero();
            BulkLoad load = next.bulkLoad("items", BulkLoadOptions.DEFAULTS);
            LoadFailure.write(load, LoadFailure.ROWS);
            assertThat(load.finish()).isEqualTo(LoadFailure.ROWS);
        }
    }

    private ConnectionSettings through(FaultProxy proxy) {
        return settings().toBuilder()
                .port(proxy.port())
                .set(ConnectionProperty.CANCEL_QUERY_TIMEOUT, "1")
                .set(ConnectionProperty.CLOSE_TIMEOUT, "500")
                .set(ConnectionProperty.CONNECT_RETRY_COUNT, "0")
                .build();
    }
}
