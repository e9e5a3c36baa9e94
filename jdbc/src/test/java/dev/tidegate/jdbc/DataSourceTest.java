package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.CloseReason;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.server.EmbeddedSqlServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The data sources, and another's pool over the driver. */
class DataSourceTest extends OnEmbeddedServer {
    @Test
    void aClosedConnectionIsUsedAgain() throws Exception {
        try (TidegateDataSource source = source()) {
            int spid;
            try (Connection first = source.getConnection()) {
                spid = number(first, "SELECT @@SPID");
                first.setAutoCommit(false);
                first.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                first.setCatalog("other");
                first.setNetworkTimeout(Runnable::run, 1234);
            }
            try (Connection second = source.getConnection()) {
                assertThat(number(second, "SELECT @@SPID")).isEqualTo(spid);
                assertThat(second.getAutoCommit()).isTrue();
                assertThat(second.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                assertThat(second.getCatalog()).isEqualTo("demo");
                assertThat(second.getNetworkTimeout()).isZero();
            }
            assertThat(statistics(source).created()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatNothingIsAskedOfIsOneAllTheSame() throws Exception {
        try (TidegateDataSource source = source()) {
            Connection connection = source.getConnection();
            assertThat(connection.isClosed()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat((Throwable) connection.getWarnings()).isNull();
            assertThat(connection.toString()).doesNotContain("closed");
            assertThat(statistics(source).active()).isEqualTo(1);
            connection.close();
            assertThat(connection.isClosed()).isTrue();
            assertThat(connection.toString()).contains("closed");
            assertThat(connection.isValid(1)).isFalse();
            assertThatThrownBy(connection::createStatement).hasMessageContaining("closed");
            assertThatThrownBy(() -> connection.unwrap(TdsConnection.class)).hasMessageContaining("closed");
            connection.close();
            Connection aborted = source.getConnection();
            aborted.abort(Runnable::run);
            assertThat(aborted.isClosed()).isTrue();
            assertThat(statistics(source).total()).isZero();
        }
    }

    @Test
    void threadsThatUseItFirstAtTheSameTimeHaveTheSameSession() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (TidegateDataSource source = source()) {
            for (int round = 0; round < 200; round++) {
                try (Connection connection = source.getConnection()) {
                    Callable<TdsConnection> taker = () -> connection.unwrap(TdsConnection.class);
                    Set<TdsConnection> taken = new HashSet<>();
                    for (Future<TdsConnection> each : threads.invokeAll(List.of(taker, taker, taker, taker))) {
                        taken.add(each.get());
                    }
                    assertThat(taken).hasSize(1);
                }
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatTheUserLeftOpenIsEndedAndRolledBack() throws Exception {
        run("CREATE TABLE t (a int)");
        try (TidegateDataSource source = source()) {
            Connection user = source.getConnection();
            user.setAutoCommit(false);
            PreparedStatement insert = user.prepareStatement("INSERT t VALUES (?)");
            insert.setInt(1, 1);
            insert.executeUpdate();
            Statement statement = user.createStatement();
            ResultSet half =
                    statement.executeQuery("SELECT a.object_id FROM sys.all_objects a CROSS JOIN sys.all_objects b");
            assertThat(half.next()).isTrue();
            user.close();
            assertThat(half.isClosed()).isTrue();
            assertThat(statement.isClosed()).isTrue();
            assertThat(insert.isClosed()).isTrue();
            assertThat(number(connection(), "SELECT count(*) FROM t")).isZero();
            try (Connection next = source.getConnection()) {
                assertThat(number(next, "SELECT 5")).isEqualTo(5);
                assertThatThrownBy(half::next).isInstanceOf(SQLException.class);
                assertThatThrownBy(insert::executeUpdate).isInstanceOf(SQLException.class);
            }
            assertThat(statistics(source).created()).isEqualTo(1);
        }
    }

    @Test
    void preparedStatementsOfThePoolsUsersLeaveNoHandles() throws Exception {
        try (TidegateDataSource source = source()) {
            for (int user = 0; user < 50; user++) {
                try (Connection connection = source.getConnection();
                        PreparedStatement select = connection.prepareStatement("SELECT ? + 1")) {
                    for (int run = 0; run < 3; run++) {
                        select.setInt(1, run);
                        try (ResultSet rows = select.executeQuery()) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getInt(1)).isEqualTo(run + 1);
                        }
                    }
                }
            }
        }
    }

    @Test
    void eachLoginHasItsOwnPool() throws Exception {
        try (EmbeddedSqlServer two = EmbeddedSqlServer.builder()
                        .database("demo")
                        .login("ann", "An0ther secret")
                        .login("bob", "A third secret 3")
                        .start();
                TidegateDataSource source = new TidegateDataSource()) {
            source.setURL(two.url() + ";encrypt=false");
            for (int round = 0; round < 3; round++) {
                try (Connection ann = source.getConnection("ann", "An0ther secret");
                        Connection bob = source.getConnection("bob", "A third secret 3")) {
                    assertThat(text(ann, "SELECT SUSER_SNAME()")).isEqualTo("ann");
                    assertThat(text(bob, "SELECT SUSER_SNAME()")).isEqualTo("bob");
                }
            }
            assertThat(source.pools())
                    .hasSize(2)
                    .allSatisfy(pool -> assertThat(pool.statistics().created()).isEqualTo(1));
        }
    }

    @Test
    void aLoginThatIsRefusedIsInNobodysWay() throws Exception {
        try (TidegateDataSource source = source()) {
            assertThatThrownBy(() -> source.getConnection(USER, "wrong"))
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                    .satisfies(
                            e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(18456));
            // It is remembered for a while, so that it is not tried again and again.
            assertThat(source.statistics().total()).isZero();
            try (Connection right = source.getConnection(USER, PASSWORD)) {
                assertThat(right.isValid(5)).isTrue();
            }
            assertThat(source.pools().stream().filter(pool -> pool.statistics().total() > 0))
                    .hasSize(1);
        }
    }

    @Test
    void whoWaitsTooLongIsToldWhy() throws Exception {
        try (TidegateDataSource source = source()) {
            source.setMaximumPoolSize(1);
            // The first connection has to be made within it too, on a busy machine.
            source.setConnectionTimeout(3_000);
            try (Connection only = source.getConnection()) {
                assertThatThrownBy(source::getConnection)
                        .isInstanceOf(SQLTimeoutException.class)
                        .hasMessageContaining("1 of 1 are in use");
                assertThat(only.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void anAbortedConnectionDoesNotComeBack() throws Exception {
        try (TidegateDataSource source = source()) {
            Connection connection = source.getConnection();
            connection.abort(Runnable::run);
            assertThat(connection.isClosed()).isTrue();
            assertThat(statistics(source).active()).isZero();
            assertThat(statistics(source).closed()).containsEntry(CloseReason.SPOILT, 1L);
        }
    }

    @Test
    void propertiesAreFixedWithTheFirstConnection() throws Exception {
        try (TidegateDataSource source = source()) {
            source.getConnection().close();
            assertThatThrownBy(() -> source.setMaximumPoolSize(3)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> source.setDatabaseName("other")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> source.setURL("jdbc:tidegate://x")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aClosedSourceGivesNothing() throws Exception {
        TidegateDataSource source = source();
        Connection connection = source.getConnection();
        source.close();
        source.close();
        assertThat(connection.isClosed()).isTrue();
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
        TidegateDataSource unused = source();
        unused.close();
        assertThatThrownBy(unused::getConnection).hasMessageContaining("the data source is closed");
    }

    @ParameterizedTest
    @EnumSource
    void everyPropertyOfThePoolHasASetterAndAGetter(PoolProperty property) throws Exception {
        TidegateDataSource source = new TidegateDataSource();
        String name = property.propertyName();
        String suffix = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        var getter = TidegateDataSource.class.getMethod("get" + suffix);
        assertThat(getter.invoke(source)).isEqualTo(property.defaultValue());
        int value = property.least() + 7;
        TidegateDataSource.class.getMethod("set" + suffix, int.class).invoke(source, value);
        assertThat(getter.invoke(source)).isEqualTo(value);
        assertThat(source.poolSettings().get(property)).isEqualTo(value);
    }

    @Test
    void nonsenseIsRefusedBeforeAnythingIsOpened() throws Exception {
        try (TidegateDataSource source = source()) {
            assertThatThrownBy(() -> source.setMaximumPoolSize(0))
                    .hasMessage("maximumPoolSize=0: allowed are 1 to 10000");
            assertThatThrownBy(() -> source.setIdleTimeout(-1))
                    .hasMessage("idleTimeout=-1: allowed are 0 to 2147483647 ms");
            source.setMinimumIdle(11);
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("minimumIdle=11: allowed are 0 to maximumPoolSize, which is 10");
        }
    }

    @Test
    void anotherPoolCanKeepThePhysicalConnections() throws Exception {
        run("CREATE TABLE t (a int)");
        TidegateConnectionPoolDataSource source = new TidegateConnectionPoolDataSource();
        source.setURL(server().url() + ";encrypt=false");
        PooledConnection physical = source.getPooledConnection(USER, PASSWORD);
        List<String> events = new ArrayList<>();
        ConnectionEventListener listener = new ConnectionEventListener() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                events.add("closed");
            }

            @Override
            public void connectionErrorOccurred(ConnectionEvent event) {
                events.add("error " + event.getSQLException().getSQLState());
            }
        };
        physical.addConnectionEventListener(listener);
        Connection first = physical.getConnection();
        first.setAutoCommit(false);
        first.createStatement().executeUpdate("INSERT t VALUES (1)");
        first.close();
        first.close();
        assertThat(events).containsExactly("closed");
        assertThat(number(connection(), "SELECT count(*) FROM t")).isZero();
        Connection second = physical.getConnection();
        Connection third = physical.getConnection();
        assertThat(second.isClosed()).isTrue();
        assertThat(number(third, "SELECT 3")).isEqualTo(3);
        third.abort(Runnable::run);
        assertThat(events).containsExactly("closed", "error 08003");
        physical.close();
        assertThatThrownBy(physical::getConnection).isInstanceOf(SQLException.class);
    }

    @Test
    void whatCannotBeTakenFromItsUserIsNotLentAgain() throws Exception {
        TidegateConnectionPoolDataSource source = new TidegateConnectionPoolDataSource();
        source.setURL(server().url() + ";encrypt=false");
        PooledConnection physical = source.getPooledConnection(USER, PASSWORD);
        Connection first = physical.getConnection();
        Thread reader = new Thread(() -> {
            try {
                ResultSet rows = first.createStatement().executeQuery("SELECT 1 UNION ALL SELECT 2");
                assertThat(rows.next()).isTrue();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        reader.start();
        reader.join();
        // The row is the reader's, also after its end, so that the connection cannot be had for another user.
        assertThatThrownBy(physical::getConnection).isInstanceOf(SQLException.class);
        assertThatThrownBy(physical::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
        assertThat(first.isClosed()).isTrue();
    }

    @Test
    void hikariWorksOverTheDriver() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server().url() + ";encrypt=false");
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(2);
        try (HikariDataSource hikari = new HikariDataSource(config)) {
            try (Connection connection = hikari.getConnection()) {
                assertThat(connection.unwrap(TidegateConnection.class).isValid(5))
                        .isTrue();
                connection.setAutoCommit(false);
                assertThat(number(connection, "SELECT 1")).isEqualTo(1);
            }
            try (Connection connection = hikari.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                assertThatThrownBy(() -> number(connection, "SELECT 1/0")).hasMessageContaining("Divide by zero");
                assertThat(number(connection, "SELECT 2")).isEqualTo(2);
                hikari.evictConnection(connection);
            }
        }
    }

    private TidegateDataSource source() {
        TidegateDataSource source = new TidegateDataSource();
        source.setURL(server().url() + ";encrypt=false");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    private static PoolStatistics statistics(TidegateDataSource source) {
        return source.pools().get(0).statistics();
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}
