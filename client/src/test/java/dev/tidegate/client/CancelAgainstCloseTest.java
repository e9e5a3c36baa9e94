package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A cancel, a close and the end of the answer at the same time. How long things take is written to {@code target/cancel-latency.txt}, and
 * is no part of the test: only that nothing waits for anything else.
 */
class CancelAgainstCloseTest extends OnOneServer {
    private static final int ROUNDS = 2_000;
    private static final int ROWS = 300;
    private static final int MOST_SPINS = 30_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @Guarantee("G12")
    @Test
    void whoeverIsFirstNobodyWaitsAndTheNextRequestIsWhole() throws Exception {
        long[] calls = new long[ROUNDS];
        try (TdsConnection connection = connect();
                ConnectionPool pool = new ConnectionPool(
                        settings(), PoolSettings.builder().maximumPoolSize(1).build())) {
            run(connection, "CREATE TABLE numbers (n INT NOT NULL)");
            try (BulkLoad load = connection.bulkLoad("numbers", BulkLoadOptions.DEFAULTS)) {
                for (int i = 0; i < ROWS; i++) {
                    load.writeRow(i);
                }
                load.finish();
            }
            Random random = new Random(12);
            for (int round = 0; round < ROUNDS; round++) {
                calls[round] = race(pool.acquire(), random);
                try (TdsConnection next = pool.acquire()) {
                    assertThat(number(next, "SELECT " + round)).isEqualTo(round);
                }
            }
            report(calls, effects(connection));
        } finally {
            threads.shutdownNow();
        }
    }

    /** @return nanoseconds that the cancel took */
    private long race(TdsConnection connection, Random random) throws Exception {
        Response response = connection.execute("SELECT n FROM numbers");
        CyclicBarrier start = new CyclicBarrier(3);
        boolean wholeConnection = random.nextBoolean();
        Future<Long> cancelling = at(start, random, () -> {
            long before = System.nanoTime();
            connection.cancel();
            return System.nanoTime() - before;
        });
        Future<Long> closing = at(start, random, () -> {
            if (wholeConnection) {
                connection.close();
            } else {
                response.close();
            }
            return 0L;
        });
        Future<Long> reading = at(start, random, () -> {
            try {
                assertThat(read(response)).hasSize(ROWS);
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isIn("HY008", "HY010", "08003");
            }
            return 0L;
        });
        closing.get(30, TimeUnit.SECONDS);
        reading.get(30, TimeUnit.SECONDS);
        connection.close();
        return cancelling.get(30, TimeUnit.SECONDS);
    }

    private interface Step {
        long run() throws Exception;
    }

    private Future<Long> at(CyclicBarrier start, Random random, Step step) {
        int spins = random.nextInt(MOST_SPINS);
        return threads.submit(() -> {
            start.await();
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            return step.run();
        });
    }

    /** From the cancel of a running query until whoever waits for it is told, in nanoseconds. */
    private long[] effects(TdsConnection connection) throws Exception {
        List<Long> effects = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            CountDownLatch sent = new CountDownLatch(1);
            Future<Long> waiting = threads.submit(() -> {
                try (Response response = connection.execute(SILENT)) {
                    sent.countDown();
                    response.finish();
                    throw new AssertionError("the query has ended by itself");
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).isEqualTo("HY008");
                    return System.nanoTime();
                }
            });
            sent.await();
            long before = System.nanoTime();
            connection.cancel();
            effects.add(waiting.get(30, TimeUnit.SECONDS) - before);
        }
        return effects.stream().mapToLong(Long::longValue).toArray();
    }

    private static void report(long[] calls, long[] effects) throws IOException {
        String text = "cancel() itself: " + percentiles(calls) + "\nuntil the query's thread is told: "
                + percentiles(effects) + "\n";
        Files.write(Path.of("target", "cancel-latency.txt"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return "p50 " + nanos[nanos.length / 2] / 1_000 + " µs, p99 " + nanos[nanos.length * 99 / 100] / 1_000
                + " µs of " + nanos.length;
    }
}
