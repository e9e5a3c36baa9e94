package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.ConnectionState.Cancellation;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConnectionStateTest {
    private final ConnectionState state = new ConnectionState();

    @Test
    void aRequestGoesThroughItsPhases() {
        long request = state.begin();
        assertThat(request).isEqualTo(1);
        assertThat(state.begin()).isEqualTo(-1);
        assertThat(state.finish(request)).isFalse();
        assertThat(state.sent(request)).isTrue();
        state.answered(request);
        assertThat(state.phase()).isEqualTo(Phase.STREAMING);
        assertThat(state.finish(request)).isTrue();
        assertThat(state.begin()).isEqualTo(2);
    }

    @Test
    void aCancelHitsOnlyTheRequestThatItNames() {
        long first = state.begin();
        state.sent(first);
        assertThat(state.finish(first)).isTrue();
        long second = state.begin();
        state.sent(second);
        assertThat(state.cancel(first)).isEqualTo(Cancellation.NOTHING);
        assertThat(state.phase()).isEqualTo(Phase.EXECUTING);
        assertThat(state.cancel(second)).isEqualTo(Cancellation.SEND_ATTENTION);
        assertThat(state.cancel(second)).isEqualTo(Cancellation.NOTHING);
        assertThat(state.finish(second)).isFalse();
        assertThat(state.confirmed(second)).isTrue();
        assertThat(state.phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aCancelWhileARequestIsWrittenIsLeftToItsWriter() {
        long request = state.begin();
        assertThat(state.cancel(request)).isEqualTo(Cancellation.LEFT_TO_WRITER);
        assertThat(state.sent(request)).isFalse();
        assertThat(state.sentCancelled(request)).isTrue();
        assertThat(state.confirmed(request)).isTrue();
    }

    @Test
    void afterClosingNothingBeginsAndNothingGoesOn() {
        long request = state.begin();
        state.sent(request);
        assertThat(state.closing()).isEqualTo(Phase.EXECUTING);
        assertThat(state.closing()).isNull();
        assertThat(state.finish(request)).isFalse();
        assertThat(state.cancel(request)).isEqualTo(Cancellation.NOTHING);
        state.broken();
        assertThat(state.phase()).isEqualTo(Phase.CLOSING);
        state.closed();
        assertThat(state.begin()).isEqualTo(-1);
        assertThat(state.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aBrokenConnectionCanOnlyBeClosed() {
        state.broken();
        assertThat(state.begin()).isEqualTo(-1);
        assertThat(state.closing()).isEqualTo(Phase.BROKEN);
    }

    @Test
    void ofCancelAndFinishExactlyOneWins() throws Exception {
        try (AutoClosingExecutor other = new AutoClosingExecutor()) {
            for (int i = 0; i < 10_000; i++) {
                long request = state.begin();
                state.sent(request);
                Future<Cancellation> cancel = other.service().submit(() -> state.cancel(request));
                boolean finished = state.finish(request);
                assertThat(cancel.get()).isEqualTo(finished ? Cancellation.NOTHING : Cancellation.SEND_ATTENTION);
                if (!finished) {
                    assertThat(state.confirmed(request)).isTrue();
                }
            }
        }
    }

    private static final class AutoClosingExecutor implements AutoCloseable {
        private final ExecutorService service = Executors.newSingleThreadExecutor();

        ExecutorService service() {
            return service;
        }

        @Override
        public void close() {
            service.shutdownNow();
        }
    }
}
