package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.TidegateDuckDB;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time of a load is over while the server does not answer, whatever it was asked for: from the look-up of names to the commit. */
@Timeout(600)
class LoadDeadlineTest extends OnAttachedServer {
    private static final int ROWS = 600;

    /** No limit but the statement's and those of giving up. */
    private static final String OPTIONS =
            " (TYPE mssql, MAXIMUM_POOL_SIZE 1, CONNECTION_TIMEOUT 60000, CANCEL_QUERY_TIMEOUT 1,"
                    + " CLOSE_TIMEOUT 500, CONNECT_RETRY_COUNT 0)";

    /** What giving up may take after the statement's time; generous, because the machine may be busy. */
    private static final Duration IN_TIME = Duration.ofSeconds(40);

    private enum Load {
        FIRST("CREATE TABLE ms.dbo.t AS ", "none", "sys.", "begin", "CREATE TABLE", "INSERT BULK", "finish", "commit"),
        RELOAD(
                "CREATE OR REPLACE TABLE ms.dbo.t AS ",
                "1",
                "sys.",
                "begin",
                "CREATE TABLE",
                "INSERT BULK",
                "finish",
                "DROP TABLE",
                "sp_rename",
                "commit"),
        MORE("INSERT INTO ms.dbo.t ", "1", "sys.", "TOP (0)", "begin", "INSERT BULK", "finish", "commit");

        private final String statement;
        /** What is on the server. */
        private final String before;
        /** Some of what the server is asked for, in this order. */
        private final List<String> phases;

        Load(String statement, String before, String... phases) {
            this.statement = statement;
            this.before = before;
            this.phases = List.of(phases);
        }

        String sql() {
            return statement + "SELECT range AS id FROM range(" + ROWS + ")";
        }

        String after() {
            return Integer.toString(this == MORE ? ROWS + 1 : ROWS);
        }
    }

    /** A server whose calls can be held, and an engine that has attached it. */
    private static final class Held implements AutoCloseable {
        final HeldBackend backend;
        final EmbeddedSqlServer server;
        final EngineConnection engine;

        Held(boolean hears) throws Exception {
            backend = new HeldBackend(hears);
            server = EmbeddedSqlServer.builder()
                    .backend(backend)
                    .login(USER, PASSWORD)
                    .start();
            engine = TidegateDuckDB.open("");
            run(engine, "ATTACH '" + url(USER, PASSWORD, "127.0.0.1", server.port(), "demo") + "' AS ms" + OPTIONS);
        }

        void fill() throws SQLException {
            run(engine, "CALL mssql_execute('ms', 'CREATE TABLE dbo.t (id bigint CHECK (id <> 100000))')");
            run(engine, "CALL mssql_execute('ms', 'INSERT INTO dbo.t VALUES (-1)')");
        }

        void hold(Predicate<String> call) {
            backend.hold(0, call);
        }

        /** What was there, and what has become of it, once the server has undone what it has to. */
        String content() throws SQLException {
            List<String> tables = rows(engine, "SELECT q.name FROM mssql_query('ms', 'SELECT name FROM sys.tables') q");
            if (!tables.equals(List.of("t"))) {
                return tables.isEmpty() ? "none" : tables.toString();
            }
            return rows(engine, "SELECT q.n FROM mssql_query('ms', 'SELECT COUNT(*) AS n FROM dbo.t') q")
                    .get(0);
        }

        @Override
        public void close() throws SQLException {
            backend.release();
            try {
                engine.close();
            } finally {
                server.close();
            }
        }
    }

    @BeforeEach
    void inThisProcess() {
        server();
    }

