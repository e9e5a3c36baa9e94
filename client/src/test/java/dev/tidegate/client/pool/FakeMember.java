package dev.tidegate.client.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that is nothing but its state, and notices when two use it at a time. */
final class FakeMember implements Pooled {
    private final FakeOpener opener;
    private final AtomicInteger users = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger validations = new AtomicInteger();
    volatile boolean quiet = true;
    volatile boolean valid = true;
    volatile boolean cut;
    volatile String spoilt;
    volatile long silence;
    volatile RuntimeException failure;
    /** Done when the pool asks whether anything has come. */
    volatile Runnable whenAsked = () -> {};

    FakeMember(FakeOpener opener) {
        this.opener = opener;
    }

    void use() {
        if (users.incrementAndGet() != 1) {
            throw new AssertionError("two users at a time");
        }
        if (closes.get() > 0 && !opener.closesUnderUsers) {
            throw new AssertionError("used after it was closed");
        }
        Thread.onSpinWait();
        users.decrementAndGet();
    }

    /** Server and network have ended it. */
    void kill() {
        quiet = false;
        valid = false;
        cut = true;
    }

    int validations() {
        return validations.get();
    }

    boolean isClosed() {
        return closes.get() > 0;
    }

    @Override
    public boolean isQuiet() {
        failIfWanted();
        whenAsked.run();
        return quiet;
    }

    @Override
    public boolean isValid(Duration limit) {
        failIfWanted();
        validations.incrementAndGet();
        return valid;
    }

    @Override
    public long silence() {
        return silence;
    }

    @Override
    public String recycle() {
        failIfWanted();
        return spoilt;
    }

    @Override
    public boolean wasCut() {
        failIfWanted();
        return cut;
    }

    @Override
    public void close(CloseReason reason) {
        if (closes.incrementAndGet() == 1) {
            opener.closed();
        }
        failIfWanted();
    }

    private void failIfWanted() {
        if (failure != null) {
            throw failure;
        }
    }
}
