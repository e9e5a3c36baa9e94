package dev.tidegate.client.pool;

import dev.tidegate.client.transport.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool of connections that cost nothing, with its housekeeping. It stands in the pool's own package because the pool shows what it lends as
 * sessions of SQL Server to everybody else.
 */
public final class BarePool implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Pool<Nothing> pool;
    private final Housekeeper<Nothing> housekeeper;

    public BarePool(int size) throws SQLException {
        PoolSettings settings =
                PoolSettings.builder().maximumPoolSize(size).minimumIdle(size).build();
        pool = new Pool<>("bare", settings, Opened::new, System::nanoTime);
        housekeeper = new Housekeeper<>("bare", pool, System.getLogger(BarePool.class.getName()));
        housekeeper.start();
        List<Lease<Nothing>> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(pool.acquire(LIMIT));
        }
        all.forEach(pool::release);
    }

    public Object use() throws SQLException {
        Lease<Nothing> lease = pool.acquire(LIMIT);
        pool.release(lease);
        return lease;
    }

    @Override
    public void close() {
        Deadline deadline = Deadline.after(LIMIT, "close");
        pool.close(deadline);
        housekeeper.stop(deadline);
    }

    private record Opened() implements Opener.Opening<Nothing> {
        @Override
        public Nothing open() {
            return new Nothing();
        }

        @Override
        public void abort() {}
    }

    private static final class Nothing implements Pooled {
        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public boolean isValid(Duration limit) {
            return true;
        }

        @Override
        public long silence() {
            return 0;
        }

        @Override
        public String recycle() {
            return null;
        }

        @Override
        public boolean wasCut() {
            return false;
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
