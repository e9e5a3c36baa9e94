package dev.tidegate.jdbc.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.invariant.NothingLeftBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * 100 threads of mixed work on a pool, through a network and a server that fail all the time. At the end everything is back where it
 * was, and the server's data are those that the driver has told of.
 *
 * <p>Takes {@code -Dsoak.minutes}, 2 in every build and 30 with {@code mvn -Psoak verify}; {@code -Dsoak.seed} repeats the same choices, as
 * far as threads let one.
 */
class SoakTest {
    private static final int WORKERS = 100;
    private static final int POOL = 24;
    private static final String USER = "sa";
    private static final String PASSWORD = "S3cret for tests";
    /** Far over what the limits of the longest piece of work add up to. */
    private static final Duration HANGS = Duration.ofSeconds(120);

    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Duration time =
            Duration.ofMillis((long) (60_000 * Double.parseDouble(System.getProperty("soak.minutes", "2"))));
    private final Violations violations = new Violations();
    private final Ledger ledger = new Ledger();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    @RegisterExtension
    final NothingLeftBehind invariant = new NothingLeftBehind().within(Duration.ofSeconds(60));

    @Guarantee("G28")
    @Guarantee(value = "G18", surface = Surface.P)
    @Test
    void everyInvariantHoldsAndTheDataAreTheModels() throws Exception {
        try (EmbeddedSqlServer server = EmbeddedSqlServer.builder()
                        .database("demo")
                        .login(USER, PASSWORD)
                        .start();
                Connection direct = DriverManager.getConnection(server.url() + ";encrypt=false", USER, PASSWORD)) {
            ledger.create(direct);
            Reads.create(direct);
            try (FaultProxy proxy = FaultProxy.to(server.port())) {
                TidegateDataSource source = source(proxy.port());
                int own = session(direct);
                Weather weather = new Weather(proxy, source, id -> id != own && server.kill(id), violations, seed);
                soak(weather, source);
                report(source.pools(), weather);
                try (source) {
                    stopOnViolations();
                    checkPool(source);
                }
                awaitOneConnection(server);
            }
            checkNothingIsLocked(direct);
            assertThat(ledger.differences(direct)).as(seedText()).isEmpty();
        }
        assertThat(done.get())
                .as("pieces of work that succeeded, " + seedText())
                .isGreaterThan(failed.get() / 20);
    }

    private TidegateDataSource source(int port) {
        TidegateDataSource source = new TidegateDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(port);
        source.setDatabaseName("demo");
        source.setUser(USER);
        source.setPassword(PASSWORD);
        source.setEncrypt("false");
        source.setLoginTimeout(3);
        source.setSocketTimeout(4_000);
        source.setQueryTimeout(10);
        source.setCancelQueryTimeout(3);
        source.setLockTimeout(2_000);
        source.setCloseTimeout(1_000);
        source.setMaximumPoolSize(POOL);
        source.setConnectionTimeout(10_000);
        source.setMaxLifetime(20_000);
        source.setIdleTimeout(5_000);
        source.setValidationInterval(500);
        source.setValidationTimeout(2_000);
        return source;
    }

