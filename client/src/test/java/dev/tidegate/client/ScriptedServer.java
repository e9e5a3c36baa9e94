package dev.tidegate.client;

import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free loopback port that answers each connection by a script; what goes wrong in a script is thrown by {@link #close}. */
public final class ScriptedServer implements AutoCloseable {
    /** What the server does on one connection. */
    public interface Script {
        void play(ScriptedPeer peer) throws Exception;
    }

    private final ServerSocket socket;
    private final Script script;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    private ScriptedServer(Script script) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        this.script = script;
        start(this::acceptAll);
    }

    public static ScriptedServer start(Script script) throws IOException {
        return new ScriptedServer(script);
    }

    /** A server that lets everybody in before the script begins. */
    public static ScriptedServer afterLogin(Script script) throws IOException {
        return new ScriptedServer(peer -> {
            peer.acceptLogin();
            script.play(peer);
        });
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int accepted() {
        return accepted.get();
    }

    public ConnectionSettings.Builder settings() {
        return ConnectionSettings.builder()
                .host("127.0.0.1")
                .port(port())
                .login("sa", "secret")
                .set(ConnectionProperty.ENCRYPT, "false");
    }

    public TdsConnection connect() throws SQLException {
        return TdsConnection.open(settings().build());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : clients) {
            client.close();
        }
        for (Thread thread : threads) {
            join(thread);
        }
        for (Throwable failure : failures) {
            throw new AssertionError("the script failed", failure);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            Socket client;
            try {
                client = socket.accept();
            } catch (IOException e) {
                return;
            }
            clients.add(client);
            accepted.incrementAndGet();
            start(() -> play(client));
        }
    }

    private void play(Socket client) {
        try (client) {
            script.play(new ScriptedPeer(client));
        } catch (Exception | AssertionError e) {
            // A script that waits for more when the test has ended is no failure.
            if (!socket.isClosed()) {
                failures.add(e);
            }
        }
    }
}
