package dev.tidegate.client.pool;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Opens {@link FakeMember}s, and counts them. */
final class FakeOpener implements Opener<FakeMember> {
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<FakeMember> members = new CopyOnWriteArrayList<>();
    volatile boolean closesUnderUsers;
    volatile IntFunction<Exception> failures = attempt -> null;
    volatile IntFunction<CountDownLatch> gates = attempt -> null;

    @Override
    public Opening<FakeMember> prepare() {
        CountDownLatch aborted = new CountDownLatch(1);
        return new Opening<>() {
            @Override
            public FakeMember open() throws SQLException {
                return FakeOpener.this.open(aborted);
            }

            @Override
            public void abort() {
                aborted.countDown();
            }
        };
    }

    private FakeMember open(CountDownLatch aborted) throws SQLException {
        int attempt = attempts.incrementAndGet();
        CountDownLatch gate = gates.apply(attempt);
        while (gate != null && gate.getCount() > 0) {
            if (aborted.getCount() == 0) {
                throw new SQLNonTransientConnectionException("aborted", "08001");
            }
            Thread.onSpinWait();
        }
        Exception failure = failures.apply(attempt);
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (failure instanceof SQLException refused) {
            throw refused;
        }
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        FakeMember member = new FakeMember(this);
        members.add(member);
        return member;
    }

    void closed() {
        open.decrementAndGet();
    }

    int attempts() {
        return attempts.get();
    }

    int open() {
        return open.get();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    List<FakeMember> members() {
        return members;
    }
}
