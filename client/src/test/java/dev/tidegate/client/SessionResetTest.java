package dev.tidegate.client;

import static dev.tidegate.client.ScriptedConnections.connect;
import static dev.tidegate.client.ScriptedConnections.settings;
import static dev.tidegate.testkit.peer.ScriptedPeer.count;
import static dev.tidegate.testkit.peer.ScriptedPeer.done;
import static dev.tidegate.testkit.peer.ScriptedPeer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.client.error.DatabaseError;
import dev.tidegate.client.error.Disconnects;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.type.TypeInfo;
import dev.tidegate.testkit.guarantee.Guarantee;
import dev.tidegate.testkit.guarantee.Surface;
import dev.tidegate.testkit.peer.ScriptedPeer;
import dev.tidegate.testkit.peer.ScriptedServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RESETCONNECTION and its acknowledgement. */
@Timeout(60)
class SessionResetTest {
    private static final int RESET = 0x08;

    @Guarantee(value = "G16", surface = Surface.P)
    @Test
    void anAcknowledgedResetIsPartOfTheNextRequest() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    expectReset(peer, "next", true);
                    peer.reply(new EnvChange.ResetAcknowledged(), count(3, 0));
                    expectReset(peer, "after", false);
                    peer.reply(count(4, 0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.resetOnNextRequest();
            connection.execute("next").finish();
            connection.execute("after").finish();
        }
    }

    @Guarantee(value = "G16", surface = Surface.P)
    @Test
    void aResetThatIsNotAcknowledgedBreaksTheConnectionBeforeAnythingIsHandedOut() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.begin();
                    peer.writeNumbers(3);
                    peer.write(ScriptedPeer.selected(3, 0));
                    peer.out().end();
                    peer.awaitEndOfAnything();
                });
                TdsConnection connection = connect(server)) {
            connection.resetOnNextRequest();
            Response response = connection.execute("next");
            assertThatThrownBy(response::next)
                    .hasMessageContaining("did not acknowledge the reset")
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("08S01"))
                    .satisfies(e -> assertThat(Disconnects.isDisconnect(e)).isTrue());
            assertThat(connection.isOpen()).isFalse();
            assertThatThrownBy(() -> connection.execute("more")).hasMessageContaining("did not acknowledge the reset");
        }
    }

    @Test
    void anErrorInPlaceOfTheAcknowledgementIsTheErrorThatIsThrown() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readBatch();
                    peer.reply(error(911, 16, "no such database"), done(Done.ERROR));
                    peer.awaitEndOfAnything();
                });
                TdsConnection connection = connect(server)) {
            connection.resetOnNextRequest();
            Response response = connection.execute("next");
            assertThatThrownBy(response::next)
                    .isInstanceOf(DatabaseError.class)
                    .hasMessageContaining("no such database")
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("did not acknowledge"));
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void aResetWhoseRequestWasTakenBackComesWithTheNext() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    expectReset(peer, "next", true);
                    peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.resetOnNextRequest();
            ProcedureCall unfit =
                    new ProcedureCall(0, "p", List.of(Parameter.in(TypeInfo.decimal(3, 0), new BigDecimal("123456"))));
            assertThatThrownBy(() -> connection.call(unfit, RequestOptions.DEFAULTS))
                    .isInstanceOf(RuntimeException.class);
            connection.execute("next").finish();
        }
    }

    @Test
    void aResetWhoseRequestWasCancelledIsAskedForAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    expectReset(peer, "slow", true);
                    peer.confirmAttention();
                    expectReset(peer, "next", true);
                    peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.resetOnNextRequest();
            try (Response response = connection.execute("slow")) {
                response.cancel();
                assertThatThrownBy(response::next).hasMessageContaining("cancelled");
            }
            connection.execute("next").finish();
        }
    }

    @Test
    void theIsolationLevelIsRestoredOnlyIfItWasChanged() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    expectReset(peer, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", false);
                    peer.reply(done(0));
                    expectReset(peer, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED", true);
                    peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                    expectReset(peer, "next", false);
                    peer.reply(done(0));
                    expectReset(peer, "another", true);
                    peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.setIsolation(IsolationLevel.SERIALIZABLE);
            connection.resetOnNextRequest();
            connection.execute("next").finish();
            connection.resetOnNextRequest();
            connection.execute("another").finish();
        }
    }

    @Test
    void whatAResetTakesAwayIsRestoredAlsoWhenAProbeCarriedIt() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    expectReset(peer, "SET LOCK_TIMEOUT 500", false);
                    peer.reply(done(0));
                    expectReset(peer, "SELECT 1", true);
                    peer.reply(new EnvChange.ResetAcknowledged(), ScriptedPeer.selected(0, 0));
                    expectReset(peer, "SET LOCK_TIMEOUT 500", false);
                    peer.reply(done(0));
                    expectReset(peer, "next", false);
                    peer.reply(done(0));
                    expectReset(peer, "after", false);
                    peer.reply(done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = TdsConnection.open(settings(server)
                        .set(ConnectionProperty.LOCK_TIMEOUT, "500")
                        .build())) {
            connection.resetOnNextRequest();
            assertThat(connection.isValid(Duration.ZERO)).isTrue();
            connection.execute("next").finish();
            connection.execute("after").finish();
        }
    }

    @Guarantee(value = "G16", surface = Surface.P)
    @Test
    void theTransactionIsGoneWithTheReset() throws Exception {
        try (ScriptedServer server = ScriptedServer.afterLogin(peer -> {
                    peer.readTransactionRequest();
                    peer.reply(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, 7, 0), done(0));
                    peer.readBatch();
                    peer.reply(new EnvChange.ResetAcknowledged(), done(0));
                    peer.awaitEnd();
                });
                TdsConnection connection = connect(server)) {
            connection.begin(IsolationLevel.CURRENT);
            assertThat(connection.inTransaction()).isTrue();
            connection.resetOnNextRequest();
            connection.execute("next").finish();
            assertThat(connection.inTransaction()).isFalse();
        }
    }

    private static void expectReset(ScriptedPeer peer, String text, boolean reset) throws IOException {
        assertThat(peer.readBatch()).isEqualTo(text);
        assertThat(peer.in().firstStatus() & RESET).isEqualTo(reset ? RESET : 0);
    }
}
