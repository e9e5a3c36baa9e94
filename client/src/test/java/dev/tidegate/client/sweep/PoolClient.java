package dev.tidegate.client.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.testkit.fault.FaultProxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One pool over each proxy. The dialogue gets a new connection of it each time; afterwards the pool must serve the next user. */
final class PoolClient implements Sweep.Client, AutoCloseable {
    private static final int MAXIMUM = 2;
    private static final Duration RECOVERS = Duration.ofSeconds(20);

    private final ConnectionSettings settings;
    private final Map<FaultProxy, ConnectionPool> pools = new ConcurrentHashMap<>();

    PoolClient(ConnectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Outcome talk(Dialogue dialogue, FaultProxy proxy) throws SQLException {
        ConnectionPool pool = pools.computeIfAbsent(proxy, this::open);
        pool.evict();
        Outcome outcome = dialogue.on(pool::acquire);
        try (TdsConnection next = acquireEventually(pool)) {
            // The impatience was for the fault; nothing stalls here but a busy machine.
            next.setSocketTimeout(RECOVERS);
            Dialogue.read(next);
        }
        PoolStatistics now = pool.statistics();
        assertThat(now.active()).isZero();
        assertThat(now.total()).isLessThanOrEqualTo(MAXIMUM);
        return outcome;
    }

    private ConnectionPool open(FaultProxy proxy) {
        return new ConnectionPool(
                Sweep.through(settings, proxy),
                PoolSettings.builder()
                        .maximumPoolSize(MAXIMUM)
                        .set(PoolProperty.CONNECTION_TIMEOUT, 5_000)
                        .build());
    }

    /** After a connect that has failed the pool makes a pause, in which it passes the failure on. */
    private static TdsConnection acquireEventually(ConnectionPool pool) throws SQLException {
        long deadline = System.nanoTime() + RECOVERS.toNanos();
        while (true) {
            try {
                return pool.acquire();
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        pools.values().forEach(ConnectionPool::close);
    }
}
