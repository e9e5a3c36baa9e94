package dev.tidegate.testkit.fault;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A connection through a {@link FaultProxy}: what has passed, and what can still be done to it. Thread-safe. */
public final class ProxiedConnection {
    private final int number;
    private final Socket client;
    private final Socket server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Counted before they are written: whoever has received a byte must find it counted. */
    private final Map<Flow, Long> begun = new EnumMap<>(Flow.class);
    /** Counted when they were written. */
    private final Map<Flow, Long> passed = new EnumMap<>(Flow.class);
    private final Set<Flow> stalled = EnumSet.noneOf(Flow.class);
    private final Set<Flow> waiting = EnumSet.noneOf(Flow.class);
    /** Those that wait for something to pass on: a stall holds them with what comes next, and not before. */
    private final Set<Flow> reading = EnumSet.noneOf(Flow.class);
    private boolean ended;
    private int flows = 2;

    /** @param server null for a connection that is accepted and never answered */
    ProxiedConnection(int number, Socket client, Socket server) {
        this.number = number;
        this.client = client;
        this.server = server;
    }

    /** Begins to pass bytes; returns the two threads that do it. */
    List<Thread> start(List<Fault> faults) {
        Pump up = new Pump(this, Flow.TO_SERVER, client, server, faults);
        Pump down = new Pump(this, Flow.TO_CLIENT, server, client, faults);
        return List.of(
                Thread.ofVirtual().name("fault-proxy-up-" + number).start(up),
                Thread.ofVirtual().name("fault-proxy-down-" + number).start(down));
    }

    /** From 1, in the order of accepting. */
    public int number() {
        return number;
    }

    /** Bytes of a flow that were passed on so far, with those that are just being written: all that anybody can have received. */
    public long passed(Flow flow) {
        lock.lock();
        try {
            return begun.getOrDefault(flow, 0L);
        } finally {
            lock.unlock();
        }
    }

    /** True once both flows have ended, or the connection was cut. */
    public boolean isEnded() {
        lock.lock();
        try {
            return ended || flows == 0;
        } finally {
            lock.unlock();
        }
    }

    /** True once nothing of it is left: after a cut in order, its sockets stay until both ends have closed theirs. */
    boolean isFinished() {
        lock.lock();
        try {
            return server == null ? ended : flows == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection now. */
    public void cut(Ending ending) {
        end(ending);
    }

    /** Passes no more of this flow on; what is under way in a write still arrives. */
    public void stall(Flow flow) {
        change(() -> stalled.add(flow));
    }

    /** Ends all stalls of this connection; what was held back is passed on. */
    public void release() {
        change(stalled::clear);
    }

    /** Waits until so many bytes of a flow have been passed on. */
    public void awaitPassed(Flow flow, long bytes, Duration limit) {
        await(
                () -> passed.getOrDefault(flow, 0L) >= bytes,
                limit,
                () -> flow + " of connection " + number + " has passed " + passed.getOrDefault(flow, 0L)
                        + " bytes, not " + bytes);
    }

    /** Waits until a flow stands still in a stall. */
    public void awaitStalled(Flow flow, Duration limit) {
        await(
                () -> waiting.contains(flow),
                limit,
                () -> flow + " of connection " + number + " does not stall; it has passed "
                        + passed.getOrDefault(flow, 0L) + " bytes");
    }

    /** Waits until a flow has nothing to pass on: if it is stalled then, it stands still once it holds something back. */
    public void awaitReading(Flow flow, Duration limit) {
        await(
                () -> reading.contains(flow),
                limit,
                () -> flow + " of connection " + number + " does not read; it has passed "
                        + passed.getOrDefault(flow, 0L) + " bytes");
    }

    /** Waits until the connection has ended. */
    public void awaitEnded(Duration limit) {
        await(() -> ended || flows == 0, limit, () -> "connection " + number + " has not ended");
    }

    void begins(Flow flow, int bytes) {
        change(() -> begun.merge(flow, (long) bytes, Long::sum));
    }

    void passed(Flow flow, int bytes) {
        change(() -> passed.merge(flow, (long) bytes, Long::sum));
    }

    void flowEnded() {
        boolean last;
        lock.lock();
        try {
            flows--;
            last = flows == 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last) {
            closeBoth();
        }
    }

    /**
     * Waits while the flow is stalled.
     *
     * @param hasRead something that it holds back meanwhile; else it reads next
     */
    void awaitRelease(Flow flow, boolean hasRead) throws InterruptedException {
        lock.lock();
        try {
            reading.remove(flow);
            while (stalled.contains(flow) && !ended) {
                waiting.add(flow);
                changed.signalAll();
                changed.await();
            }
            waiting.remove(flow);
            if (!hasRead) {
                reading.add(flow);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until the connection ends. */
    void pause(Duration time) throws InterruptedException {
        if (time.isZero()) {
            return;
        }
        lock.lock();
        try {
            long nanos = time.toNanos();
            while (nanos > 0 && !ended) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isCut() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    void end(Ending ending) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (ending == Ending.RESET || server == null) {
            reset(client);
            reset(server);
        } else {
            finish(client);
            finish(server);
        }
    }

    /** For the proxy's own end. */
    void close() {
        end(Ending.RESET);
        closeBoth();
    }

    private void closeBoth() {
        close(client);
        close(server);
    }

    /** Sends FIN; the pumps read the input to its end, so that no reset follows. */
    private static void finish(Socket socket) {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // it is gone already
        }
    }

    private static void reset(Socket socket) {
        if (socket != null) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // it is closed already
            }
            close(socket);
        }
    }

    private static void close(Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // nothing is left to close
            }
        }
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier wanted, Duration limit, Supplier<String> otherwise) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (!wanted.getAsBoolean()) {
                if (nanos <= 0) {
                    throw new AssertionError(otherwise.get() + " after " + limit.toMillis() + " ms");
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + otherwise.get(), e);
        } finally {
            lock.unlock();
        }
    }
}
