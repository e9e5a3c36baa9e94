package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.Limits;
import dev.tidegate.server.Tls;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.FedAuthRequest;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.token.EnvChange;
import dev.tidegate.tds.token.FeatureExtAck;
import dev.tidegate.tds.token.LoginAck;
import dev.tidegate.tds.token.ServerMessage;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest extends FrontTest {
    private RawClient client() throws IOException {
        RawClient client = new RawClient(server.port());
        client.prelogin(Encryption.NOT_SUPPORTED);
        return client;
    }

    @Test
    void tellsTheClientItsEnvironmentInTheOrderOfSqlServer() throws IOException {
        start();
        try (RawClient client = client()) {
            Reply reply = client.login(UnaryOperator.identity());

            assertThat(reply.environmentTypes())
                    .containsExactly(
                            EnvChange.DATABASE, EnvChange.COLLATION, EnvChange.LANGUAGE, EnvChange.PACKET_SIZE);
            assertThat(reply.all(ServerMessage.class))
                    .extracting(ServerMessage::number)
                    .containsExactly(5701, 5703);
            LoginAck ack = reply.all(LoginAck.class).get(0);
            assertThat(ack.programName()).isEqualTo("Microsoft SQL Server");
            assertThat(ack.tdsVersion()).isEqualTo(TdsVersion.V7_4.code());
            assertThat(reply.all(FeatureExtAck.class)).isEmpty();
            assertThat(reply.last().isError()).isFalse();
            assertThat(backend.last().options.database()).isEqualTo("main");
        }
    }

    @ParameterizedTest
    @CsvSource({"sa,wrong", "nobody,Secret-1", "nobody,''", "'',''"})
    void refusesWithoutSayingWhatWasWrong(String user, String password) throws IOException {
        start();
        try (RawClient client = client()) {
            Reply reply = client.login(login -> login.userName(user).password(password));

            assertThat(reply.errors()).singleElement().satisfies(error -> {
                assertThat(error.number()).isEqualTo(18456);
                assertThat(error.state()).isEqualTo(1);
                assertThat(error.severity()).isEqualTo(14);
                assertThat(error.text()).isEqualTo("Login failed for user '" + user + "'.");
            });
            assertThat(reply.last().isError()).isTrue();
            assertThat(client.closedByServer()).isTrue();
            assertThat(backend.sessions).isEmpty();
        }
    }

    @Test
    void userNamesIgnoreCase() throws IOException {
        start();
        try (RawClient client = client()) {
            assertThat(client.login(login -> login.userName("SA")).errors()).isEmpty();
        }
    }

    @Test
    void namesTheDatabaseThatCannotBeOpened() throws IOException {
        start();
        try (RawClient client = client()) {
            Reply reply = client.login(login -> login.database("nowhere"));

            assertThat(reply.errorNumbers()).containsExactly(4060, 18456);
            assertThat(client.closedByServer()).isTrue();
        }
    }

    @Test
    void aLoginWithoutDatabaseGetsTheFirstOne() throws IOException {
        start();
        try (RawClient client = client()) {
            client.login(login -> login.database(""));
            assertThat(backend.last().options.database()).isEqualTo("main");
        }
    }

    @ParameterizedTest
    @CsvSource({"0,4096", "100,512", "512,512", "8000,8000", "32767,32767", "65535,32767"})
    void grantsThePacketSizeWithinItsLimits(int wanted, int granted) throws IOException {
        start();
        try (RawClient client = client()) {
            Reply reply = client.login(login -> login.packetSize(wanted));

            assertThat(reply.all(EnvChange.Text.class))
                    .filteredOn(change -> change.type() == EnvChange.PACKET_SIZE)
                    .extracting(EnvChange.Text::newValue)
                    .containsExactly(String.valueOf(granted));
            client.out.setPacketSize(granted);
            assertThat(client.batch("rows 500").rows()).hasSize(500);
        }
    }

    @Test
    void acknowledgesOnlyTheFeaturesThatItHas() throws IOException {
        start();
        try (RawClient client = client()) {
            Reply reply = client.login(login -> login.feature(LoginFeature.dnsCaching())
                    .feature(LoginFeature.utf8Support())
                    .feature(LoginFeature.jsonSupport(1))
                    .feature(LoginFeature.vectorSupport(2))
                    .feature(new LoginFeature(0x77, new byte[] {1, 2, 3})));

            assertThat(reply.all(FeatureExtAck.class).get(0).features())
                    .containsOnlyKeys(
                            LoginFeature.UTF8_SUPPORT, LoginFeature.JSON_SUPPORT, LoginFeature.VECTOR_SUPPORT)
                    .containsEntry(LoginFeature.JSON_SUPPORT, new byte[] {1})
                    .containsEntry(LoginFeature.VECTOR_SUPPORT, new byte[] {1});
        }
        try (RawClient client = client()) {
            Reply reply = client.login(login -> login.feature(new LoginFeature(LoginFeature.JSON_SUPPORT, new byte[0]))
                    .feature(LoginFeature.vectorSupport(0)));

            assertThat(reply.errors()).isEmpty();
            assertThat(reply.all(FeatureExtAck.class)).isEmpty();
        }
    }

    @Test
    void refusesIntegratedAndFederatedLogins() throws IOException {
        start();
        try (RawClient client = client()) {
            assertThat(client.login(login -> login.sspi(new byte[] {1})).errorNumbers())
                    .containsExactly(18452);
        }
        try (RawClient client = client()) {
            LoginFeature token = LoginFeature.fedAuth(FedAuthRequest.securityToken(new byte[] {1, 2}, false, null));
            assertThat(client.login(login -> login.feature(token)).errorNumbers())
                    .containsExactly(18456);
        }
    }

    @Test
    void aTooLongLoginIsCutOff() throws IOException {
        start(Limits.DEFAULT.withLoginBytes(4096), Tls.none());
        try (RawClient client = client()) {
            LoginFeature large = new LoginFeature(0x77, new byte[8000]);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> client.login(login -> login.feature(large))))
                    .isInstanceOf(IOException.class);
        }
        try (RawClient client = client()) {
            assertThat(client.login(UnaryOperator.identity()).errors()).isEmpty();
        }
    }
}