    private static int session(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement();
                ResultSet id = statement.executeQuery("SELECT @@SPID")) {
            id.next();
            return id.getInt(1);
        }
    }

    private void soak(Weather weather, TidegateDataSource source) throws InterruptedException {
        Watchdog watchdog = new Watchdog(violations, HANGS);
        Later later = new Later(violations, watchdog);
        Thread outside = new Thread(weather, "soak-weather");
        List<Work> work = work(source, later);
        List<Thread> workers = new ArrayList<>();
        long until = System.nanoTime() + time.toNanos();
        for (int i = 1; i <= WORKERS; i++) {
            Random random = new Random(seed + i);
            workers.add(new Thread(() -> work(work, random, watchdog, until), "soak-worker-" + i));
        }
        outside.start();
        workers.forEach(Thread::start);
        while (System.nanoTime() < until && !violations.any()) {
            Thread.sleep(100);
        }
        weather.end();
        outside.join();
        join(workers);
        later.end();
        watchdog.end();
    }

    private void join(List<Thread> workers) throws InterruptedException {
        long deadline = System.nanoTime() + HANGS.toNanos();
        for (Thread worker : workers) {
            worker.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            if (worker.isAlive()) {
                violations.add(
                        new AssertionError(worker.getName() + " does not end; all threads:\n" + Watchdog.threads()));
                return;
            }
        }
    }

    /** As often as each stands here. */
    private List<Work> work(TidegateDataSource source, Later later) {
        Changes changes = new Changes(source, ledger, later);
        Reads reads = new Reads(source, later);
        List<Work> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.addAll(List.of(changes::transfer, changes::disturbed, reads::prepared, reads::some));
        }
        for (int i = 0; i < 3; i++) {
            all.addAll(List.of(changes::givenUp, changes::savepoint, changes::scope, changes::batch, changes::load));
            all.addAll(List.of(reads::all, reads::disturbed, reads::twoAtOnce));
        }
        all.add(reads::timedOut);
        return all;
    }

    private void work(List<Work> all, Random random, Watchdog watchdog, long until) {
        while (System.nanoTime() < until && !violations.any()) {
            int which = random.nextInt(all.size());
            String what = "work " + which;
            watchdog.begins(what);
            try {
                all.get(which).run(random);
                done.incrementAndGet();
            } catch (SQLException e) {
                failed.incrementAndGet();
                violations.judge(e, what);
                pause(random);
            } catch (RuntimeException | Error e) {
                violations.add(e);
            } finally {
                watchdog.ends();
            }
        }
    }

    /** While there is no connection to be had, the pool says so at once, and nobody could do anything else. */
    private void pause(Random random) {
        try {
            Thread.sleep(random.nextInt(200));
        } catch (InterruptedException e) {
            violations.add(e);
        }
    }

    private void stopOnViolations() {
        List<Throwable> all = violations.all();
        if (!all.isEmpty()) {
            AssertionError error = new AssertionError(all.get(0).getMessage() + "; " + seedText(), all.get(0));
            all.subList(1, all.size()).forEach(error::addSuppressed);
            throw error;
        }
    }

    /** In good weather everybody is served, by as many connections as the pool may have. */
    private void checkPool(TidegateDataSource source) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < POOL; i++) {
                connections.add(working(source));
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
        for (ConnectionPool pool : source.pools()) {
            PoolStatistics now = pool.statistics();
            assertThat(now.active()).as("slots in use, " + seedText()).isZero();
            assertThat(now.waiting()).as("callers in line, " + seedText()).isZero();
            assertThat(now.total()).as("slots, " + seedText()).isLessThanOrEqualTo(POOL);
        }
    }

    /** The last storm may have left dead connections that were in use a moment ago, and a failed attempt, which the pool tells of. */
    private Connection working(TidegateDataSource source) throws SQLException {
        long deadline = System.nanoTime() + HANGS.toNanos();
        while (true) {
            try {
                Connection connection = source.getConnection();
                if (connection.isValid(10)) {
                    return connection;
                }
                connection.close();
            } catch (SQLException e) {
                violations.judge(e, "a connection in good weather");
            }
            stopOnViolations();
            assertThat(System.nanoTime())
                    .as("no connection in good weather, " + seedText())
                    .isLessThan(deadline);
        }
    }

    /** The one that goes around the proxy. */
    private static void awaitOneConnection(EmbeddedSqlServer server) throws InterruptedException {
        long deadline = System.nanoTime() + HANGS.toNanos();
        while (server.connections() > 1) {
            assertThat(System.nanoTime())
                    .as(server.connections() + " connections are left")
                    .isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    /** A lock or an open transaction of a session that is gone would be in the way of these. */
    private static void checkNothingIsLocked(Connection direct) throws SQLException {
        try (Statement statement = direct.createStatement()) {
            statement.execute("SET LOCK_TIMEOUT 0");
            statement.execute("UPDATE accounts SET balance = balance");
            statement.execute("UPDATE transfers SET amount = amount");
            statement.execute("UPDATE loads SET n = n");
        }
    }

    private void report(List<ConnectionPool> pools, Weather weather) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(seedText()).append(", ").append(time.toSeconds()).append(" s\n");
        text.append(done).append(" pieces of work succeeded, ").append(failed).append(" failed\n");
        for (Fate fate : Fate.values()) {
            text.append("changes ")
                    .append(fate)
                    .append(": ")
                    .append(ledger.count(fate))
                    .append('\n');
        }
        text.append("errors: ").append(violations.errors()).append('\n');
        text.append("faults: ").append(weather.happened()).append('\n');
        pools.forEach(pool -> text.append(pool.statistics()).append('\n'));
        Path report = Path.of("target", "soak-report.txt");
        Files.createDirectories(report.getParent());
        Files.write(report, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String seedText() {
        return "seed " + seed;
    }
}
