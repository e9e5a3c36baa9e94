package dev.tidegate.jdbc.soak;

import dev.tidegate.client.pool.ConnectionPool;
import dev.tidegate.jdbc.TidegateDataSource;
import dev.tidegate.testkit.fault.Ending;
import dev.tidegate.testkit.fault.Fault;
import dev.tidegate.testkit.fault.FaultProxy;
import dev.tidegate.testkit.fault.FaultProxy.Admission;
import dev.tidegate.testkit.fault.Flow;
import dev.tidegate.testkit.fault.ProxiedConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * What befalls the network, the server and the pool, one thing after the other: connections are cut, at a byte or in any state, stalled,
 * slowed; the server kills sessions, restarts, refuses, or accepts and is silent; the pool is suspended and emptied. Ends in good weather.
 */
final class Weather implements Runnable {
    private static final int LONGEST_PAUSE = 100;
    /** Bytes that a connection lasts on average. */
    private static final int MEAN_LIFE = 600_000;

    private static final int FIRST_SESSION = 51;
    private static final int SESSIONS = 30;

    private final FaultProxy proxy;
    private final TidegateDataSource source;
    private final IntPredicate kill;
    private final Violations violations;
    private final Random random;
    private final Deque<ProxiedConnection> stalled = new ArrayDeque<>();
    private final Map<String, Integer> happened = new TreeMap<>();
    private volatile boolean over;

    /** @param kill ends the session of this number on the server; false if there is none */
    Weather(FaultProxy proxy, TidegateDataSource source, IntPredicate kill, Violations violations, long seed) {
        this.proxy = proxy;
        this.source = source;
        this.kill = kill;
        this.violations = violations;
        this.random = new Random(seed);
    }

    void end() {
        over = true;
    }

    /** How often what has happened; once it has ended. */
    Map<String, Integer> happened() {
        return happened;
    }

    @Override
    public void run() {
        try {
            try {
                while (!over) {
                    Thread.sleep(random.nextInt(LONGEST_PAUSE));
                    somethingHappens();
                }
            } finally {
                clearUp();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            violations.add(new AssertionError("the faults themselves have failed", e));
        }
    }

    private void somethingHappens() throws IOException, InterruptedException {
        proxy.onOthers(later());
        endOneStall();
        switch (random.nextInt(80)) {
            case 0, 1, 2, 3, 4, 5, 6 -> cutOne();
            case 7, 8, 9, 10 -> stallOne();
            case 11 -> restart();
            case 12 -> outage(Admission.REFUSE);
            case 13 -> outage(Admission.MUTE);
            case 14 -> pools("suspend", ConnectionPool::suspend, ConnectionPool::resume);
            case 15 -> pools("evict", ConnectionPool::evict, pool -> {});
            case 16, 17, 18, 19 -> killOne();
            default -> count("calm");
        }
    }

    /** What will become of the connections that come next. */
    private Fault later() {
        long after = (long) (-MEAN_LIFE * Math.log(1 - random.nextDouble()));
        Flow flow = flow();
        return switch (random.nextInt(6)) {
            case 0 -> Fault.throttle(flow, after / 4, 1 + random.nextInt(500), Duration.ofNanos(200_000));
            case 1 -> Fault.halfClose(flow, after);
            default -> Fault.cut(flow, after, ending());
        };
    }

    private Flow flow() {
        return random.nextBoolean() ? Flow.TO_SERVER : Flow.TO_CLIENT;
    }

    private Ending ending() {
        return random.nextBoolean() ? Ending.RESET : Ending.FIN;
    }

    private ProxiedConnection one() {
        List<ProxiedConnection> live = proxy.live();
        return live.isEmpty() ? null : live.get(random.nextInt(live.size()));
    }

    private void cutOne() {
        ProxiedConnection victim = one();
        if (victim != null) {
            victim.cut(ending());
            count("cut");
        }
    }

    private void killOne() {
        if (kill.test(FIRST_SESSION + random.nextInt(SESSIONS))) {
            count("kill");
        }
    }

    private void stallOne() {
        ProxiedConnection victim = one();
        if (victim != null) {
            victim.stall(flow());
            stalled.add(victim);
            count("stall");
        }
    }

    /** Some are found dead in the end, others go on. A stall may outlast every limit of the client's. */
    private void endOneStall() {
        if (stalled.size() > 4 || !stalled.isEmpty() && random.nextInt(20) == 0) {
            ProxiedConnection victim = stalled.remove();
            if (random.nextBoolean()) {
                victim.release();
            } else {
                victim.cut(ending());
            }
        }
    }

    private void restart() throws IOException {
        if (random.nextInt(4) == 0) {
            proxy.restart();
            count("restart");
        }
    }

    private void outage(Admission how) throws IOException, InterruptedException {
        proxy.admit(how);
        Thread.sleep(random.nextInt(300));
        proxy.admit(Admission.PASS);
        count(how.toString());
    }

    private interface PoolCall {
        void on(ConnectionPool pool);
    }

    private void pools(String what, PoolCall first, PoolCall then) throws InterruptedException {
        List<ConnectionPool> pools = source.pools();
        pools.forEach(first::on);
        Thread.sleep(random.nextInt(100));
        pools.forEach(then::on);
        count(what);
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    private void clearUp() throws IOException {
        proxy.healed();
        proxy.admit(Admission.PASS);
        source.pools().forEach(ConnectionPool::resume);
        // What is stalled is not healed: as a dead line, it has to be found out.
        proxy.live().forEach(connection -> connection.cut(Ending.RESET));
    }
}
