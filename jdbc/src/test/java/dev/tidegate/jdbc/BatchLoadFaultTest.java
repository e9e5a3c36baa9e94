package dev.tidegate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.client.error.Disconnects;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that is a load is ended at every moment: what is told of its rows is what has become of them, and the connection is clean or gone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchLoadFaultTest extends OnEmbeddedServer {
    private static final int ROWS = 400;
    private static final int LOCKED = 300;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String INSERT = "INSERT INTO t (id, s) VALUES (?, ?)";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private FaultProxy proxy;

    @BeforeEach
    void startProxy() throws IOException, SQLException {
        proxy = FaultProxy.to(server().port());
        run("CREATE TABLE t (id int CONSTRAINT pk PRIMARY KEY, s nvarchar(200))");
    }

    @AfterEach
    void stopProxy() throws Exception {
        proxy.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private Connection open(String properties) throws SQLException {
        String url = server().url().replace(":" + server().port(), ":" + proxy.port());
        return DriverManager.getConnection(url + ";encrypt=false;connectRetryCount=0" + properties, USER, PASSWORD);
    }

    private static PreparedStatement filled(Connection connection) throws SQLException {
        return filled(connection, ROWS, "some text that takes its place on the line");
    }

    private static PreparedStatement filled(Connection connection, int rows, String text) throws SQLException {
        PreparedStatement insert = connection.prepareStatement(INSERT);
        for (int row = 0; row < rows; row++) {
            insert.setInt(1, row);
            insert.setString(2, text);
            insert.addBatch();
        }
        return insert;
    }

    private static BatchWay way(Connection connection) throws SQLException {
        return connection.unwrap(BatchMetrics.class).last();
    }

    private static int rows(Connection connection) throws SQLException {
        return (int)
                BatchTwins.read(connection, "SELECT COUNT(*) FROM t").get(0).get(0);
    }

    /** Null if it did not fail. */
    private static BatchUpdateException failureOf(PreparedStatement insert) {
        return catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
    }

    /** Another user's row, which the load waits for. */
    private Connection lock() throws SQLException {
        Connection other = connect("");
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO t VALUES (" + LOCKED + ", N'')");
        }
        return other;
    }

    enum End {
        CANCEL,
        CLOSE_STATEMENT,
        CLOSE_CONNECTION,
        KILL
    }

    /** The first row is there, and of the load nothing, as long as the connection lives; without it there is nothing at all. */
    @ParameterizedTest
    @EnumSource
    @Guarantee("G01")
    @Guarantee("G05")
    @Guarantee("G12")
    @Guarantee("G13")
    @Guarantee("G29")
    void aLoadIsEndedWhileItIsWritten(End end) throws Exception {
        // More than the sockets on the way can hold, so that the client is still writing.
        int many = 60_000;
        proxy.onConnection(1, Fault.throttle(Flow.TO_SERVER, 5_000, 65_536, Duration.ofMillis(2)));
        try (Connection connection = open("")) {
            connection.setAutoCommit(false);
            int spid = ((Number)
                            BatchTwins.read(connection, "SELECT @@SPID").get(0).get(0))
                    .intValue();
            PreparedStatement insert = filled(connection, many, "x".repeat(150));
            ProxiedConnection line = proxy.connections().get(0);
            long before = line.passed(Flow.TO_SERVER);
            Future<BatchUpdateException> batch = threads.submit(() -> failureOf(insert));
            // More than the questions are.
            line.awaitPassed(Flow.TO_SERVER, before + 200_000, SOON);
            switch (end) {
                case CANCEL -> insert.cancel();
                case CLOSE_STATEMENT -> insert.close();
                case CLOSE_CONNECTION -> insert.getConnection().close();
                case KILL -> server().kill(spid);
            }
            BatchUpdateException thrown = batch.get(60, TimeUnit.SECONDS);
            assertThat(thrown.getUpdateCounts()).startsWith(1).hasSize(many);
            assertThat(Arrays.stream(thrown.getUpdateCounts()).skip(1)).containsOnly(Statement.EXECUTE_FAILED);
            assertThat(Disconnects.isDisconnect(thrown)).isEqualTo(end == End.CLOSE_CONNECTION || end == End.KILL);
            if (end == End.CANCEL || end == End.CLOSE_STATEMENT) {
                assertThat(thrown.getSQLState()).isEqualTo("HY008");
                assertThat(rows(connection)).isEqualTo(1);
                connection.rollback();
                assertThat(filled(connection).executeBatch()).containsOnly(1);
                assertThat(way(connection)).isEqualTo(BatchWay.LOADED);
                connection.rollback();
            } else {
                assertThat(stored()).isZero();
            }
        }
    }

    /** The server goes on with what it had stopped at when the time was over: what it did then is told. */
    @Test
    @Guarantee("G14")
    @Guarantee("G29")
    void aTimeOutTellsWhatWasDone() throws Exception {
        try (Connection other = lock();
                Connection connection = open("")) {
            connection.setAutoCommit(false);
            PreparedStatement insert = filled(connection);
            insert.setQueryTimeout(1);
            Future<?> release = threads.submit(() -> {
                TimeUnit.MILLISECONDS.sleep(1500);
                other.rollback();
                return null;
            });
            BatchUpdateException thrown = failureOf(insert);
            release.get(30, TimeUnit.SECONDS);
            if (thrown == null) {
                assertThat(rows(connection)).isEqualTo(ROWS);
            } else {
                assertThat(thrown.getCause()).isInstanceOf(SQLTimeoutException.class);
                assertThat(rows(connection)).isEqualTo((int) Arrays.stream(thrown.getUpdateCounts())
                        .filter(count -> count == 1)
                        .count());
            }
        }
    }

    @Test
    @Guarantee("G14")
    @Guarantee("G29")
    void aLineThatStandsStillIsLeft() throws Exception {
        try (Connection connection = open(";cancelQueryTimeout=1")) {
            PreparedStatement insert = filled(connection);
            insert.setQueryTimeout(1);
            ProxiedConnection line = proxy.connections().get(0);
            long before = line.passed(Flow.TO_SERVER);
            try (Connection other = lock()) {
                Future<BatchUpdateException> batch = threads.submit(() -> failureOf(insert));
                line.awaitPassed(Flow.TO_SERVER, before + 30_000, SOON);
                line.stall(Flow.TO_CLIENT);
                assertThat(batch.get(30, TimeUnit.SECONDS).getCause()).isInstanceOf(SQLTimeoutException.class);
                other.rollback();
            }
            assertThat(connection.isValid(1)).isFalse();
        }
        proxy.connections().get(0).cut(Ending.RESET);
        assertThat(stored()).isEqualTo(1);
    }

    /** At whatever moment it comes, the counts say what is there, and it does not meet the next request. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Guarantee("G12")
    @Guarantee("G13")
    void aCancelComesAtAnyMoment(boolean autoCommit) throws Exception {
        Random random = new Random(5);
        try (Connection connection = open("")) {
            connection.setAutoCommit(autoCommit);
            for (int round = 0; round < 40; round++) {
                PreparedStatement insert = filled(connection);
                long pause = random.nextInt(20_000_000);
                Future<?> canceller = threads.submit(() -> {
                    long until = System.nanoTime() + pause;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    insert.cancel();
                    return null;
                });
                int[] counts;
                try {
                    counts = insert.executeBatch();
                    assertThat(counts).hasSize(ROWS).containsOnly(1);
                } catch (BatchUpdateException e) {
                    assertThat(e.getSQLState()).isEqualTo("HY008");
                    counts = e.getUpdateCounts();
                }
                // Another statement, while the cancel may still come.
                int stored = rows(connection);
                int told =
                        (int) Arrays.stream(counts).filter(count -> count == 1).count();
                // The call of the first row may be cut off before the server tells that it was done.
                assertThat(stored).isBetween(told, Math.max(told, 1));
                canceller.get(30, TimeUnit.SECONDS);
                insert.close();
                try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("DELETE FROM t");
                }
            }
        }
    }

    /** At whatever byte the line is cut, nobody is told that a row is there which is not, and of the load all rows are there or none. */
    @ParameterizedTest
    @EnumSource
    @Guarantee("G15")
    @Guarantee("G23")
    @Guarantee("G29")
    void theLineIsCutAtAnyByte(Flow flow) throws Exception {
        for (boolean autoCommit : List.of(true, false)) {
            long length = lengthOfABatch(flow, autoCommit);
            for (int step = 0; step <= 12; step++) {
                long at = Math.max(1, step == 12 ? length - 1 : length * step / 12);
                cutAt(flow, at, autoCommit);
            }
        }
    }

    private long lengthOfABatch(Flow flow, boolean autoCommit) throws SQLException {
        try (Connection connection = open("")) {
            connection.setAutoCommit(autoCommit);
            ProxiedConnection line = proxy.connections().get(proxy.connections().size() - 1);
            long before = line.passed(flow);
            filled(connection).executeBatch();
            assertThat(way(connection)).isEqualTo(BatchWay.LOADED);
            long after = line.passed(flow);
            if (!autoCommit) {
                connection.rollback();
            }
            run("DELETE FROM t");
            return after - before;
        }
    }

    private long lengthOfALogin(Flow flow) throws SQLException {
        try (Connection connection = open("")) {
            assertThat(connection.getAutoCommit()).isTrue();
            return proxy.connections().get(proxy.connections().size() - 1).passed(flow);
        }
    }

    private void cutAt(Flow flow, long at, boolean autoCommit) throws Exception {
        long login = lengthOfALogin(flow);
        int number = proxy.connections().size() + 1;
        proxy.onConnection(number, Fault.cut(flow, login + at, Ending.RESET));
        Connection connection = open("");
        try {
            connection.setAutoCommit(autoCommit);
            PreparedStatement insert = filled(connection);
            BatchUpdateException thrown = failureOf(insert);
            if (thrown != null) {
                long told = Arrays.stream(thrown.getUpdateCounts())
                        .filter(count -> count == 1)
                        .count();
                assertThat(told).as("%s cut at %d", flow, at).isLessThanOrEqualTo(1);
                proxy.connections().get(number - 1).awaitEnded(SOON);
                int stored = stored();
                if (autoCommit) {
                    assertThat(stored).as("%s cut at %d", flow, at).isIn(told == 1 ? List.of(1, ROWS) : List.of(0, 1));
                } else {
                    assertThat(stored).as("%s cut at %d", flow, at).isZero();
                }
            }
        } finally {
            connection.close();
        }
        run("DELETE FROM t");
    }

    /** The number that stays: the server needs a moment to notice, and holds its locks until then. */
    private int stored() throws SQLException {
        // Waits for the locks of whoever has inserted.
        return (int) BatchTwins.read(connection(), "SELECT COUNT(*) FROM t WITH (TABLOCKX)")
                .get(0)
                .get(0);
    }
}
