package dev.tidegate.server.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Accepts connections and owns them, their threads, and the backend. Thread-safe. */
public final class Listener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.tidegate.server");
    private static final int BACKLOG = 256;
    private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

    private final FrontSettings settings;
    private final ServerSocket socket;
    private final Connections connections;
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("tidegate-worker-", 1).daemon().factory());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tidegate-timer").daemon().factory());
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread acceptor = Thread.ofVirtual().name("tidegate-accept").unstarted(this::accept);

    private Listener(FrontSettings settings, ServerSocket socket) {
        this.settings = settings;
        this.socket = socket;
        this.connections = new Connections(settings.maxConnections());
    }

    /**
     * Binds the address and begins to accept.
     *
     * @throws IOException if the address cannot be bound; the backend is left to the caller
     */
    public static Listener start(FrontSettings settings) throws IOException {
        Listener listener = new Listener(settings, bind(settings.host(), settings.port()));
        listener.watchTimes();
        listener.acceptor.start();
        return listener;
    }

    private static ServerSocket bind(String host, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot listen on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    public String host() {
        return settings.host();
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int connections() {
        return connections.size();
    }

    public int preparedStatements() {
        return settings.backend().preparedStatements();
    }

    /** @return false if there is no such session */
    public boolean kill(int sessionId) {
        for (ServerConnection connection : connections.all()) {
            if (connection.sessionId() == sessionId) {
                connection.close();
                return true;
            }
        }
        return false;
    }

    private void watchTimes() {
        long login = settings.loginTime().toMillis();
        long idle = settings.idleTime().toMillis();
        long pause = Math.clamp((idle == 0 ? login : Math.min(login, idle)) / 4, 5, 1_000);
        timer.scheduleWithFixedDelay(
                () -> connections.all().forEach(ServerConnection::checkTime), pause, pause, TimeUnit.MILLISECONDS);
    }

    private void accept() {
        while (!closing.get()) {
            try {
                serve(socket.accept());
            } catch (IOException | RuntimeException e) {
                if (!closing.get()) {
                    LOG.log(System.Logger.Level.DEBUG, "a connection could not be accepted", e);
                    pause();
                }
            }
        }
    }

    private void serve(Socket accepted) throws IOException {
        if (connections.full()) {
            accepted.close();
            return;
        }
        int id = connections.nextId();
        ServerConnection connection;
        try {
            connection = new ServerConnection(settings, connections, workers, accepted, id);
        } catch (IOException e) {
            connections.releaseId(id);
            accepted.close();
            throw e;
        }
        connections.add(connection);
        if (closing.get()) {
            // The close may have looked for connections before this one was there.
            connection.close();
        }
        Thread.ofVirtual().name("tidegate-connection-" + id).start(connection);
    }

    /** Out of descriptors, most likely: trying again at once would only spin. */
    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops accepting, ends the sessions, then closes the backend. One thread does it, others wait for it. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            try {
                endConnections();
            } finally {
                closeBackend();
            }
        } else {
            awaitClosed();
        }
    }

    private void closeBackend() {
        try {
            settings.backend().close();
        } finally {
            closed.countDown();
        }
    }

    private void endConnections() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the listening socket could not be closed", e);
        }
        timer.shutdownNow();
        long deadline = System.nanoTime() + CLOSE_TIME.toNanos();
        boolean interrupted = false;
        try {
            // It may have a connection in hand that nobody knows of yet.
            acceptor.join(CLOSE_TIME);
        } catch (InterruptedException e) {
            interrupted = true;
            deadline = System.nanoTime();
        }
        connections.all().forEach(ServerConnection::close);
        for (ServerConnection connection : connections.all()) {
            try {
                connection.awaitEnd(deadline - System.nanoTime());
            } catch (InterruptedException e) {
                // The close goes on without patience: the backend ends what is left.
                interrupted = true;
                deadline = System.nanoTime();
            }
        }
        workers.shutdown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitClosed() {
        try {
            if (!closed.await(CLOSE_TIME.toMillis() * 2, TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.DEBUG, "the close that another thread began takes long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
