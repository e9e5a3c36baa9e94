package dev.tidegate.testkit.fault;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on 127.0.0.1 between a client and a server, which cuts, stalls, throttles or corrupts at a byte that the test names.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(server.port())) {
 *     proxy.onConnection(2, Fault.cut(Flow.TO_CLIENT, 512, Ending.RESET));
 *     … connect to proxy.port() …
 * }
 * }</pre>
 *
 * Connections are numbered from 1 in the order of accepting; a connection has the faults that were set when it was accepted. Nothing
 * is decided by time. Thread-safe. {@link #close} ends everything, in at most five seconds.
 */
public final class FaultProxy implements AutoCloseable {
    /** What becomes of new connections. */
    public enum Admission {
        /** They are passed on to the server. */
        PASS,
        /** They are accepted, and nothing is ever read or answered. */
        MUTE,
        /** Nobody listens: connecting fails at once. */
        REFUSE
    }

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private volatile InetSocketAddress target;
    private final int port;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition accepted = lock.newCondition();
    private final List<ProxiedConnection> connections = new ArrayList<>();
    /** Those that may still have a socket; of a long test's connections these are few. */
    private final List<ProxiedConnection> unfinished = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, List<Fault>> faults = new HashMap<>();
    private List<Fault> otherFaults = List.of();
    private Admission admission = Admission.PASS;
    private ServerSocket listener;
    private Thread acceptor;
    private boolean closed;

    private FaultProxy(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        startAccepting();
    }

    /** A proxy before a server on 127.0.0.1. */
    public static FaultProxy to(int serverPort) throws IOException {
        return new FaultProxy(target(serverPort));
    }

    /** A proxy before a server on some other machine. */
    public static FaultProxy to(String host, int serverPort) throws IOException {
        return new FaultProxy(new InetSocketAddress(InetAddress.getByName(host), serverPort));
    }

    private static InetSocketAddress target(int serverPort) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), serverPort);
    }

    /** As a cluster that fails over: connections to come go to another server on 127.0.0.1; those that are open stay. */
    public void failOver(int serverPort) {
        target = target(serverPort);
    }

    /** The port on 127.0.0.1 to connect to. */
    public int port() {
        return port;
    }

    /**
     * Sets the faults of one connection, in place of those set before.
     *
     * @param number from 1
     */
    public FaultProxy onConnection(int number, Fault... what) {
        locked(() -> faults.put(number, List.of(what)));
        return this;
    }

    /** Sets the faults of all connections to come that have none of their own. */
    public FaultProxy onOthers(Fault... what) {
        locked(() -> otherFaults = List.of(what));
        return this;
    }

    /** Takes all faults back, for connections to come. */
    public FaultProxy healed() {
        locked(() -> {
            faults.clear();
            otherFaults = List.of();
        });
        return this;
    }

    /** Decides on connections to come; those that are open stay. */
    public void admit(Admission what) throws IOException {
        Thread last = null;
        lock.lock();
        try {
            checkOpen();
            if (what == Admission.REFUSE) {
                listener.close();
                last = acceptor;
            } else if (listener.isClosed()) {
                listener = listenAgain(port);
                startAccepting();
            }
            admission = what;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            // Somebody who still accepts keeps the port open for a moment.
            join(last, System.nanoTime() + CLOSING.toNanos());
        }
    }

    /** As a server that goes down and comes up: resets all connections, then accepts new ones on the same port. */
    public void restart() throws IOException {
        admit(Admission.REFUSE);
        live().forEach(connection -> connection.cut(Ending.RESET));
        admit(Admission.PASS);
    }

    /** All connections so far, those that have ended included. */
    public List<ProxiedConnection> connections() {
        lock.lock();
        try {
            return List.copyOf(connections);
        } finally {
            lock.unlock();
        }
    }

    private List<ProxiedConnection> unfinished() {
        lock.lock();
        try {
            return List.copyOf(unfinished);
        } finally {
            lock.unlock();
        }
    }

    /** The connections that have not ended. */
    public List<ProxiedConnection> live() {
        lock.lock();
        try {
            return unfinished.stream().filter(connection -> !connection.isEnded()).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A connection, once it has been accepted.
     *
     * @param number from 1
     */
    public ProxiedConnection awaitConnection(int number, Duration limit) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            while (connections.size() < number) {
                if (nanos <= 0) {
                    throw new AssertionError("only " + connections.size() + " connections after " + limit.toMillis()
                            + " ms; waiting for number " + number);
                }
                nanos = accepted.awaitNanos(nanos);
            }
            return connections.get(number - 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for connection " + number, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        List<Thread> running;
        lock.lock();
        try {
            closed = true;
            listener.close();
            running = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        unfinished().forEach(ProxiedConnection::close);
        long deadline = System.nanoTime() + CLOSING.toNanos();
        for (Thread thread : running) {
            join(thread, deadline);
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            if (thread.isAlive()) {
                throw new AssertionError(thread.getName() + " still runs: " + List.of(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A closed listener has its port until the thread that waited in accept has left it, which is soon. */
    private static ServerSocket listenAgain(int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (; ; ) {
            try {
                return listen(port);
            } catch (BindException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 200);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void startAccepting() {
        ServerSocket socket = listener;
        acceptor = Thread.ofVirtual().name("fault-proxy-accept").start(() -> acceptAll(socket));
        threads.add(acceptor);
    }

    private void acceptAll(ServerSocket socket) {
        while (true) {
            Socket client;
            try {
                client = socket.accept();
            } catch (IOException e) {
                // The listener was closed.
                return;
            }
            begin(client);
        }
    }

    private void begin(Socket client) {
        lock.lock();
        try {
            if (admission == Admission.REFUSE) {
                // It came in the moment in which the listener was closed.
                throw new ConnectException("refused");
            }
            Socket server = admission == Admission.MUTE ? null : connect();
            ProxiedConnection connection = new ProxiedConnection(connections.size() + 1, client, server);
            connections.add(connection);
            unfinished.removeIf(ProxiedConnection::isFinished);
            unfinished.add(connection);
            threads.removeIf(thread -> !thread.isAlive());
            if (closed) {
                connection.close();
            } else if (server != null) {
                client.setTcpNoDelay(true);
                threads.addAll(connection.start(faults.getOrDefault(connection.number(), otherFaults)));
            }
        } catch (IOException e) {
            // The client gets no connection either.
            ProxiedConnection failed = new ProxiedConnection(connections.size() + 1, client, null);
            connections.add(failed);
            failed.cut(Ending.RESET);
        } finally {
            accepted.signalAll();
            lock.unlock();
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(target, (int) CLOSING.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the proxy is closed");
        }
    }

    private void locked(Runnable what) {
        lock.lock();
        try {
            checkOpen();
            what.run();
        } finally {
            lock.unlock();
        }
    }
}
