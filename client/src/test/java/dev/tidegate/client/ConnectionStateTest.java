package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.client.ConnectionState.Cancellation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways that requests take; {@link ConnectionStateModelTest} has every single step, {@link ConnectionStateRaceTest} the races. */
class ConnectionStateTest {
    private final ConnectionState state = ConnectionState.connecting();

    @BeforeEach
    void logIn() {
        assertThat(state.connected()).isTrue();
        assertThat(state.loggedIn()).isTrue();
    }

    @Test
    void aRequestGoesThroughItsPhases() {
        long request = state.begin(() -> true);
        assertThat(request).isEqualTo(1);
        assertThat(state.begin(() -> true)).isEqualTo(-1);
        assertThat(state.sent(request)).isFalse();
        state.answered(request);
        assertThat(state.phase()).isEqualTo(Phase.STREAMING);
        assertThat(state.finish(request)).isTrue();
        assertThat(state.begin(() -> true)).isEqualTo(2);
    }

    @Test
    void aCancelHitsOnlyTheRequestThatItNames() {
        long first = state.begin(() -> true);
        state.sent(first);
        assertThat(state.finish(first)).isTrue();
        long second = state.begin(() -> true);
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
        long request = state.begin(() -> true);
        assertThat(state.cancel(request)).isEqualTo(Cancellation.LEFT_TO_WRITER);
        assertThat(state.sent(request)).isTrue();
        assertThat(state.confirmed(request)).isTrue();
    }

    @Test
    void afterClosingNothingBeginsAndNothingGoesOn() {
        long request = state.begin(() -> true);
        state.sent(request);
        assertThat(state.closing()).isEqualTo(Phase.EXECUTING);
        assertThat(state.closing()).isNull();
        assertThat(state.finish(request)).isFalse();
        assertThat(state.cancel(request)).isEqualTo(Cancellation.NOTHING);
        state.broken();
        assertThat(state.phase()).isEqualTo(Phase.CLOSING);
        state.closed();
        assertThat(state.begin(() -> true)).isEqualTo(-1);
        assertThat(state.phase()).isEqualTo(Phase.CLOSED);
    }
}
