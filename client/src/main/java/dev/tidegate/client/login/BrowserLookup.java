package dev.tidegate.client.login;

import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks SQL Server Browser for the TCP port of a named instance ([MC-SQLR] CLNT_UCAST_INST). Datagrams get lost, so it asks again. */
final class BrowserLookup {
    static final int PORT = 1434;

    private static final int ASK_INSTANCE = 0x04;
    private static final int ANSWER = 0x05;
    private static final int HEADER = 3;
    /** Longest answer about one instance, without its header ([MC-SQLR] 2.2.5). */
    private static final int MAX_TEXT = 1_024;

    private static final long RESEND_MILLIS = 500;

    private final String host;
    private final int browserPort;

    BrowserLookup(String host, int browserPort) {
        this.host = host;
        this.browserPort = browserPort;
    }

    /**
     * @param addresses of the host; only what comes from one of them, and from the port that was asked, is an answer
     * @throws IOException naming host and instance if there is no answer in time, the answer is none, or the instance has no TCP port
     */
    int port(List<InetAddress> addresses, String instance, Deadline deadline, AbortSignal signal) throws IOException {
        List<InetSocketAddress> asked = addresses.stream()
                .map(address -> new InetSocketAddress(address, browserPort))
                .toList();
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            signal.guard(selector);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            while (!deadline.isExpired()) {
                ask(channel, asked, instance);
                ByteBuffer answer = awaitAnswer(channel, selector, asked, instance, deadline);
                if (answer != null) {
                    return port(fields(answer), instance);
                }
            }
        } catch (ClosedSelectorException e) {
            throw new IOException("the look-up of instance '" + instance + "' of " + host + " was given up", e);
        }
        throw deadline.passed("SQL Server Browser on " + host + " (UDP " + browserPort
                + ") does not tell the port of instance '" + instance
                + "'; check that it runs and the instance exists, or give the port");
    }

    /** @throws IOException if not one of the addresses can be reached */
    private static void ask(DatagramChannel channel, List<InetSocketAddress> asked, String instance)
            throws IOException {
        byte[] name = instance.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer question = ByteBuffer.allocate(name.length + 2);
        question.put((byte) ASK_INSTANCE).put(name).put((byte) 0).flip();
        IOException failure = null;
        int sent = 0;
        for (InetSocketAddress address : asked) {
            try {
                channel.send(question.duplicate(), address);
                sent++;
            } catch (IOException e) {
                failure = e;
            }
        }
        if (sent == 0 && failure != null) {
            throw failure;
        }
    }

    /** Null if nothing came until it is time to ask again. What others send is not looked at, and makes nobody ask sooner. */
    private ByteBuffer awaitAnswer(
            DatagramChannel channel,
            Selector selector,
            List<InetSocketAddress> asked,
            String instance,
            Deadline deadline)
            throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(HEADER + MAX_TEXT + 1);
        long begin = System.nanoTime();
        long wait = Math.min(TimeUnit.MILLISECONDS.toNanos(RESEND_MILLIS), deadline.remainingNanos());
        for (long left = wait; left > 0; left = wait - (System.nanoTime() - begin)) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted while asking for instance '" + instance + "' of " + host);
            }
            SocketAddress sender = channel.receive(answer.clear());
            if (sender instanceof InetSocketAddress && asked.contains(sender)) {
                return answer.flip();
            }
        }
        return null;
    }

    /** Names and values in turn, as the server sends them. */
    private String[] fields(ByteBuffer answer) throws IOException {
        int claimed = answer.remaining() < HEADER ? -1 : (answer.get(1) & 0xFF) | (answer.get(2) & 0xFF) << 8;
        if (claimed < 0 || answer.get(0) != ANSWER) {
            throw noAnswer("it has no header");
        }
        if (claimed > MAX_TEXT || answer.remaining() > HEADER + MAX_TEXT) {
            throw noAnswer("it is longer than " + MAX_TEXT + " bytes");
        }
        if (claimed != answer.remaining() - HEADER) {
            throw noAnswer("it claims " + claimed + " bytes and has " + (answer.remaining() - HEADER));
        }
        return new String(answer.array(), HEADER, claimed, StandardCharsets.ISO_8859_1).split(";");
    }

    private IOException noAnswer(String why) {
        return new IOException("SQL Server Browser on " + host + " (UDP " + browserPort
                + ") sends an answer that is not one: " + why + "; give the port");
    }

    private int port(String[] fields, String instance) throws IOException {
        for (int i = 0; i + 1 < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase("InstanceName") && !fields[i + 1].equalsIgnoreCase(instance)) {
                throw noAnswer("it is about instance '" + fields[i + 1] + "', and '" + instance + "' was asked for");
            }
            if (fields[i].equalsIgnoreCase("tcp")) {
                return checkedPort(fields[i + 1], instance);
            }
        }
        throw new IOException("instance '" + instance + "' of " + host + " does not listen on TCP; enable it there");
    }

    private int checkedPort(String text, String instance) throws IOException {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535 || Integer.parseInt(text) == 0) {
            throw new IOException(
                    "SQL Server Browser on " + host + " says port '" + text + "' for instance '" + instance + "'");
        }
        return Integer.parseInt(text);
    }
}
