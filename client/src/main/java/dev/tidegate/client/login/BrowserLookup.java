package dev.tidegate.client.login;

import dev.tidegate.client.transport.AbortSignal;
import dev.tidegate.client.transport.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    /** Longest answer: 64 KiB with its header. */
    private static final int MAX_ANSWER = 65_535 + HEADER;

    private static final long RESEND_MILLIS = 500;

    private final String host;
    private final int browserPort;

    BrowserLookup(String host, int browserPort) {
        this.host = host;
        this.browserPort = browserPort;
    }

    /** @throws IOException naming host and instance if there is no answer in time, or the instance has no TCP port */
    int port(List<InetAddress> addresses, String instance, Deadline deadline, AbortSignal signal) throws IOException {
        byte[] name = instance.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer question = ByteBuffer.allocate(name.length + 2);
        question.put((byte) ASK_INSTANCE).put(name).put((byte) 0).flip();
        try (DatagramChannel channel = DatagramChannel.open();
                Selector selector = Selector.open()) {
            signal.guard(selector);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER);
            while (!deadline.isExpired()) {
                for (InetAddress address : addresses) {
                    channel.send(question.duplicate(), new InetSocketAddress(address, browserPort));
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()) + 1;
                selector.select(Math.min(RESEND_MILLIS, left));
                selector.selectedKeys().clear();
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted while asking for instance '" + instance + "' of " + host);
                }
                answer.clear();
                if (channel.receive(answer) != null) {
                    return parse(answer.flip(), instance);
                }
            }
        } catch (ClosedSelectorException e) {
            throw new IOException("the look-up of instance '" + instance + "' of " + host + " was given up", e);
        }
        throw deadline.passed("SQL Server Browser on " + host + " (UDP " + browserPort
                + ") does not tell the port of instance '" + instance
                + "'; check that it runs and the instance exists, or give the port");
    }

    private int parse(ByteBuffer answer, String instance) throws IOException {
        int claimed = answer.remaining() < HEADER ? -1 : (answer.get(1) & 0xFF) | (answer.get(2) & 0xFF) << 8;
        if (claimed < 0 || answer.get(0) != ANSWER || claimed > answer.remaining() - HEADER) {
            throw new IOException("SQL Server Browser on " + host + " sends an answer that is not one");
        }
        String text = new String(answer.array(), HEADER, claimed, StandardCharsets.ISO_8859_1);
        String[] fields = text.split(";");
        for (int i = 0; i + 1 < fields.length; i += 2) {
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
