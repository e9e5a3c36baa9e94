package dev.tidegate.jdbc.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * An application's own say in what is a disconnect. Follows the event handlers of RealPrePingEventHandlerTest in SQLAlchemy's
 * test/engine/test_reconnect.py; its two controls are in {@link PrePingTest}. Tidegate's pool has no such hook, because {@code abort} says
 * the same; HikariCP has one, which sees this driver's errors.
 */
class RealPrePingEventHandlerTest extends OnProxiedServer {
    /** Has no opinion. */
    public static final class Silent implements SQLExceptionOverride {}

    /** Division by zero ends the connection. */
    public static final class Upgrading implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException thrown) {
            return thrown.getErrorCode() == 8134 ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    /** Nothing ends the connection. */
    public static final class Downgrading implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException thrown) {
            return Override.DO_NOT_EVICT;
        }
    }

    @Test
    void eventHandlerDidntUpgradeDisconnect() throws Exception {
        assertThat(connectionsAfter(Silent.class, false)).isEqualTo(1);
    }

    @Test
    void eventHandlerDidntDowngradeDisconnect() throws Exception {
        assertThat(connectionsAfter(Silent.class, true)).isEqualTo(2);
    }

    @Test
    void eventHandlerCanUpgradeDisconnect() throws Exception {
        assertThat(connectionsAfter(Upgrading.class, false)).isEqualTo(2);
    }

    /** The dead connection stays in the pool, as was asked for. */
    @Test
    void eventHandlerCanDowngradeDisconnect() throws Exception {
        try (HikariDataSource pool = pool(Downgrading.class)) {
            Connection connection = pool.getConnection();
            restart();
            assertLost(() -> number(connection, "SELECT 1"));
            // HikariCP cannot clean it, and says so.
            assertLost(connection::close);
            assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(1);
        }
    }

    /** How many connections it takes for one user with an error, and one without. */
    private int connectionsAfter(Class<? extends SQLExceptionOverride> override, boolean disconnect) throws Exception {
        try (HikariDataSource pool = pool(override)) {
            failOnce(pool, disconnect);
            try (Connection connection = pool.getConnection()) {
                assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            }
            return proxy().connections().size();
        }
    }

    private void failOnce(HikariDataSource pool, boolean disconnect) throws Exception {
        try (Connection connection = pool.getConnection()) {
            if (disconnect) {
                restart();
                assertLost(() -> number(connection, "SELECT 1"));
            } else {
                assertThatThrownBy(() -> number(connection, "SELECT 1/0")).isInstanceOf(SQLException.class);
            }
        }
    }

    private HikariDataSource pool(Class<? extends SQLExceptionOverride> override) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(0);
        // Else it opens one to try, which it closes again.
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverrideClassName(override.getName());
        return new HikariDataSource(config);
    }
}
