package dev.tidegate.client.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the dialogue once for each fault, several at a time, and compares what each client was told with what the server has. */
final class Sweep implements AutoCloseable {
    /** Far beyond every limit that the settings give: what takes longer hangs. */
    private static final Duration HANGS = Duration.ofSeconds(30);

    private final EmbeddedSqlServer server;
    private final TdsConnection observer;
    private final AtomicInteger runs = new AtomicInteger();

    /** What one client came to. */
    record Result(int run, Fault fault, Outcome outcome, boolean reached) {}

    /** What is swept: how a client gets its connection from the proxy, which is its own for the time. */
    interface Client {
        Outcome talk(Dialogue dialogue, FaultProxy proxy) throws SQLException;
    }

    /** @param observer of the server without a proxy */
    Sweep(EmbeddedSqlServer server, TdsConnection observer) {
        this.server = server;
        this.observer = observer;
    }

    /** Bytes of a dialogue in which nothing fails. */
    Map<Flow, Integer> measure(ConnectionSettings settings) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.port())) {
            Dialogue dialogue = new Dialogue(runs.getAndIncrement());
            Outcome outcome = dialogue.on(() -> TdsConnection.open(through(settings, proxy)));
            assertThat(outcome).isEqualTo(Outcome.done());
            ProxiedConnection connection = proxy.awaitConnection(1, HANGS);
            connection.awaitEnded(HANGS);
            Map<Flow, Integer> bytes = new EnumMap<>(Flow.class);
            for (Flow flow : Flow.values()) {
                bytes.put(flow, (int) connection.passed(flow));
            }
            return bytes;
        } finally {
            forgetRows();
        }
    }

    static ConnectionSettings through(ConnectionSettings settings, FaultProxy proxy) {
        return settings.toBuilder().port(proxy.port()).build();
    }

    /** One dialogue for each fault, at most {@code atOnce} at a time; afterwards the server has no connection but the observer's. */
    List<Result> run(List<Fault> faults, int atOnce, Client client) throws Exception {
        List<FaultProxy> proxies = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            for (int i = 0; i < atOnce; i++) {
                proxies.add(FaultProxy.to(server.port()));
            }
            BlockingQueue<FaultProxy> free = new LinkedBlockingQueue<>(proxies);
            List<Future<Result>> running = new ArrayList<>();
            for (Fault fault : faults) {
                running.add(threads.submit(() -> {
                    FaultProxy proxy = free.take();
                    try {
                        return point(proxy, fault, client);
                    } finally {
                        free.add(proxy);
                    }
                }));
            }
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < running.size(); i++) {
                results.add(get(running.get(i), faults.get(i)));
            }
            return results;
        } finally {
            threads.shutdownNow();
            for (FaultProxy proxy : proxies) {
                proxy.close();
            }
        }
    }

    private static Result get(Future<Result> result, Fault fault) {
        try {
            return result.get(HANGS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError("at " + fault, e);
        }
    }

    private Result point(FaultProxy proxy, Fault fault, Client client) throws SQLException {
        int number = proxy.connections().size() + 1;
        proxy.onConnection(number, fault);
        int run = runs.getAndIncrement();
        Outcome outcome = client.talk(new Dialogue(run), proxy);
        ProxiedConnection connection = proxy.awaitConnection(number, HANGS);
        boolean reached = connection.passed(fault.flow()) >= fault.after();
        // The server hears of the client's end only now if it was that which was held back.
        connection.cut(Ending.RESET);
        return new Result(run, fault, outcome, reached);
    }

    /** What each client was told of its commit is so, and nothing was done twice. */
    void checkEffects(List<Result> results) throws Exception {
        awaitNoOtherConnection();
        Map<Integer, Long> rows = rows();
        List<String> wrong = new ArrayList<>();
        for (Result result : results) {
            long found = rows.getOrDefault(result.run(), 0L);
            if (!result.outcome().admits(found, Dialogue.ROWS)) {
                wrong.add(result + ": " + found + " rows");
            }
        }
        assertThat(wrong).isEmpty();
        forgetRows();
    }

    void awaitNoOtherConnection() throws InterruptedException {
        long deadline = System.nanoTime() + HANGS.toNanos();
        while (server.connections() > 1) {
            assertThat(System.nanoTime()).as("the server's connections end").isLessThan(deadline);
            Thread.sleep(1);
        }
    }

    /** How many different rows each run has left; one row too many counts as many. */
    private Map<Integer, Long> rows() throws SQLException, IOException {
        Map<Integer, Long> rows = new HashMap<>();
        String sql = "SELECT run, COUNT(*), COUNT(DISTINCT k) FROM swept GROUP BY run";
        try (Response response = observer.execute(sql)) {
            assertThat(response.next()).isInstanceOf(Item.Rows.class);
            while (response.nextRow()) {
                long all = response.row().getLong(1);
                long different = response.row().getLong(2);
                rows.put((int) response.row().getLong(0), all == different ? all : 1000 + all);
            }
        }
        return rows;
    }

    void forgetRows() throws SQLException {
        execute("DELETE FROM swept");
    }

    void execute(String sql) throws SQLException {
        try (Response response = observer.execute(sql)) {
            response.finish();
        }
    }

    @Override
    public void close() {
        observer.close();
    }
}
