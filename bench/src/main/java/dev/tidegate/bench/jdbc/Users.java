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
    /** One for each and one for all, made beforehand: who counts what working allocates would count them. */
    private final List<Latencies> seen = new ArrayList<>();

    Users(String url, Use use, int count) throws SQLException {
        this.use = use;
        this.threads = Executors.newFixedThreadPool(count, task -> Thread.ofPlatform().daemon().unstarted(task));
        for (int i = 0; i < count; i++) {
            Connection connection = Shop.connect(url);
            connections.add(connection);
            statements.add(use.prepare(connection));
            seen.add(new Latencies());
        }
        seen.add(new Latencies());
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
     * @return good until they work again
     * @throws ExecutionException if one of them has failed
     */
    Latencies work(BooleanSupplier goesOn) throws ExecutionException, InterruptedException {
        List<Future<Latencies>> working = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            int number = i;
            working.add(threads.submit(() -> work(number, goesOn)));
        }
        Latencies all = seen.get(statements.size());
        all.clear();
        for (Future<Latencies> one : working) {
            all.add(one.get());
        }
        return all;
    }

    private Latencies work(int number, BooleanSupplier goesOn) throws SQLException {
        PreparedStatement statement = statements.get(number);
        SplittableRandom keys = new SplittableRandom(number);
        Latencies own = seen.get(number);
        own.clear();
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
