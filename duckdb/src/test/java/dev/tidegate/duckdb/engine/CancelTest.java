package dev.tidegate.duckdb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.duckdb.EngineConnection;
import dev.tidegate.duckdb.engine.tx.HalfCommittedException;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cancels at any moment of a read: before it, in it, after it. */
class CancelTest extends OnAttachedServer {
    private static final int ROUNDS = 10_000;
    private static final int LEAST_ROUNDS = 300;
    private static final Duration ENOUGH = Duration.ofSeconds(6);

    @BeforeEach
    void fill() throws SQLException {
        onServer("CREATE TABLE dbo.t (id int)", "INSERT INTO dbo.t VALUES (1), (2)");
        attach("ms", ", MAXIMUM_POOL_SIZE 2");
    }

    /**
     * Every tenth round reads from the server, the others are DuckDB's alone: a stray cancel would hit those as well. A machine that is too
     * slow for all rounds makes fewer.
     */
    @Test
    @Guarantee(value = "G12", surface = Surface.E)
    @Guarantee(value = "G13", surface = Surface.E)
    void aCancelHitsTheStatementThatItWasMeantForOrNone() throws Exception {
        AtomicReference<Statement> hit = new AtomicReference<>();
        Semaphore begun = new Semaphore(0);
        Semaphore cancelled = new Semaphore(0);
        CompletableFuture<Throwable> canceller = apart(() -> catchThrowable(() -> {
            for (int round = 1; ; round++) {
                begun.acquire();
                Statement statement = hit.get();
                if (statement == null) {
                    return;
                }
                if (round % 3 != 0) {
                    LockSupport.parkNanos(round % 50 * 10_000L);
                }
                statement.cancel();
                cancelled.release();
            }
        }));
        long start = System.nanoTime();
        int ended = 0;
        int rounds = 0;
        try (PreparedStatement local = duckdb().prepareStatement("SELECT 42");
                PreparedStatement remote = duckdb().prepareStatement("SELECT count(*) FROM ms.dbo.t")) {
            while (rounds < LEAST_ROUNDS || rounds < ROUNDS && System.nanoTime() - start < ENOUGH.toNanos()) {
                boolean reads = ++rounds % 10 == 0;
                // DuckDB closes a statement whose query has failed.
                try (Statement statement = duckdb().createStatement()) {
                    hit.set(statement);
                    begun.release();
                    Throwable failure = catchThrowable(() -> count(statement, reads));
                    assertThat(failure == null || failure instanceof SQLException)
                            .as(String.valueOf(failure))
                            .isTrue();
                    ended += failure == null ? 0 : 1;
                    assertThat(cancelled.tryAcquire(60, TimeUnit.SECONDS))
                            .as(() -> "the canceller came to " + canceller.getNow(null))
                            .isTrue();
                }
                try (ResultSet next = (reads ? remote : local).executeQuery()) {
                    assertThat(read(next)).as("round %d", rounds).containsExactly(reads ? "2" : "42");
                }
            }
            hit.set(null);
            begun.release();
            assertThat(canceller.get(60, TimeUnit.SECONDS)).isNull();
        }
        assertThat(ended).as("cancels that came in time, of %d", rounds).isLessThan(rounds);
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    private static void count(Statement statement, boolean remote) throws SQLException {
        try (ResultSet result =
                statement.executeQuery(remote ? "SELECT count(*) FROM ms.dbo.t" : "SELECT count(*) FROM range(100)")) {
            assertThat(read(result)).containsExactly(remote ? "2" : "100");
        }
    }

    @Test
    @Guarantee(value = "G13", surface = Surface.E)
    void aCancelOfOneStatementDoesNotHitAnother() throws Exception {
        try (Statement idle = duckdb().createStatement();
                Statement busy = duckdb().createStatement()) {
            idle.execute("SELECT 1");
            CompletableFuture<Throwable> scan = apart(() -> catchThrowable(
                    () -> busy.executeQuery("SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)")));
            try (EngineConnection watching = duckdb().duplicate()) {
                String progress = "SELECT max(rows_read) FROM mssql_progress()";
                long read = 0;
                for (int more = 0; more < 3; ) {
                    String rows = rows(watching, progress).get(0);
                    if (!rows.equals("null") && Long.parseLong(rows) > read) {
                        read = Long.parseLong(rows);
                        idle.cancel();
                        more++;
                    }
                    assertThat(scan.isDone()).as("it reads on").isFalse();
                }
            }
            busy.cancel();
            assertThat(scan.get(60, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
        }
        assertThat(rows("SELECT count(*) FROM ms.dbo.t")).containsExactly("2");
    }

    /**
     * The call itself waits for nothing, and what it ends ends soon; a machine under load has its time. How long both take is written to
     * {@code target/cancel-latency.txt}.
     */
    @Test
    @Guarantee(value = "G12", surface = Surface.E)
    void aCancelDoesNotWaitForWhatItEnds() throws Exception {
        List<Long> calls = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (EngineConnection connection = duckdb().duplicate();
                    Statement statement = connection.createStatement()) {
                CompletableFuture<Throwable> scan = apart(() -> catchThrowable(
                        () -> statement.executeQuery("SELECT count(*) FROM mssql_query('ms', $$" + ENDLESS + "$$)")));
                while (rows("FROM mssql_progress() WHERE rows_read > 0").equals(List.of())) {
                    assertThat(scan.isDone()).isFalse();
                }
                long start = System.nanoTime();
                statement.cancel();
                calls.add(System.nanoTime() - start);
                assertThat(scan.get(60, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
                ends.add(System.nanoTime() - start);
            }
        }
        Files.writeString(
                Path.of("target", "cancel-latency.txt"),
                "engine, microseconds, median and longest of " + calls.size() + ": call " + micros(calls)
                        + ", end of the statement " + micros(ends) + "\n");
        assertThat(TimeUnit.NANOSECONDS.toSeconds(Collections.max(calls))).isLessThan(10);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(Collections.max(ends))).isLessThan(20);
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    private static String micros(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return TimeUnit.NANOSECONDS.toMicros(sorted.get(sorted.size() / 2)) + ", "
                + TimeUnit.NANOSECONDS.toMicros(sorted.get(sorted.size() - 1));
    }

    /** What a statement has changed, it has changed whole, and a cancelled one has changed nothing: the rows say so after each. */
    @Test
    @Guarantee(value = "G12", surface = Surface.E)
    @Guarantee(value = "G13", surface = Surface.E)
    void aCancelledWriteHasChangedAllOrNothingAndTheNextIsNotHit() throws Exception {
        onServer("CREATE TABLE dbo.w (id int NOT NULL PRIMARY KEY, n int NOT NULL)");
        run("CREATE TABLE here (id int)");
        long[] now = {0, 0};
        int ended = 0;
        int rounds = 0;
        long start = System.nanoTime();
        try (Canceller canceller = new Canceller()) {
            while (rounds < LEAST_ROUNDS / 5 || rounds < ROUNDS && System.nanoTime() - start < ENOUGH.toNanos()) {
                int kind = rounds % 5;
                int first = rounds * 1000;
                long[] after = now.clone();
                String write = switch (kind) {
                    case 0 -> {
                        after[0] += 3;
                        yield "INSERT INTO ms.dbo.w VALUES (" + first + ", 0), (" + (first + 1) + ", 0), ("
                                + (first + 2) + ", 0)";
                    }
                    case 1 -> {
                        after[0] += 600;
                        yield "INSERT INTO ms.dbo.w SELECT " + first + " + range, 0 FROM range(600)";
                    }
                    case 2 -> {
                        after[1] += now[0];
                        yield "UPDATE ms.dbo.w SET n = n + 1";
                    }
                    case 3 -> {
                        after[0] = 0;
                        after[1] = 0;
                        yield "DELETE FROM ms.dbo.w";
                    }
                    // Found by DuckDB, applied by the server.
                    default -> {
                        after[1] += now[0];
                        yield "UPDATE ms.dbo.w SET n = n + 1 FROM range(1) r";
                    }
                };
                try (Statement statement = duckdb().createStatement()) {
                    canceller.aim(statement, rounds);
                    Throwable failure = catchThrowable(() -> statement.execute(write));
                    canceller.awaitShot();
                    String expected = (failure == null ? after : now)[0] + "|" + (failure == null ? after : now)[1];
                    List<String> found = rows("SELECT count(*), coalesce(sum(n), 0) FROM ms.dbo.w");
                    if (failure != null) {
                        ended++;
                        assertThat(failure).as(write).isInstanceOf(SQLException.class);
                    }
                    if (failure instanceof HalfCommittedException
                            || failure instanceof SQLException sql && "08007".equals(sql.getSQLState())) {
                        // Cancelled while it was committed.
                        assertThat(found.get(0)).as(write).isIn(expected, after[0] + "|" + after[1]);
                    } else {
                        assertThat(found).as("%s: %s", write, failure).containsExactly(expected);
                    }
                    String[] counts = found.get(0).split("\\|", -1);
                    now = new long[] {Long.parseLong(counts[0]), Long.parseLong(counts[1])};
                }
                rounds++;
            }
        }
        assertThat(ended).as("cancels that came in time, of %d", rounds).isLessThan(rounds);
        assertThat(rows("SELECT in_use FROM mssql_pool_stats('ms')")).containsExactly("0");
    }

    /** Cancels each statement once, from a thread of its own, some time after it was aimed at. */
    private static final class Canceller implements AutoCloseable {
        private final Semaphore aimed = new Semaphore(0);
        private final Semaphore shot = new Semaphore(0);
        private final CompletableFuture<Throwable> thread;
        private volatile Statement target;
        private volatile int delay;

        Canceller() {
            thread = apart(() -> catchThrowable(() -> {
                for (; ; ) {
                    aimed.acquire();
                    Statement statement = target;
                    if (statement == null) {
                        return;
                    }
                    LockSupport.parkNanos(delay * 20_000L);
                    statement.cancel();
                    shot.release();
                }
            }));
        }

        void aim(Statement statement, int round) {
            target = statement;
            delay = round * 7 % 400;
            aimed.release();
        }

        void awaitShot() throws InterruptedException {
            assertThat(shot.tryAcquire(60, TimeUnit.SECONDS))
                    .as(() -> "the canceller came to " + thread.getNow(null))
                    .isTrue();
        }

        @Override
        public void close() {
            target = null;
            aimed.release();
            assertThat(thread.orTimeout(60, TimeUnit.SECONDS).join()).isNull();
        }
    }
}
