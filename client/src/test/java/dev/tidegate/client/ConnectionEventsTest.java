package dev.tidegate.client;

import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.NotReconnectedException;
import dev.tidegate.client.event.FlightRecording;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a connection is told to the JDK Flight Recorder. */
class ConnectionEventsTest extends OnOneServer {
    /** Has no end that a test would live to see. */
    @TempDir
    private Path folder;

    private FlightRecording recording;

    @BeforeEach
    void record() {
        recording = FlightRecording.start(folder);
    }

    @AfterEach
    void stop() {
        recording.close();
    }

    private RecordedEvent only(String name, int port) throws Exception {
        List<RecordedEvent> events = recording.events(name).stream()
                .filter(event -> event.getInt("port") == port)
                .toList();
        assertThat(events).as(name).hasSize(1);
        assertThat(events.get(0).getString("host")).isEqualTo("127.0.0.1");
        return events.get(0);
    }

    @Test
    void openAndClose() throws Exception {
        connect().close();
        RecordedEvent open = only("ConnectionOpen", server().port());
        assertThat(open.getString("outcome")).isEqualTo("OPENED");
        assertThat(open.getString("database")).isEqualTo("demo");
        assertThat(open.getBoolean("encrypted")).isFalse();
        assertThat(open.getDuration()).isPositive();
        RecordedEvent close = only("ConnectionClose", server().port());
        assertThat(close.getString("reason")).isEqualTo("CLOSED");
        assertThat(close.getString("cause")).isNull();
        assertThat(close.getString("database")).isEqualTo("demo");
        assertThat(close.getDuration("lifetime")).isPositive();
        assertThat(close.getLong("bytesReceived")).isPositive();
        assertThat(close.getLong("bytesSent")).isPositive();
    }

    @Test
    void aRefusedLogin() throws Exception {
        assertThatThrownBy(() -> TdsConnection.open(
                        settings().toBuilder().login("sa", "Wrong-1").build()))
                .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
        RecordedEvent open = only("ConnectionOpen", server().port());
        assertThat(open.getString("outcome")).isEqualTo("28000");
        assertThat(recording.events("ConnectionClose")).noneMatch(event -> event.getInt("port") == server().port());
    }

    @Test
    void aCancelThatTheServerConfirms() throws Exception {
        try (TdsConnection connection = connect();
                Response response = connection.execute(ENDLESS)) {
            response.next();
            connection.cancel();
            assertThatThrownBy(response::finish).isInstanceOf(SQLException.class);
            RecordedEvent cancel = only("Cancel", server().port());
            assertThat(cancel.getString("operation")).isEqualTo("execute");
            assertThat(cancel.getString("reason")).isEqualTo("USER");
            assertThat(cancel.getString("outcome")).isEqualTo("CONFIRMED");
            assertThat(cancel.getDuration()).isPositive();
        }
    }

    @Test
    void aCancelThatComesTooLate() throws Exception {
        try (TdsConnection connection = connect()) {
            Response response = connection.execute("SELECT 1");
            response.finish();
            response.cancel();
            assertThat(only("Cancel", server().port()).getString("outcome")).isEqualTo("TOO_LATE");
        }
    }

    @Test
    void aTimeOut() throws Exception {
        try (TdsConnection connection = connect();
                Response response = connection.execute(ENDLESS, new RequestOptions(Duration.ofMillis(50)))) {
            assertThatThrownBy(response::finish).isInstanceOf(SQLTimeoutException.class);
            RecordedEvent timeout = only("Timeout", server().port());
            assertThat(timeout.getString("property")).isEqualTo("queryTimeout");
            assertThat(timeout.getString("operation")).isEqualTo("execute");
            assertThat(timeout.getDuration("limit")).isEqualTo(Duration.ofMillis(50));
            assertThat(only("Cancel", server().port()).getString("reason")).isEqualTo("TIMEOUT");
        }
    }

    @Test
    void aReconnect() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ScriptedServer peer = ScriptedServer.start(each -> {
                    RecoveringPeer.acceptLogin(each, new RecoveringPeer.Answer());
                    if (number.getAndIncrement() > 0) {
                        each.readBatch();
                        each.reply(done(0));
                        each.awaitEnd();
                    }
                });
                TdsConnection connection = ScriptedConnections.connect(peer)) {
            awaitCut(connection);
            run(connection, "SELECT 1");
            RecordedEvent reconnect = only("Reconnect", peer.port());
            assertThat(reconnect.getString("outcome")).isEqualTo("RECONNECTED");
            assertThat(reconnect.getString("database")).isEqualTo("master");
        }
    }

    @Test
    void aReconnectThatIsRefused() throws Exception {
        try (ScriptedServer peer =
                        ScriptedServer.start(each -> RecoveringPeer.acceptLogin(each, new RecoveringPeer.Answer()));
                TdsConnection connection = TdsConnection.open(ScriptedConnections.settings(peer)
                        .set(ConnectionProperty.CONNECT_RETRY_COUNT, "0")
                        .build())) {
            awaitCut(connection);
            assertThatThrownBy(() -> run(connection, "SELECT 1")).isInstanceOf(NotReconnectedException.class);
            assertThat(only("Reconnect", peer.port()).getString("outcome")).isEqualTo("SWITCHED_OFF");
            connection.discard();
            RecordedEvent close = only("ConnectionClose", peer.port());
            assertThat(close.getString("reason")).isEqualTo("BROKEN");
            assertThat(close.getString("cause")).contains("cut while nothing ran on it");
        }
    }

    @Test
    void aResetThatTheServerDoesNotAcknowledge() throws Exception {
        try (ScriptedServer peer = ScriptedServer.start(each -> {
                    RecoveringPeer.acceptLogin(each, new RecoveringPeer.Answer());
                    each.readBatch();
                    each.reply(done(0));
                    each.awaitEnd();
                });
                TdsConnection connection = ScriptedConnections.connect(peer)) {
            connection.resetOnNextRequest();
            assertThatThrownBy(() -> run(connection, "SELECT 1")).isInstanceOf(SQLException.class);
            assertThat(only("ResetRefused", peer.port()).getString("database")).isEqualTo("master");
        }
    }

    private static void awaitCut(TdsConnection connection) throws InterruptedException {
        while (!connection.isCut()) {
            Thread.sleep(1);
        }
    }
}
