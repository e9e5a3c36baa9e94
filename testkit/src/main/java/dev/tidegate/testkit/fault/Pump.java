package dev.tidegate.testkit.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Passes one flow of a connection on, up to each of its faults in turn. */
final class Pump implements Runnable {
    private static final int BUFFER = 16 * 1024;

    private final ProxiedConnection connection;
    private final Flow flow;
    private final Socket from;
    private final Socket to;
    private final Deque<Fault> faults;
    private final byte[] buffer = new byte[BUFFER];
    private int piece = BUFFER;
    private Duration pause = Duration.ZERO;

    Pump(ProxiedConnection connection, Flow flow, Socket from, Socket to, List<Fault> faults) {
        this.connection = connection;
        this.flow = flow;
        this.from = from;
        this.to = to;
        this.faults = new ArrayDeque<>(faults.stream()
                .filter(fault -> fault.flow() == flow)
                .sorted(Comparator.comparingLong(Fault::after).thenComparing(Fault.Corrupt.class::isInstance))
                .toList());
    }

    @Override
    public void run() {
        try {
            pump();
            drain();
        } catch (IOException e) {
            // One side is gone: so is the connection, and the other side is told in the same manner.
            connection.end(Ending.RESET);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.flowEnded();
        }
    }

    /** Reads and forgets what comes after the end, so that no reset answers it. */
    private void drain() throws IOException {
        from.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private void pump() throws IOException, InterruptedException {
        long passed = 0;
        while (true) {
            while (!faults.isEmpty() && faults.peek().after() == passed && !(faults.peek() instanceof Fault.Corrupt)) {
                if (!happen(faults.remove())) {
                    return;
                }
            }
            connection.awaitRelease(flow, false);
            int got = from.getInputStream().read(buffer, 0, most(passed));
            // A stall may have come while the flow waited for something to pass on.
            connection.awaitRelease(flow, true);
            if (got < 0) {
                to.shutdownOutput();
                return;
            }
            if (connection.isCut()) {
                return;
            }
            corrupt(passed, got);
            connection.begins(flow, got);
            write(got);
            passed += got;
            connection.passed(flow, got);
            connection.pause(pause);
        }
    }

    private void write(int count) throws IOException {
        try {
            to.getOutputStream().write(buffer, 0, count);
        } catch (IOException e) {
            if (!connection.isCut()) {
                throw e;
            }
        }
    }

    /** Up to the next fault; a byte to be corrupted is passed with others. */
    private int most(long passed) {
        long most = piece;
        for (Fault fault : faults) {
            if (!(fault instanceof Fault.Corrupt)) {
                most = Math.min(most, fault.after() - passed);
                break;
            }
        }
        return (int) most;
    }

    private void corrupt(long passed, int got) {
        while (faults.peek() instanceof Fault.Corrupt fault && fault.after() < passed + got) {
            buffer[(int) (fault.after() - passed)] ^= (byte) fault.mask();
            faults.remove();
        }
    }

    /** @return whether the flow goes on */
    private boolean happen(Fault fault) throws IOException, InterruptedException {
        switch (fault) {
            case Fault.Cut cut -> {
                connection.end(cut.ending());
                return false;
            }
            case Fault.HalfClose _ -> {
                to.shutdownOutput();
                return false;
            }
            case Fault.Stall _ -> connection.stall(flow);
            case Fault.Throttle throttle -> {
                piece = Math.min(BUFFER, throttle.piece());
                pause = throttle.pause();
            }
            case Fault.Corrupt _ -> throw new IllegalStateException("corrupted where the byte is passed");
        }
        return true;
    }
}
