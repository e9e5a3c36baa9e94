package dev.tidegate.client.tls;

import dev.tidegate.client.transport.ByteTransport;
import dev.tidegate.client.transport.Patience;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Carries a TLS handshake as the payload of PRELOGIN messages ([MS-TDS] 2.2.6.5 and 3.2.5.2), one message a flight, and lets everything
 * through unchanged after it.
 */
final class PreloginFrames implements ByteTransport {
    private static final int PACKET = 4096;

    private final ByteTransport below;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();
    private final ByteBuffer header = ByteBuffer.allocate(TdsReader.HEADER_LENGTH);
    private int leftInPacket;
    private boolean through;

    PreloginFrames(ByteTransport below) {
        this.below = below;
    }

    /** The handshake is over: sends what is left of it; what follows has no frames. */
    void finish(Patience patience) throws IOException {
        sendFlight(patience);
        if (leftInPacket > 0) {
            throw new TdsProtocolException(leftInPacket + " bytes follow the TLS handshake in its PRELOGIN packet", -1);
        }
        through = true;
    }

    /** A flight ends where the handshake waits for the other side. */
    @Override
    public int read(ByteBuffer target, Patience patience) throws IOException {
        if (through) {
            return below.read(target, patience);
        }
        sendFlight(patience);
        while (leftInPacket == 0) {
            if (!readHeader(patience)) {
                return -1;
            }
        }
        int room = Math.min(leftInPacket, target.remaining());
        ByteBuffer part = target.slice(target.position(), room);
        int count = below.read(part, patience);
        if (count > 0) {
            leftInPacket -= count;
            target.position(target.position() + count);
        }
        return count;
    }

    @Override
    public void write(ByteBuffer source, Patience patience) throws IOException {
        if (through) {
            below.write(source, patience);
        } else {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            flight.writeBytes(bytes);
        }
    }

    @Override
    public long received() {
        return below.received();
    }

    @Override
    public long sent() {
        return below.sent();
    }

    @Override
    public boolean isQuiet() {
        return below.isQuiet();
    }

    @Override
    public boolean hasEnded() {
        return below.hasEnded();
    }

    @Override
    public void wake() {
        below.wake();
    }

    @Override
    public void close() {
        below.close();
    }

    private void sendFlight(Patience patience) throws IOException {
        byte[] bytes = flight.toByteArray();
        flight.reset();
        int most = PACKET - TdsReader.HEADER_LENGTH;
        for (int at = 0; at < bytes.length; at += most) {
            int count = Math.min(most, bytes.length - at);
            boolean last = at + count == bytes.length;
            ByteBuffer packet = ByteBuffer.allocate(TdsReader.HEADER_LENGTH + count);
            packet.put((byte) PacketType.PRELOGIN.code());
            packet.put((byte) (last ? PacketStatus.EOM : PacketStatus.NORMAL));
            packet.putShort((short) packet.capacity());
            packet.putShort((short) 0);
            packet.put((byte) (at / most + 1));
            packet.put((byte) 0);
            packet.put(bytes, at, count);
            below.write(packet.flip(), patience);
        }
    }

    private boolean readHeader(Patience patience) throws IOException {
        header.clear();
        while (header.hasRemaining()) {
            if (below.read(header, patience) < 0) {
                return false;
            }
        }
        int type = header.get(0) & 0xFF;
        // SQL Server answers a refused handshake with an ordinary response; 0x12 is what the specification says, 0x04
        // what servers send.
        if (type != PacketType.PRELOGIN.code() && type != PacketType.RESPONSE.code()) {
            throw new TdsProtocolException(
                    "packet type 0x" + Integer.toHexString(type) + " inside the TLS handshake", -1);
        }
        leftInPacket = (header.getShort(2) & 0xFFFF) - TdsReader.HEADER_LENGTH;
        if (leftInPacket < 0) {
            throw new TdsProtocolException(
                    "packet length " + (leftInPacket + TdsReader.HEADER_LENGTH) + " is below 8", -1);
        }
        return true;
    }
}
