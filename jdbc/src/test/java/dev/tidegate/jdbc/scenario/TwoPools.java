package dev.tidegate.jdbc.scenario;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.jdbc.TidegateDataSource;
import java.time.Duration;
import javax.sql.DataSource;

/** Tidegate's pool and HikariCP, both over Tidegate's driver, under the names that their users know. */
enum TwoPools {
    TIDEGATE {
        @Override
        Opened open(String url, String user, String password, int size) {
            TidegateDataSource source = new TidegateDataSource();
            source.setURL(url);
            source.setUser(user);
            source.setPassword(password);
            source.setMaximumPoolSize(size);
            source.setValidationInterval(500);
            return new OfTidegate(source);
        }
    },
    HIKARI {
        @Override
        Opened open(String url, String user, String password, int size) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setUsername(user);
            config.setPassword(password);
            config.setMaximumPoolSize(size);
            config.setMinimumIdle(0);
            // Else it opens one to try, which it closes again.
            config.setInitializationFailTimeout(-1);
            config.setAllowPoolSuspension(true);
            return new OfHikari(new HikariDataSource(config));
        }
    };

    abstract Opened open(String url, String user, String password, int size);

    interface Opened extends AutoCloseable {
        DataSource source();

        /** Before the first connection. */
        void maxLifetime(Duration time);

        /** Before the first connection. */
        void keepalive(Duration time);

        int idle();

        int active();

        void evictAll();

        void suspend();

        void resume();

        @Override
        void close();
    }

    private record OfTidegate(TidegateDataSource source) implements Opened {
        @Override
        public void maxLifetime(Duration time) {
            source.setMaxLifetime((int) time.toMillis());
        }

        @Override
        public void keepalive(Duration time) {
            source.setKeepaliveTime((int) time.toMillis());
        }

        private ConnectionPool pool() {
            return source.pools().get(0);
        }

        @Override
        public int idle() {
            return pool().statistics().idle();
        }

        @Override
        public int active() {
            return pool().statistics().active();
        }

        @Override
        public void evictAll() {
            pool().evict();
        }

        @Override
        public void suspend() {
            pool().suspend();
        }

        @Override
        public void resume() {
            pool().resume();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** Lifetimes below 30 s are taken only where its monitoring sets them. */
    private record OfHikari(HikariDataSource source) implements Opened {
        @Override
        public void maxLifetime(Duration time) {
            source.getHikariConfigMXBean().setMaxLifetime(time.toMillis());
        }

        @Override
        public void keepalive(Duration time) {
            source.setKeepaliveTime(time.toMillis());
        }

        @Override
        public int idle() {
            return source.getHikariPoolMXBean().getIdleConnections();
        }

        @Override
        public int active() {
            return source.getHikariPoolMXBean().getActiveConnections();
        }

        @Override
        public void evictAll() {
            source.getHikariPoolMXBean().softEvictConnections();
        }

        @Override
        public void suspend() {
            source.getHikariPoolMXBean().suspendPool();
        }

        @Override
        public void resume() {
            source.getHikariPoolMXBean().resumePool();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
