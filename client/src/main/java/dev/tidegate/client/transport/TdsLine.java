package dev.tidegate.client.transport;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection as packets: the reader and the writer of the thread that runs a request. {@link #sendAttention}, {@link #wakeReader}
 * and {@link #close} may come from other threads.
 */
public final class TdsLine implements Closeable {
    private static final byte[] ATTENTION = {
        (byte) PacketType.ATTENTION.code(), (byte) PacketStatus.EOM, 0, TdsReader.HEADER_LENGTH, 0, 0, 1, 0
    };

    private final ReceiveStream receive;
    private final SendStream send;
    private final TdsReader reader;
    private final TdsWriter writer;
    private volatile ByteTransport transport;

    public TdsLine(ByteTransport transport) {
        this.transport = transport;
        this.receive = new ReceiveStream(transport);
        this.send = new SendStream(transport);
        this.reader = new TdsReader(receive);
        this.writer = new TdsWriter(send);
    }

    public TdsReader reader() {
        return reader;
    }

    public TdsWriter writer() {
        return writer;
    }

    public ByteTransport transport() {
        return transport;
    }

    /** Both directions go on through another layer; between messages only. */
    public void setTransport(ByteTransport layer) {
        receive.setTransport(layer);
        send.setTransport(layer);
        transport = layer;
    }

    public void setPatience(Patience patience) {
        receive.setPatience(patience);
        send.setPatience(patience);
    }

    /** Sends an attention ([MS-TDS] 2.2.1.7); the caller has made sure that nobody writes a message now. */
    public void sendAttention(Patience patience) throws IOException {
        transport.write(ByteBuffer.wrap(ATTENTION), patience);
    }

    /** Bytes that have come over the wire since the connection was made. Any thread. */
    public long received() {
        return transport.received();
    }

    /** Bytes that have gone over the wire since the connection was made. Any thread. */
    public long sent() {
        return transport.sent();
    }

    /** As {@link ByteTransport#isQuiet}; between requests only. */
    public boolean isQuiet() {
        return receive.isQuiet();
    }

    /** As {@link ByteTransport#hasEnded}; between requests only. */
    public boolean hasEnded() {
        return receive.hasEnded();
    }

    public void wakeReader() {
        transport.wake();
    }

    /** Waits, for no longer than the deadline, until the server has confirmed an attention; nothing can be read afterwards. */
    public void drainForClose(Deadline deadline) {
        receive.drainForClose(deadline);
    }

    /** Cuts the connection: whoever reads or writes gets an exception at once. */
    @Override
    public void close() {
        transport.close();
    }
}
