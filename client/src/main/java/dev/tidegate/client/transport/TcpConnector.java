package dev.tidegate.client.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Connects to the first address of a host that answers: one after the other, each with its share of the time that is left, or all at
 * once. Keep-alive and no-delay are set.
 */
public final class TcpConnector {
    private final String host;
    private final int port;

    public TcpConnector(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** As {@link #connect(List, boolean, Deadline, AbortSignal)}, for a caller who will not give it up. */
    public TcpTransport connect(List<InetAddress> addresses, boolean together, Deadline deadline) throws IOException {
        return connect(addresses, together, deadline, new AbortSignal());
    }

    /**
     * @param addresses of the host, in the order of preference; not empty
     * @param together whether to try all at once
     * @throws IOException naming host and port, and what each address answered; a {@link DeadlineException} if the deadline has passed;
     *     also once the signal has come
     */
    public TcpTransport connect(List<InetAddress> addresses, boolean together, Deadline deadline, AbortSignal signal)
            throws IOException {
        List<String> failures = new ArrayList<>();
        if (together) {
            SocketChannel channel = firstOf(addresses, deadline.remainingNanos(), failures, signal);
            if (channel != null) {
                return new TcpTransport(channel);
            }
        } else {
            for (int i = 0; i < addresses.size(); i++) {
                long left = deadline.remainingNanos();
                long share = left == Long.MAX_VALUE ? left : left / (addresses.size() - i);
                SocketChannel channel = firstOf(List.of(addresses.get(i)), share, failures, signal);
                if (channel != null) {
                    return new TcpTransport(channel);
                }
            }
        }
        String answers = "cannot connect to " + host + ":" + port + ": " + String.join("; ", failures);
        if (deadline.isExpired()) {
            throw deadline.passed(answers);
        }
        throw new ConnectException(answers
                + ". Check that the server runs, that TCP/IP is enabled in it, that this is its port, and that"
                + " no firewall is in between");
    }

    private SocketChannel firstOf(List<InetAddress> addresses, long nanos, List<String> failures, AbortSignal signal)
            throws IOException {
        long start = System.nanoTime();
        List<SocketChannel> pending = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            signal.guard(selector);
            for (InetAddress address : addresses) {
                SocketChannel channel = begin(address, selector, pending, failures);
                if (channel != null) {
                    return channel;
                }
            }
            while (!pending.isEmpty()) {
                long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    selector.keys().stream()
                            .filter(key -> pending.contains((SocketChannel) key.channel()))
                            .forEach(key -> failures.add(name(key) + " did not answer in time"));
                    return null;
                }
                selector.select(left == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1);
                if (Thread.currentThread().isInterrupted()) {
                    throw new ConnectException("interrupted while connecting to " + host + ":" + port);
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    SocketChannel channel = (SocketChannel) key.channel();
                    if (finish(channel, key, pending, failures)) {
                        return channel;
                    }
                }
                selector.selectedKeys().clear();
            }
            return null;
        } catch (ClosedSelectorException e) {
            throw new ConnectException("connecting to " + host + ":" + port + " was given up");
        } finally {
            signal.release();
            pending.forEach(Quietly::close);
        }
    }

    /** The channel if it is connected at once, as loopback addresses may be. */
    private SocketChannel begin(
            InetAddress address, Selector selector, List<SocketChannel> pending, List<String> failures)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        // From here on it is closed with the others, also if an abort closes the selector under it.
        pending.add(channel);
        SocketAddress target = new InetSocketAddress(address, port);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            if (channel.connect(target)) {
                pending.remove(channel);
                return channel;
            }
            channel.register(selector, SelectionKey.OP_CONNECT, address);
        } catch (IOException e) {
            pending.remove(channel);
            Quietly.close(channel);
            failures.add(address.getHostAddress() + " says " + e.getMessage());
        }
        return null;
    }

    private static boolean finish(
            SocketChannel channel, SelectionKey key, List<SocketChannel> pending, List<String> failures) {
        pending.remove(channel);
        try {
            if (channel.finishConnect()) {
                key.cancel();
                return true;
            }
        } catch (IOException e) {
            failures.add(name(key) + " says " + e.getMessage());
        }
        Quietly.close(channel);
        return false;
    }

    private static String name(SelectionKey key) {
        return ((InetAddress) key.attachment()).getHostAddress();
    }
}
