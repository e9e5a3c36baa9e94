package dev.tidegate.bench.replay;

import dev.tidegate.tds.packet.PacketType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a server, and answers in the server's place what the server has answered once: the bytes are written to the
 * socket as they were recorded, in the packet size and the version of TDS that the client has agreed on. What a client sends and gets is
 * exactly what it would send to and get from the server; what the server's own work costs is gone from the second time on.
 *
 * <p>For clients that do the same over and over: a transaction that is played back is not open on the server. Encrypted may be the login
 * only. Thread-safe.
 */
public final class ReplayPeer implements AutoCloseable {
    private final int serverPort;
    private final ServerSocket listener;
    private final ConcurrentHashMap<ByteBuffer, Exchange> known = new ConcurrentHashMap<>();
    private final AtomicLong played = new AtomicLong();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ReplayPeer(int serverPort, ServerSocket listener) {
        this.serverPort = serverPort;
        this.listener = listener;
    }

    /** @param serverPort on 127.0.0.1, of a server that requires no encryption */
    public static ReplayPeer before(int serverPort) throws IOException {
        ReplayPeer peer = new ReplayPeer(serverPort, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().name("replay-accept").daemon().start(peer::accept);
        return peer;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Requests that were answered from memory by now. */
    public long played() {
        return played.get();
    }

    /** Bytes of the longest answer that is known by now, with its packets' headers. */
    public long largestAnswer() {
        return known.values().stream().mapToLong(Exchange::answerBytes).max().orElse(0);
    }

    /** Bytes of all bulk loads that are known by now, with their packets' headers. */
    public long bulkBytes() {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().get(0) == PacketType.BULK_LOAD.code())
                .mapToLong(entry -> entry.getValue().request().bytes())
                .sum();
    }

    private void accept() {
        while (!closed) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                // Closed, or a client that has given up: it will say so itself.
                continue;
            }
        }
    }

    private void serve(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        if (closed) {
            close();
        }
        ReplayConnection connection = new ReplayConnection(client, server, known, played);
        Thread.ofPlatform().name("replay-requests").daemon().start(() -> {
            connection.takeRequests();
            sockets.remove(client);
            sockets.remove(server);
        });
        Thread.ofPlatform().name("replay-answers").daemon().start(connection::takeAnswers);
    }

    /** Cuts all connections. */
    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
