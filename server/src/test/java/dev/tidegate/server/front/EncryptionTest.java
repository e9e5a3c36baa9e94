package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.Limits;
import dev.tidegate.server.Tls;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.message.ProgramVersion;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server's PRELOGIN answers to each wish of a client ([MS-TDS] 2.2.6.5). */
class EncryptionTest extends FrontTest {
    @ParameterizedTest
    @CsvSource({
        "OFF,           NOT_SUPPORTED, OFF,           REQUIRED",
        "ON,            NOT_SUPPORTED, ON,            ON",
        "NOT_SUPPORTED, NOT_SUPPORTED, NOT_SUPPORTED, REQUIRED",
        "REQUIRED,      NOT_SUPPORTED, ON,            ON",
    })
    void answersByWhatBothCanAndWant(Encryption asked, Encryption without, Encryption with, Encryption required)
            throws IOException {
        assertThat(answer(Tls.none(), asked)).isEqualTo(without);
        assertThat(answer(Tls.selfSigned(), asked)).isEqualTo(with);
        assertThat(answer(Tls.selfSigned().required(), asked)).isEqualTo(required);
    }

    private Encryption answer(Tls tls, Encryption asked) throws IOException {
        start(Limits.DEFAULT, tls);
        try (RawClient client = new RawClient(server.port())) {
            return client.prelogin(asked).encryption();
        } finally {
            server.close();
        }
    }

    /** By its version: it loses the answer to a login that alone is encrypted if that comes fast. */
    @Test
    void encryptsEverythingForJtds() throws IOException {
        start(Limits.DEFAULT, Tls.selfSigned());
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.prelogin(new ProgramVersion(8, 0, 0x155, 0), Encryption.OFF)
                            .encryption())
                    .isEqualTo(Encryption.REQUIRED);
        }
    }

    @ParameterizedTest
    @CsvSource({"NOT_SUPPORTED", "OFF"})
    void cutsOffAClientThatGoesOnInTheClearWhereTlsIsRequired(Encryption asked) throws IOException {
        start(Limits.DEFAULT, Tls.selfSigned().required());
        try (RawClient client = new RawClient(server.port())) {
            client.prelogin(asked);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.login(login -> login)))
                    .isInstanceOf(IOException.class);
            assertThat(backend.sessions).isEmpty();
        }
    }
}
