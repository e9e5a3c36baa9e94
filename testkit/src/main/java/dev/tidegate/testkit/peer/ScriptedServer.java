package dev.tidegate.testkit.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A server on a free port of 127.0.0.1 that answers each connection by a script. What goes wrong in a script is thrown by {@link #close},
 * which ends everything, in at most ten seconds. Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean closed;

    private ScriptedServer(List<Script> scripts) throws IOException {
        this.scripts = List.copyOf(scripts);
        this.listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        start("scripted-accept", this::acceptAll);
    }

    /** @param scripts of the first connection, the second and so on; the last one serves all that come after */
    public static ScriptedServer start(Script... scripts) throws IOException {
        if (scripts.length == 0) {
            throw new IllegalArgumentException("a server needs a script");
        }
        return new ScriptedServer(List.of(scripts));
    }

    /** As {@link #start}; every client is let in before its script begins. */
    public static ScriptedServer afterLogin(Script... scripts) throws IOException {
        List<Script> whole = new ArrayList<>();
        for (Script script : scripts) {
            whole.add(peer -> {
                peer.acceptLogin();
                script.play(peer);
            });
        }
        return start(whole.toArray(Script[]::new));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections so far. */
    public int accepted() {
        return peers().size();
    }

    /** The ends of all connections so far, those that have ended included. */
    public List<ScriptedPeer> peers() {
        lock.lock();
        try {
            return List.copyOf(peers);
        } finally {
            lock.unlock();
        }
    }

    /** What went wrong in scripts so far. */
    public List<Throwable> failures() {
        lock.lock();
        try {
            return List.copyOf(failures);
        } finally {
            lock.unlock();
        }
    }

    /** @throws AssertionError if a script failed before; its cause is the first failure, the others are suppressed */
    @Override
    public void close() throws IOException {
        List<Thread> running;
        lock.lock();
        try {
            closed = true;
            running = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        listener.close();
        for (ScriptedPeer peer : peers()) {
            peer.release();
            peer.socket().close();
        }
        long deadline = System.nanoTime() + CLOSING.toNanos();
        for (Thread thread : running) {
            join(thread, deadline);
        }
        List<Throwable> all = failures();
        if (!all.isEmpty()) {
            AssertionError error =
                    new AssertionError("a script failed: " + all.get(0).getMessage(), all.get(0));
            all.subList(1, all.size()).forEach(error::addSuppressed);
            throw error;
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            thread.interrupt();
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                throw new AssertionError(thread.getName() + " still runs: " + List.of(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(String name, Runnable task) {
        lock.lock();
        try {
            threads.add(Thread.ofVirtual().name(name).start(task));
        } finally {
            lock.unlock();
        }
    }

    private void acceptAll() {
        while (true) {
            Socket client;
            try {
                client = listener.accept();
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
            ScriptedPeer peer = new ScriptedPeer(peers.size() + 1, client);
            peers.add(peer);
            if (closed) {
                client.close();
            } else {
                start("scripted-peer-" + peer.number(), () -> play(peer));
            }
        } catch (IOException e) {
            failures.add(e);
        } finally {
            lock.unlock();
        }
    }

    private void play(ScriptedPeer peer) {
        try (Socket socket = peer.socket()) {
            playOn(socket, peer);
        } catch (IOException e) {
            note(e);
        }
    }

    /** What goes wrong is noted before the socket is closed: whoever sees its end must find the failure. */
    private void playOn(Socket socket, ScriptedPeer peer) {
        try {
            socket.setTcpNoDelay(true);
            scripts.get(Math.min(peer.number(), scripts.size()) - 1).play(peer);
        } catch (Exception | AssertionError e) {
            note(e);
        }
    }

    private void note(Throwable failure) {
        lock.lock();
        try {
            // A script that waits for more when the test has ended is no failure.
            if (!closed) {
                failures.add(failure);
            }
        } finally {
            lock.unlock();
        }
    }
}
