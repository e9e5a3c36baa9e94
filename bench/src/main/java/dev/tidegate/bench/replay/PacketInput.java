package dev.tidegate.bench.replay;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.TdsReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Packets of TDS, or records of TLS, as they stand on the line, many from one read of the socket. Nothing but their headers is looked at. Used
 * by one thread.
 */
public final class PacketInput {
    private static final int CAPACITY = 256 * 1024;
    private static final int LENGTH_AT = 2;
    private static final int TLS_FIRST_TYPE = 0x14;
    private static final int TLS_LAST_TYPE = 0x17;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int TLS_LENGTH_AT = 3;
    private static final int TLS_HEADER_LENGTH = 5;

    private final InputStream in;
    private final byte[] buffer = new byte[CAPACITY];
    private int offset;
    private int length;
    private int limit;

    public PacketInput(InputStream in) {
        this.in = in;
    }

    /**
     * Moves to the next packet, which is whole in {@link #buffer} then.
     *
     * @return false if the peer has closed the line, and no packet had begun
     * @throws IOException if the line fails, or the header is none
     */
    public boolean next() throws IOException {
        offset += length;
        length = 0;
        if (!fill(TdsReader.HEADER_LENGTH)) {
            return false;
        }
        boolean tls = isTls();
        int lengthAt = offset + (tls ? TLS_LENGTH_AT : LENGTH_AT);
        int announced = ((buffer[lengthAt] & 0xFF) << 8 | buffer[lengthAt + 1] & 0xFF) + (tls ? TLS_HEADER_LENGTH : 0);
        if (announced < TdsReader.HEADER_LENGTH || announced > TdsReader.MAX_PACKET_LENGTH) {
            throw new IOException("a packet of " + announced + " bytes is none of TDS");
        }
        if (!fill(announced)) {
            throw new EOFException("the line ended within a packet");
        }
        length = announced;
        return true;
    }

    /** A login that is encrypted stands on the line as records of TLS, whose types are none of TDS. */
    private boolean isTls() {
        return type() >= TLS_FIRST_TYPE && type() <= TLS_LAST_TYPE && buffer[offset + 1] == TLS_MAJOR_VERSION;
    }

    private boolean fill(int wanted) throws IOException {
        if (buffer.length - offset < wanted) {
            System.arraycopy(buffer, offset, buffer, 0, limit - offset);
            limit -= offset;
            offset = 0;
        }
        while (limit - offset < wanted) {
            int got = in.read(buffer, limit, buffer.length - limit);
            if (got < 0) {
                if (limit == offset) {
                    return false;
                }
                throw new EOFException("the line ended within a packet");
            }
            limit += got;
        }
        return true;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** Where the packet begins, with its header. */
    public int offset() {
        return offset;
    }

    /** Of the packet, in bytes, header included. */
    public int length() {
        return length;
    }

    /** The code of its {@code PacketType}. */
    public int type() {
        return buffer[offset] & 0xFF;
    }

    /** Whether it ends its message. */
    public boolean isLast() {
        return (buffer[offset + 1] & PacketStatus.EOM) != 0;
    }
}
