package dev.tidegate.jdbc;

import dev.tidegate.server.EmbeddedSqlServer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Starts a server with its data in files and never closes it; for {@link ProcessExitTest}.
 *
 * <p>Arguments: whether to stay, folder, user, password. Prints the URL of the server.
 */
final class ServerProgram {
    private ServerProgram() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedSqlServer server = start(Path.of(arguments[1]), arguments[2], arguments[3]);
        System.out.println("url " + server.url());
        if (Boolean.parseBoolean(arguments[0])) {
            new CountDownLatch(1).await();
        }
    }

    static EmbeddedSqlServer start(Path folder, String user, String password) throws Exception {
        return EmbeddedSqlServer.builder()
                .directory(folder)
                .database("demo")
                .login(user, password)
                .start();
    }
}
