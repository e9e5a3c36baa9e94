package dev.tidegate.server.front;

import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.Limits;
import dev.tidegate.server.Tls;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A front over a {@link ScriptedBackend}, for tests at the level of messages. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class FrontTest {
    final ScriptedBackend backend = new ScriptedBackend();
    EmbeddedSqlServer server;

    EmbeddedSqlServer start() throws IOException {
        return start(Limits.DEFAULT, Tls.none());
    }

    EmbeddedSqlServer start(Limits limits, Tls tls) throws IOException {
        server = EmbeddedSqlServer.builder()
                .database("main")
                .login("sa", "Secret-1")
                .limits(limits)
                .tls(tls)
                .backend(backend)
                .start();
        return server;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }
}
