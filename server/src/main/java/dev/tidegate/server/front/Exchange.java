package dev.tidegate.server.front;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request and its response, shared by the connection's reader and the worker that answers.
 *
 * <p>Its state decides who answers an attention, so that it is answered once: the worker if it had not finished when the attention
 * came, else the reader. Thread-safe.
 */
final class Exchange {
    private enum State {
        RUNNING,
        INTERRUPTED,
        FINISHED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final CountDownLatch requestRead = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    /** Asks the worker to stop. @return false if it has finished: the reader has to answer the attention itself */
    boolean interrupt() {
        return state.compareAndSet(State.RUNNING, State.INTERRUPTED) || state.get() == State.INTERRUPTED;
    }

    boolean interrupted() {
        return state.get() == State.INTERRUPTED;
    }

    /** The worker has taken the whole request from the reader's stream: the next message may be read. */
    void requestRead() {
        requestRead.countDown();
    }

    /** The response has been sent. @return true if the worker has to answer an attention now */
    boolean finish() {
        return state.getAndSet(State.FINISHED) == State.INTERRUPTED;
    }

    /** The worker is done with everything. */
    void release() {
        requestRead.countDown();
        finished.countDown();
    }

    void awaitRequestRead() throws InterruptedException {
        requestRead.await();
    }

    void awaitFinished() throws InterruptedException {
        finished.await();
    }

    boolean awaitFinished(long millis) throws InterruptedException {
        return finished.await(millis, TimeUnit.MILLISECONDS);
    }
}