    @ParameterizedTest
    @EnumSource
    @Guarantee(value = "G14", surface = Surface.E)
    @Guarantee(value = "G29", surface = Surface.E)
    void isTheLimitOfEachPhase(Load load) throws Exception {
        List<String> phases = phases(load);
        assertThat(named(phases, load)).as("%s", phases).isEqualTo(load.phases);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < phases.size(); i++) {
                int number = i;
                String phase = load + ", " + phases.get(i);
                for (boolean hears : new boolean[] {true, false}) {
                    all.add(threads.submit(() -> {
                        heldAt(load, number, hears, phase + (hears ? ", heard" : ", deaf"));
                        return null;
                    }));
                }
            }
            for (Future<?> one : all) {
                one.get(500, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> phases(Load load) throws Exception {
        try (Held held = new Held(true)) {
            if (load != Load.FIRST) {
                held.fill();
            }
            held.backend.forget();
            run(held.engine, load.sql());
            List<String> phases = held.backend.calls();
            assertThat(held.content()).isEqualTo(load.after());
            return phases;
        }
    }

    /** Those of the load's that come, in the order in which each comes first after the one before. */
    private static List<String> named(List<String> calls, Load load) {
        List<String> found = new ArrayList<>();
        for (String call : calls) {
            if (found.size() < load.phases.size() && call.contains(load.phases.get(found.size()))) {
                found.add(load.phases.get(found.size()));
            }
        }
        return found;
    }

    private static void heldAt(Load load, int number, boolean hears, String phase) throws Exception {
        try (Held held = new Held(hears)) {
            if (load != Load.FIRST) {
                held.fill();
            }
            held.backend.hold(number, call -> true);
            SQLException failure = limited(held.engine, load.sql(), phase);
            held.backend.release();

            assertThat((Throwable) failure).as(phase).isNotNull();
            boolean isUnknown = "08007".equals(failure.getSQLState());
            if (isUnknown) {
                assertThat(phase).contains("commit");
            } else {
                assertThat((Throwable) failure).as(phase).isInstanceOf(SQLTimeoutException.class);
                assertThat(failure.getSQLState()).as(phase).isEqualTo("HYT00");
            }
            assertThat(rows(held.engine, "SELECT in_use FROM mssql_pool_stats('ms')"))
                    .as(phase)
                    .containsExactly("0");
            awaitContent(held, isUnknown ? List.of(load.before, load.after()) : List.of(load.before), phase);
            assertThat(rows(held.engine, "SELECT table_name FROM duckdb_tables() WHERE temporary"))
                    .as(phase)
                    .isEmpty();
        }
    }

    private static SQLException limited(EngineConnection engine, String sql, String what) throws SQLException {
        return limited(engine, sql, 1, what);
    }

    /** @return what a statement with a limit has failed of; null: nothing */
    private static SQLException limited(EngineConnection engine, String sql, int seconds, String what)
            throws SQLException {
        long start = System.nanoTime();
        try (Statement statement = engine.createStatement()) {
            statement.setQueryTimeout(seconds);
            SQLException failure = catchThrowableOfType(SQLException.class, () -> statement.execute(sql));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(IN_TIME.plusSeconds(seconds));
            return failure;
        }
    }

    /** A session that was cut is undone by the server in its own time. */
    private static void awaitContent(Held held, List<String> allowed, String what)
            throws SQLException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!allowed.contains(held.content()) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(held.content()).as(what).isIn(allowed);
    }

    /** Of a load that fails of something else: that stays the error. On a busy machine the time may be over before: then with more of it. */
    @Test
    @Guarantee(value = "G14", surface = Surface.E)
    @Guarantee(value = "G35", surface = Surface.E)
    void isTheLimitOfTheRollbackOfWhatHasFailed() throws Exception {
        int seconds = 1;
        while (!isUndoneInTime(seconds)) {
            seconds *= 2;
            assertThat(seconds).isLessThan(128);
        }
    }

    /** @return false if the time was over before the load has failed */
    private static boolean isUndoneInTime(int seconds) throws Exception {
        try (Held held = new Held(false)) {
            held.fill();
            held.hold(call -> call.equals("rollback"));
            SQLException failure = limited(
                    held.engine, "INSERT INTO ms.dbo.t SELECT range FROM range(99500, 100100)", seconds, "constraint");
            if (failure instanceof SQLTimeoutException) {
                return false;
            }
            held.backend.awaitHeld();
            held.backend.release();
            assertThat(failure.getErrorCode()).isEqualTo(547);
            awaitContent(held, List.of("1"), "constraint");
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Guarantee(value = "G14", surface = Surface.E)
    void isTheLimitOfARollback(Load load) throws Exception {
        try (Held held = new Held(false)) {
            if (load != Load.FIRST) {
                held.fill();
            }
            run(held.engine, "BEGIN");
            run(held.engine, load.sql());
            held.hold(call -> call.equals("rollback"));
            assertThat((Throwable) limited(held.engine, "ROLLBACK", "rollback"))
                    .as("the connection is gone, and the server rolls back")
                    .isNull();
            held.backend.awaitHeld();
            held.backend.release();
            awaitContent(held, List.of(load.before), "rollback");
        }
    }

    @Test
    @Guarantee(value = "G14", surface = Surface.E)
    void isTheLimitOfTheWaitForAConnection() throws Exception {
        try (Held held = new Held(true);
                EngineConnection other = held.engine.duplicate()) {
            held.fill();
            run(other, "BEGIN");
            run(other, "INSERT INTO ms.dbo.t VALUES (7)");
            SQLException failure = limited(held.engine, Load.MORE.sql(), "pool");
            assertThat((Throwable) failure)
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("query time-out of 1 s");
            run(other, "COMMIT");
            assertThat(held.content()).isEqualTo("2");
        }
    }

    /** Names are looked up by one statement at a time, and the others wait for him: his end is not theirs. */
    @Test
    @Guarantee(value = "G13", surface = Surface.E)
    @Guarantee(value = "G14", surface = Surface.E)
    void isTheLimitOfTheWaitForAnothersLookUp() throws Exception {
        try (Held held = new Held(true);
                EngineConnection other = held.engine.duplicate();
                EngineConnection patient = held.engine.duplicate();
                Statement first = other.createStatement()) {
            held.fill();
            held.hold(call -> call.contains("sys."));
            CompletableFuture<SQLException> looking =
                    apart(() -> catchThrowableOfType(SQLException.class, () -> first.execute(Load.MORE.sql())));
            held.backend.awaitHeld();
            assertThat((Throwable) limited(held.engine, Load.MORE.sql(), "look-up"))
                    .isInstanceOf(SQLTimeoutException.class)
                    .hasMessageContaining("query time-out of 1 s");
            CompletableFuture<SQLException> waiting = apart(() ->
                    catchThrowableOfType(SQLException.class, () -> run(patient, "INSERT INTO ms.dbo.t VALUES (3)")));
            first.cancel();
            assertThat(looking.get(60, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
            assertThat((Throwable) waiting.get(60, TimeUnit.SECONDS)).isNull();
            assertThat(held.content()).isEqualTo("2");
        }
    }
}
