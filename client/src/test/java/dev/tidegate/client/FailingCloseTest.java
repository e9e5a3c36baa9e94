package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.login.LoginResult;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.transport.ByteTransport;
import dev.tidegate.client.transport.Deadline;
import dev.tidegate.client.transport.Patience;
import dev.tidegate.client.transport.TdsLine;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each step of a close fails in turn: the others still run, and the connection is closed. */
@Timeout(60)
class FailingCloseTest {
    /** What close does to the line, in this order. */
    private enum Step {
        WRITE,
        WAKE,
        READ,
        CLOSE
    }

    /** A line that knows what was asked of it, and fails at one step once that is armed. */
    private static final class Line implements ByteTransport {
        private final List<Step> asked = new ArrayList<>();
        private Step failing;
        private boolean unchecked;

        private void take(Step step) throws IOException {
            takeUnchecked(step);
            if (step == failing) {
                throw new IOException("pretended");
            }
        }

        private void takeUnchecked(Step step) {
            asked.add(step);
            if (step == failing && unchecked) {
                throw new IllegalStateException("pretended");
            }
        }

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public int read(ByteBuffer target, Patience patience) throws IOException {
            take(Step.READ);
            return -1;
        }

        @Override
        public void write(ByteBuffer source, Patience patience) throws IOException {
            take(Step.WRITE);
            source.position(source.limit());
        }

        @Override
        public long received() {
            return 0;
        }

        @Override
        public long sent() {
            return 0;
        }

        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public void wake() {
            takeUnchecked(Step.WAKE);
        }

        @Override
        public void close() {
            takeUnchecked(Step.CLOSE);
        }
    }

    @Guarantee("G35")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WAKE", "CLOSE"})
    void aLineThatFails(Step failing) throws Exception {
        Line line = new Line();
        TdsConnection connection = busyOn(line);
        line.failing = failing;
        connection.close();
        expectClosed(connection, line);
    }

    /** Not even an exception that nobody has expected keeps the line open, or others waiting. */
    @Guarantee("G35")
    @ParameterizedTest
    @EnumSource
    void aStepThatIsWrong(Step failing) throws Exception {
        Line line = new Line();
        TdsConnection connection = busyOn(line);
        line.failing = failing;
        line.unchecked = true;
        assertThatThrownBy(connection::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pretended");
        expectClosed(connection, line);
    }

    private static void expectClosed(TdsConnection connection, Line line) {
        assertThat(line.asked).endsWith(Step.CLOSE).containsOnlyOnce(Step.CLOSE);
        assertThat(connection.isOpen()).isFalse();
        assertThat(connection.session().state().phase()).isEqualTo(Phase.CLOSED);
        // A second close does not wait for anybody.
        connection.close();
        assertThatThrownBy(() -> connection.execute("next")).hasMessageContaining("the connection is closed");
    }

    private static TdsConnection busyOn(Line line) throws Exception {
        LoginResult login = new LoginResult(
                new TdsLine(line),
                "127.0.0.1",
                1433,
                TdsVersion.V7_4,
                new LoginAck(1, TdsVersion.V7_4.code(), "pretended", 0),
                List.of(),
                List.of(),
                null,
                List.of(),
                false);
        ConnectionState state = ConnectionState.connecting();
        state.connected();
        ConnectionSettings settings =
                ConnectionSettings.builder().host("127.0.0.1").build();
        Session session = new Session(settings, login, state, new CloseGate(state));
        assertThat(state.loggedIn()).isTrue();
        TdsConnection connection = TdsConnection.ready(session, Deadline.never());
        connection.execute("running");
        line.asked.clear();
        return connection;
    }
}
