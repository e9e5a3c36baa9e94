package dev.tidegate.server.front;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * What the JDK's TLS takes for its socket: carries the records of a handshake inside PRELOGIN packets and all later ones as they are
 * ([MS-TDS] 2.2.6.5).
 *
 * <p>Incoming bytes tell by themselves which it is: a packet begins with 0x12, a TLS record never does. What the handshake writes is
 * held back until it wants to read, so that a whole flight goes out as one message, as clients expect it. Used by one thread until the
 * handshake is over; after that reading and writing may happen on two.
 */
final class TlsCarrier extends Socket {
    private static final int PRELOGIN = PacketType.PRELOGIN.code();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private volatile boolean packing;
    private boolean unpacking;
    private int packetLeft;

    /** @param packed whether the handshake travels in packets; false for TDS 8.0 */
    TlsCarrier(Socket socket, InputStream in, OutputStream out, boolean packed) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.packing = packed;
        this.unpacking = packed;
    }

    /** Sends what the handshake wrote last; later records travel without packets. */
    void handshakeDone() throws IOException {
        sendFlight();
        packing = false;
    }

    /** Sends what is held back: the alert of a handshake that failed. */
    void sendFlight() throws IOException {
        if (!packing || flight.size() == 0) {
            return;
        }
        byte[] bytes = flight.toByteArray();
        flight.reset();
        int most = TdsWriter.DEFAULT_PACKET_SIZE - TdsReader.HEADER_LENGTH;
        for (int sent = 0, id = 1; sent < bytes.length; id++) {
            int part = Math.min(most, bytes.length - sent);
            int length = part + TdsReader.HEADER_LENGTH;
            boolean last = sent + part == bytes.length;
            out.write(new byte[] {
                (byte) PRELOGIN,
                (byte) (last ? PacketStatus.EOM : PacketStatus.NORMAL),
                (byte) (length >>> 8),
                (byte) length,
                0,
                0,
                (byte) id,
                0
            });
            out.write(bytes, sent, part);
            sent += part;
        }
        out.flush();
    }

    private int receive(byte[] target, int offset, int length) throws IOException {
        if (!unpacking || length == 0) {
            return in.read(target, offset, length);
        }
        sendFlight();
        while (packetLeft == 0) {
            in.mark(1);
            int first = in.read();
            in.reset();
            if (first != PRELOGIN) {
                unpacking = false;
                return in.read(target, offset, length);
            }
            packetLeft = readPacketHeader();
        }
        int count = in.read(target, offset, Math.min(length, packetLeft));
        if (count > 0) {
            packetLeft -= count;
        }
        return count;
    }

    private int readPacketHeader() throws IOException {
        byte[] header = in.readNBytes(TdsReader.HEADER_LENGTH);
        if (header.length < TdsReader.HEADER_LENGTH) {
            throw new EOFException("the client went away during the TLS handshake");
        }
        int length = ((header[2] & 0xFF) << 8 | header[3] & 0xFF) - TdsReader.HEADER_LENGTH;
        if (length < 0) {
            throw new IOException("a packet of the TLS handshake is shorter than its header");
        }
        return length;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return receive(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return receive(target, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                (packing ? flight : out).write(bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                if (!packing) {
                    out.flush();
                }
            }
        };
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public InetAddress getInetAddress() {
        return socket.getInetAddress();
    }

    @Override
    public int getPort() {
        return socket.getPort();
    }

    @Override
    public int getLocalPort() {
        return socket.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
