package dev.tidegate.server.clients;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Tls;
import dev.tidegate.server.h2.H2Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** A server over H2 that the tests of one independent client share; each test makes tables of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ClientTest {
    static final String USER = "sa";
    static final String PASSWORD = "Secret-1";
    static final String DATABASE = "shop";

    EmbeddedSqlServer server;
    private RefusedSql backend;

    @BeforeAll
    void start() throws IOException {
        backend = new RefusedSql(H2Backend.inMemory(List.of(DATABASE, "other")));
        server = EmbeddedSqlServer.builder()
                .database(DATABASE)
                .login(USER, PASSWORD)
                .tls(Tls.selfSigned())
                .backend(backend)
                .start();
    }

    /** What the server refused stands in a file for the release notes. */
    @AfterAll
    void stop() throws IOException {
        server.close();
        Files.write(Path.of("target", "refused-" + getClass().getSimpleName() + ".txt"), backend.distinct());
    }

    /** What the server has answered with an error so far: "number: text <- request". */
    List<String> refusals() {
        return backend.distinct();
    }

    int port() {
        return server.port();
    }
}
