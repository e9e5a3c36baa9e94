package dev.tidegate.server.front;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One client, from the accepted socket to the end of its session. {@link #close} may be called by any thread at any time. */
final class ServerConnection implements Runnable {
    private static final System.Logger LOG = System.getLogger("dev.tidegate.server");

    private final FrontSettings settings;
    private final Connections connections;
    private final Executor workers;
    private final int sessionId;
    private final Transport transport;
    private final IdleClock clock = new IdleClock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean loggedIn;

    ServerConnection(FrontSettings settings, Connections connections, Executor workers, Socket socket, int sessionId)
            throws IOException {
        this.settings = settings;
        this.connections = connections;
        this.workers = workers;
        this.sessionId = sessionId;
        this.transport = new Transport(socket, settings.loginBytes());
    }

    int sessionId() {
        return sessionId;
    }

    @Override
    public void run() {
        try {
            Client client = login();
            if (client != null) {
                serve(client);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            // Scanners, broken networks and impatient clients are everyday guests: worth a line only to those who look
            // for one.
            LOG.log(System.Logger.Level.DEBUG, () -> "connection with " + transport.peer() + " ended", e);
        } finally {
            transport.close();
            connections.remove(this, loggedIn);
            ended.countDown();
        }
    }

    private Client login() throws IOException {
        PreloginStep prelogin = new PreloginStep(settings, transport);
        Channel channel = prelogin.negotiate();
        return new LoginStep(settings, transport, sessionId, this::admit).login(prelogin.reader(), channel);
    }

    private boolean admit() {
        loggedIn = connections.admit();
        return loggedIn;
    }

    private void serve(Client client) throws IOException, InterruptedException {
        try {
            transport.loginDone();
            clock.idle();
            new RequestLoop(client, transport, workers, clock, settings.requestBytes()).run();
        } finally {
            client.session().close();
        }
    }

    /** Closes the connection if its login or its idleness takes longer than allowed. */
    void checkTime() {
        Duration limit = loggedIn ? settings.idleTime() : settings.loginTime();
        if (!limit.isZero() && clock.idleFor(limit)) {
            close();
        }
    }

    /** Cuts the connection; what runs in its session is cancelled, and the session closed, by its own threads. */
    void close() {
        transport.close();
    }

    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }
}
