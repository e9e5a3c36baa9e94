package dev.tidegate.bench.replay;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;

/**
 * One client. Its requests are answered from memory where the same ones were answered before; all else, the login above all, is passed on to
 * the server, and the answers that come are kept. Of a request that is known, the first packet is compared, and of the rest the framing, the
 * length and a checksum.
 */
final class ReplayConnection {
    private static final int PIECE = 1 << 20;

    /** Process, number of the packet and window in a packet's header ([MS-TDS] 2.2.3.1). */
    private static final int NUMBERS_AT = 4;

    private final Socket client;
    private final Socket server;
    private final Map<ByteBuffer, Exchange> known;
    private final AtomicLong played;
    private final PacketInput requests;
    private final PacketInput answers;
    private final CRC32C checksum = new CRC32C();
    private long bytes;
    /** The request that the server is answering, if its answer is to be kept; set before the server has all of the request. */
    private volatile Asked asked;

    private record Asked(ByteBuffer first, Exchange.Digest request) {}

    /**
     * @param known exchanges by the first packet of their request, added to
     * @param played counts answers from memory
     */
    ReplayConnection(Socket client, Socket server, ConcurrentHashMap<ByteBuffer, Exchange> known, AtomicLong played)
            throws IOException {
        this.client = client;
        this.server = server;
        this.known = known;
        this.played = played;
        this.requests = new PacketInput(client.getInputStream());
        this.answers = new PacketInput(server.getInputStream());
    }

    /** Takes requests until the client closes its line or there is no answer; both lines are closed then. */
    void takeRequests() {
        try (client;
                server) {
            while (requests.next()) {
                if (keeps(requests.type())) {
                    answer(copy(requests));
                } else {
                    server.getOutputStream().write(requests.buffer(), requests.offset(), requests.length());
                }
            }
        } catch (IOException e) {
            // For the client this is a server that has gone: it fails, and tells where.
            return;
        }
    }

    /** Passes the server's answers on until it closes its line; both lines are closed then. */
    void takeAnswers() {
        try (client;
                server) {
            OutputStream out = client.getOutputStream();
            List<byte[]> pieces = new ArrayList<>();
            ByteArrayOutputStream piece = new ByteArrayOutputStream();
            while (answers.next()) {
                Asked now = asked;
                if (now != null) {
                    piece.write(answers.buffer(), answers.offset(), answers.length());
                    if (piece.size() >= PIECE || answers.isLast()) {
                        pieces.add(piece.toByteArray());
                        piece.reset();
                    }
                    if (answers.isLast()) {
                        // Before the client has it and can ask again.
                        known.put(now.first(), new Exchange(now.request(), List.copyOf(pieces)));
                        pieces.clear();
                        asked = null;
                    }
                }
                out.write(answers.buffer(), answers.offset(), answers.length());
            }
        } catch (IOException e) {
            // One of the two has gone; the other one learns it from its closed line.
            return;
        }
    }

    private void answer(ByteBuffer first) throws IOException {
        Exchange exchange = known.get(first);
        if (exchange == null) {
            pass(first);
            return;
        }
        checksum.reset();
        bytes = 0;
        take();
        while (!requests.isLast()) {
            nextOf(first);
            take();
        }
        if (!digest().equals(exchange.request())) {
            throw new IOException("a request goes on otherwise than the one that began like it");
        }
        played.incrementAndGet();
        exchange.play(client.getOutputStream());
    }

    private void pass(ByteBuffer first) throws IOException {
        checksum.reset();
        bytes = 0;
        OutputStream out = server.getOutputStream();
        take();
        while (!requests.isLast()) {
            out.write(requests.buffer(), requests.offset(), requests.length());
            nextOf(first);
            take();
        }
        asked = new Asked(first, digest());
        out.write(requests.buffer(), requests.offset(), requests.length());
    }

    private void nextOf(ByteBuffer first) throws IOException {
        if (!requests.next() || requests.type() != (first.get(0) & 0xFF)) {
            throw new IOException("a message ends without its last packet");
        }
    }

    private void take() {
        checksum.update(
                requests.buffer(), requests.offset() + TdsReader.HEADER_LENGTH, requests.length() - TdsReader.HEADER_LENGTH);
        bytes += requests.length();
    }

    private Exchange.Digest digest() {
        return new Exchange.Digest(bytes, (int) checksum.getValue());
    }

    /** A login depends on time and chance; an attention is answered by whoever is asked. */
    private static boolean keeps(int type) {
        return type == PacketType.SQL_BATCH.code()
                || type == PacketType.RPC.code()
                || type == PacketType.BULK_LOAD.code()
                || type == PacketType.TRANSACTION_MANAGER.code();
    }

    private static ByteBuffer copy(PacketInput packet) {
        ByteBuffer copy = ByteBuffer.allocate(packet.length());
        copy.put(packet.buffer(), packet.offset(), packet.length()).flip();
        // There are clients that number their packets through.
        return copy.putInt(NUMBERS_AT, 0);
    }
}
