package dev.tidegate.client;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Lets one thread end a connection; the others that want to wait until it has. */
final class CloseGate {
    private final ConnectionState state;
    private final CountDownLatch closed = new CountDownLatch(1);

    CloseGate(ConnectionState state) {
        this.state = state;
    }

    /** @param end what is to be done, given the phase that the connection was in; must end in bounded time */
    void close(Consumer<Phase> end) {
        Phase before = state.closing();
        if (before == null) {
            awaitClosed();
            return;
        }
        try {
            end.accept(before);
        } finally {
            state.closed();
            closed.countDown();
        }
    }

    private void awaitClosed() {
        boolean interrupted = false;
        for (; ; ) {
            try {
                closed.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
