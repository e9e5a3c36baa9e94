package dev.tidegate.server.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.message.Encryption;
import dev.tidegate.tds.token.ColMetadata;
import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.LoginAck;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What clients of older versions get in place of the types that they do not know. */
class OldClientTest extends FrontTest {
    private Reply types(TdsVersion version) throws IOException {
        start();
        try (RawClient client = new RawClient(server.port())) {
            client.version = version;
            client.prelogin(Encryption.NOT_SUPPORTED);
            Reply login = client.login(UnaryOperator.identity());
            assertThat(login.all(LoginAck.class).get(0).tdsVersion()).isEqualTo(version.code());
            return client.batch("types");
        }
    }

    private static List<String> typeNames(Reply reply) {
        return reply.all(ColMetadata.class).get(0).columns().stream()
                .map(Column::type)
                .map(type -> type.type().sqlName() + (type.isPlp() ? "(max)" : ""))
                .toList();
    }

    @Test
    void version71HasNeitherDatesNorMaxTypes() throws IOException {
        Reply reply = types(TdsVersion.V7_1);
        assertThat(typeNames(reply)).containsExactly("nvarchar", "nvarchar", "ntext", "image", "nvarchar");
        assertThat(reply.rows().get(0))
                .containsExactly("2024-02-29", "2024-02-29 12:30:01.005", "long", new byte[] {1, 2}, "ü€");
        assertThat(reply.last().rowCount()).isEqualTo(1);
    }

    @Test
    void version72HasMaxTypes() throws IOException {
        assertThat(typeNames(types(TdsVersion.V7_2)))
                .containsExactly("nvarchar", "nvarchar", "nvarchar(max)", "varbinary(max)", "nvarchar");
    }

    @Test
    void version73HasDatesToo() throws IOException {
        Reply reply = types(TdsVersion.V7_3B);
        assertThat(typeNames(reply))
                .containsExactly("date", "datetime2", "nvarchar(max)", "varbinary(max)", "nvarchar");
        assertThat(reply.rows().get(0))
                .startsWith(LocalDate.of(2024, 2, 29), LocalDateTime.of(2024, 2, 29, 12, 30, 1, 5_000_000));
    }
}
