package dev.tidegate.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.cli.ExitCode;
import dev.tidegate.cli.Main;
import dev.tidegate.server.EmbeddedSqlServer;
import dev.tidegate.server.EmbeddedSqlServerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program within the test's own process, and a server that understands T-SQL, transactions and names. */
@Timeout(120)
abstract class OnEmbeddedServer {
    @TempDir
    private Path directory;

    /** What the program has printed since the last {@link #sql}. */
    final StringWriter out = new StringWriter();

    final StringWriter err = new StringWriter();
    private EmbeddedSqlServer server;

    @BeforeEach
    final void start() throws IOException {
        server = prepared(EmbeddedSqlServer.builder().database("shop").login("sa", "pw"))
                .start();
    }

    @AfterEach
    final void stop() {
        server.close();
    }

    /** For a server that is not quite as all others. */
    EmbeddedSqlServerBuilder prepared(EmbeddedSqlServerBuilder builder) {
        return builder;
    }

    final EmbeddedSqlServer server() {
        return server;
    }

    final Path directory() {
        return directory;
    }

    final void awaitNoConnection() throws InterruptedException {
        while (server.connections() > 0) {
            Thread.sleep(1);
        }
    }

    /** Each row's values, with commas between. */
    final List<String> sql(String text) {
        out.getBuffer().setLength(0);
        assertThat(run("sql", url(null), "--format", "csv", "-c", text))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        return out.toString().lines().skip(1).toList();
    }

    final int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    /** @param table as in a URL; null for none */
    final String url(String table) {
        return url(server.port(), table);
    }

    static String url(int port, String table) {
        return "mssql://sa:pw@127.0.0.1:" + port + "/shop?encrypt=false" + (table == null ? "" : "&table=" + table);
    }
}
