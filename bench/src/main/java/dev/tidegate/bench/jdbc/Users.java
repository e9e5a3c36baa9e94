package dev.tidegate.bench.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that do the same, each with a connection and a statement of its own. */
final class Users implements AutoCloseable {
    private final Use use;
    private final List<Connection> connections = new ArrayList<>();
    private final List<PreparedStatement> statements = new ArrayList<>();
    private final ExecutorService threads;

    Users(String url, Use use, int count) throws SQLException {
        this.use = use;
        this.threads = Executors.newFixedThreadPool(count, task -> Thread.ofPlatform().daemon().unstarted(task));
        for (int i = 0; i < count; i++) {
            Connection connection = Shop.connect(url);
            connections.add(connection);
            statements.add(use.prepare(connection));
        }
    }

    /** As {@link #work(BooleanSupplier)}, for a time. */
    Latencies work(long millis) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        return work(() -> System.nanoTime() < end);
    }

    /**
     * Lets all of them work, once at least.
     *
     * @param goesOn asked by each after each use
     * @throws ExecutionException if one of them has failed
     */
    Latencies work(BooleanSupplier goesOn) throws ExecutionException, InterruptedException {
        List<Future<Latencies>> working = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            int number = i;
            working.add(threads.submit(() -> work(statements.get(number), new SplittableRandom(number), goesOn)));
        }
        Latencies all = new Latencies();
        for (Future<Latencies> one : working) {
            all.add(one.get());
        }
        return all;
    }

    private Latencies work(PreparedStatement statement, SplittableRandom keys, BooleanSupplier goesOn) throws SQLException {
        Latencies own = new Latencies();
        long begun = System.nanoTime();
        do {
            use.run(statement, keys.nextInt(Shop.ITEMS));
            long now = System.nanoTime();
            own.add(now - begun);
            begun = now;
        } while (goesOn.getAsBoolean());
        return own;
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
