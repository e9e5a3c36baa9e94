package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.server.Limits;
import dev.tidegate.server.Tls;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.RpcCall;
import dev.tidegate.tds.message.RpcParameter;
import dev.tidegate.tds.type.TypeInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LimitsTest extends FrontTest {
    @Test
    void oneConnectionTooManyIsToldSoAndAnotherFitsOnceOneHasGone() throws IOException, InterruptedException {
        start(Limits.DEFAULT.withConnections(3), Tls.none());
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(RawClient.loggedIn(server.port()));
        }
        try (RawClient tooMany = new RawClient(server.port())) {
            tooMany.prelogin(Encryption.NOT_SUPPORTED);
            assertThat(tooMany.login(UnaryOperator.identity()).errorNumbers()).containsExactly(17809);
        }
        clients.get(0).close();
        assertThat(backend.sessions.get(0).closed.await(20, TimeUnit.SECONDS)).isTrue();
        clients.add(retryUntilAdmitted());
        for (RawClient client : clients) {
            client.close();
        }
    }

    /** The place becomes free a moment after the session was closed. */
    private RawClient retryUntilAdmitted() throws InterruptedException {
        while (true) {
            try {
                return RawClient.loggedIn(server.port());
            } catch (IOException e) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void anIdleConnectionIsClosedButNotABusyOne() throws IOException, InterruptedException {
        start(Limits.DEFAULT.withIdleTime(Duration.ofSeconds(2)), Tls.none());
        try (RawClient busy = RawClient.loggedIn(server.port())) {
            busy.sendBatch("hang", 0);
            assertThat(backend.sessions.get(0).hanging.await(20, TimeUnit.SECONDS))
                    .isTrue();
            try (RawClient idle = RawClient.loggedIn(server.port())) {
                assertThat(idle.closedByServer()).isTrue();
            }
            busy.attention();
            busy.reply();
            assertThat(busy.reply().last().isAttention()).isTrue();
        }
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedAndTheConnectionGoesOn() throws IOException {
        start(Limits.DEFAULT.withRequestBytes(100_000), Tls.none());
        try (RawClient client = RawClient.loggedIn(server.port())) {
            Reply reply = client.batch("update " + " ".repeat(60_000));
            assertThat(reply.errors()).singleElement().satisfies(error -> {
                assertThat(error.number()).isEqualTo(701);
                assertThat(error.text()).contains("more than 100000 bytes").contains("withRequestBytes");
            });
            byte[] large = new byte[150_000];
            assertThat(client.call(RpcCall.byName(
                                    "load", List.of(RpcParameter.in("@p", TypeInfo.varbinary(TypeInfo.PLP), large))))
                            .errorNumbers())
                    .containsExactly(701);
            assertThat(backend.last().log).isEmpty();
            assertThat(client.batch("update " + " ".repeat(40_000)).errors()).isEmpty();
        }
    }

    @Test
    void aLimitTooSmallToWorkWithIsRefused() {
        assertThatThrownBy(() -> Limits.DEFAULT.withRequestBytes(1000)).hasMessageContaining("requestBytes is 1000");
        assertThatThrownBy(() -> Limits.DEFAULT.withIdleTime(Duration.ofDays(366)))
                .hasMessageContaining("365 days");
    }

    @Test
    void aLoginThatTakesTooLongIsCutOff() throws IOException {
        start(Limits.DEFAULT.withLoginTime(Duration.ofSeconds(2)), Tls.none());
        try (RawClient silent = new RawClient(server.port());
                RawClient halfway = new RawClient(server.port())) {
            halfway.prelogin(Encryption.NOT_SUPPORTED);
            assertThat(silent.closedByServer()).isTrue();
            assertThat(halfway.closedByServer()).isTrue();
        }
    }
}
