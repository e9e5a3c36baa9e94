package dev.tidegate.tds.packet;

import dev.tidegate.tds.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes messages and cuts them into packets ([MS-TDS] 2.2.3).
 *
 * <p>The payload is built contiguously behind eight spare bytes. A packet's header is put over the eight bytes before its payload;
 * those belong to the packet before it, which has been sent already. So no payload byte is copied to make room for a header.
 *
 * <p>Two ways to write: the {@code write…} methods; and, for hot loops, {@link #ensure} followed by direct stores into {@link
 * #buffer()} from {@link #offset()} on, then {@link #advance}. Not thread-safe.
 */
public final class TdsWriter {
    /** Largest count that {@link #ensure} takes. */
    public static final int MAX_ENSURE = 16 * 1024;

    /** The packet size of a connection before the login has agreed on another. */
    public static final int DEFAULT_PACKET_SIZE = 4096;

    /** The smallest packet size that can be negotiated. */
    public static final int MIN_PACKET_SIZE = 512;

    private final OutputStream out;
    private byte[] buffer;
    private int packetSize;
    /** Where the payload that has not been sent begins. */
    private int start;

    private int offset;
    private PacketType type;
    private int nextStatus;
    private int packetId;
    private int spid;
    private boolean firstPacketSent;
    /** Payload bytes of the current message that have left. */
    private long sent;

    public TdsWriter(OutputStream out) {
        this(out, DEFAULT_PACKET_SIZE);
    }

    /** @param packetSize bytes a packet, header included, 512 to 32,767 */
    public TdsWriter(OutputStream out, int packetSize) {
        this.out = out;
        setPacketSize(packetSize);
    }

    /** Takes effect with the next message; must not be called inside one. */
    public void setPacketSize(int packetSize) {
        if (packetSize < MIN_PACKET_SIZE || packetSize > TdsReader.MAX_PACKET_LENGTH) {
            throw new IllegalArgumentException("packet size " + packetSize + " is outside " + MIN_PACKET_SIZE + " to "
                    + TdsReader.MAX_PACKET_LENGTH);
        }
        this.packetSize = packetSize;
        this.buffer = new byte[TdsReader.HEADER_LENGTH + 2 * packetSize + MAX_ENSURE];
        this.start = TdsReader.HEADER_LENGTH;
        this.offset = start;
    }

    public int packetSize() {
        return packetSize;
    }

    /** The server's process id in the headers of its packets; zero in those of a client. */
    public void setSpid(int spid) {
        this.spid = spid;
    }

    /** Begins a message; {@code status} holds the bits of its first packet besides EOM ({@link PacketStatus}). */
    public void begin(PacketType type, int status) {
        this.type = type;
        this.nextStatus = status;
        this.start = TdsReader.HEADER_LENGTH;
        this.offset = start;
        this.packetId = 1;
        this.firstPacketSent = false;
        this.sent = 0;
    }

    public void begin(PacketType type) {
        begin(type, PacketStatus.NORMAL);
    }

    /** Sends what is left with the end-of-message bit. */
    public void end() throws IOException {
        finish(PacketStatus.EOM);
    }

    /** Ends the message so that the receiver ignores it: how a bulk load is given up. */
    public void abort() throws IOException {
        finish(PacketStatus.EOM | PacketStatus.IGNORE);
    }

    /** True once a packet of the current message has left: from then on it cannot be taken back silently. */
    public boolean anySent() {
        return firstPacketSent;
    }

    /** Payload bytes of the current message that have been written so far. */
    public long position() {
        return sent + (offset - start);
    }

    /**
     * Takes back what was written after a {@link #position}.
     *
     * @return false, and nothing changed, if some of it has been sent already
     */
    public boolean truncate(long position) {
        if (position < sent || position > position()) {
            return false;
        }
        offset = start + (int) (position - sent);
        return true;
    }

    /** Sends all payload written so far, in packets that may be short; the message goes on. */
    public void flush() throws IOException {
        sendFullPackets();
        if (offset > start) {
            send(offset - start, 0);
        }
        rewind();
        out.flush();
    }

    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Makes room for {@code count} bytes (at most {@link #MAX_ENSURE}) at {@link #offset()}; sends full packets if need be. */
    public void ensure(int count) throws IOException {
        if (buffer.length - offset < count) {
            sendFullPackets();
            rewind();
        }
    }

    public void advance(int count) {
        offset += count;
    }

    public void writeByte(int value) throws IOException {
        ensure(1);
        buffer[offset++] = (byte) value;
    }

    public void writeShort(int value) throws IOException {
        ensure(2);
        LittleEndian.putShort(buffer, offset, (short) value);
        offset += 2;
    }

    public void writeInt(int value) throws IOException {
        ensure(4);
        LittleEndian.putInt(buffer, offset, value);
        offset += 4;
    }

    public void writeLong(long value) throws IOException {
        ensure(8);
        LittleEndian.putLong(buffer, offset, value);
        offset += 8;
    }

    public void writeShortBigEndian(int value) throws IOException {
        writeShort(Short.reverseBytes((short) value));
    }

    public void writeIntBigEndian(int value) throws IOException {
        writeInt(Integer.reverseBytes(value));
    }

    public void writeBytes(byte[] bytes) throws IOException {
        writeBytes(bytes, 0, bytes.length);
    }

    public void writeBytes(byte[] bytes, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, MAX_ENSURE);
            ensure(part);
            System.arraycopy(bytes, from + done, buffer, offset, part);
            offset += part;
            done += part;
        }
    }

    /** UTF-16LE code units without a length. Unpaired surrogates pass through unchanged. */
    public void writeUtf16(CharSequence text) throws IOException {
        int length = text.length();
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, MAX_ENSURE / 2);
            ensure(part * 2);
            for (int i = 0; i < part; i++) {
                LittleEndian.putShort(buffer, offset + 2 * i, (short) text.charAt(done + i));
            }
            offset += part * 2;
            done += part;
        }
    }

    /** B_VARCHAR ([MS-TDS] 2.2.5.2.2). */
    public void writeBVarchar(String text) throws IOException {
        checkLength(text, 255);
        writeByte(text.length());
        writeUtf16(text);
    }

    /** US_VARCHAR ([MS-TDS] 2.2.5.2.2). */
    public void writeUsVarchar(String text) throws IOException {
        checkLength(text, 65_535);
        writeShort(text.length());
        writeUtf16(text);
    }

    private static void checkLength(String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    "text of " + text.length() + " characters does not fit; at most " + most);
        }
    }

    private void finish(int status) throws IOException {
        sendFullPackets();
        send(offset - start, status);
        start = TdsReader.HEADER_LENGTH;
        offset = start;
        out.flush();
    }

    /** Keeps at least one byte back, so that the packet that ends the message is never empty unless the message is. */
    private void sendFullPackets() throws IOException {
        int payload = packetSize - TdsReader.HEADER_LENGTH;
        while (offset - start > payload) {
            send(payload, 0);
        }
    }

    private void send(int payload, int endStatus) throws IOException {
        int header = start - TdsReader.HEADER_LENGTH;
        int length = payload + TdsReader.HEADER_LENGTH;
        buffer[header] = (byte) type.code();
        buffer[header + 1] = (byte) (nextStatus | endStatus);
        buffer[header + 2] = (byte) (length >>> 8);
        buffer[header + 3] = (byte) length;
        buffer[header + 4] = (byte) (spid >>> 8);
        buffer[header + 5] = (byte) spid;
        buffer[header + 6] = (byte) packetId++;
        buffer[header + 7] = 0;
        out.write(buffer, header, length);
        firstPacketSent = true;
        nextStatus = PacketStatus.NORMAL;
        start += payload;
        sent += payload;
    }

    private void rewind() {
        int unsent = offset - start;
        System.arraycopy(buffer, start, buffer, TdsReader.HEADER_LENGTH, unsent);
        start = TdsReader.HEADER_LENGTH;
        offset = start + unsent;
    }
}
