package dev.tidegate.tds.packet;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads messages packet by packet and presents each as one contiguous payload ([MS-TDS] 2.2.3).
 *
 * <p>Two ways to read: the {@code read…} methods, which check and advance; and, for hot loops, {@link #require} followed by direct
 * access to {@link #buffer()} from {@link #offset()} on, then {@link #advance}. Only the unread tail is moved when the buffer is
 * refilled, so offsets obtained before a {@code require} are invalid after it.
 *
 * <p>Pull-based: a packet is taken from the stream only when its bytes are asked for. Not thread-safe.
 */
public final class TdsReader {
    /** Length of a packet header in bytes. */
    public static final int HEADER_LENGTH = 8;

    /** The largest packet, header included, that TDS allows. */
    public static final int MAX_PACKET_LENGTH = 32_767;

    /** Bytes of the buffer that are never filled: whoever reads several at once need not look for the end. */
    public static final int SPARE = 8;

    private static final int INITIAL_CAPACITY = 16 * 1024;

    private final InputStream in;
    private final byte[] header = new byte[HEADER_LENGTH];
    private byte[] buffer = new byte[INITIAL_CAPACITY];
    private int offset;
    private int limit;

    /** Payload bytes of the packet read last: as many as the next one is expected to have; the rest of a longer one is waited for. */
    private int lastLength;

    /** Payload bytes of the current message that were dropped from the front of the buffer. */
    private long dropped;

    /** Payload bytes that the current message may have. */
    private long mostPayload = Long.MAX_VALUE;

    private PacketType type;
    private int firstStatus;
    private int lastStatus = PacketStatus.EOM;

    public TdsReader(InputStream in) {
        this.in = in;
    }

    /**
     * Waits for the next message and reads its first packet. What was left of the message before is skipped.
     *
     * @return the type of the message, or null if the stream ended before its first byte
     */
    public PacketType beginMessage() throws IOException {
        skipToEnd();
        offset = 0;
        limit = 0;
        dropped = 0;
        mostPayload = Long.MAX_VALUE;
        int first = in.read();
        if (first < 0) {
            return null;
        }
        header[0] = (byte) first;
        readFully(header, 1, HEADER_LENGTH - 1);
        type = PacketType.ofCode(first)
                .orElseThrow(() -> new TdsProtocolException(
                        "unknown packet type 0x" + Integer.toHexString(first) + "; the peer does not speak TDS", -1));
        firstStatus = header[1] & 0xFF;
        readPayload();
        return type;
    }

    /**
     * Bounds the payload of the current message from its second packet on: to read beyond it fails with a {@link
     * MessageTooLongException}, after which {@link #skipToEnd} still leads to the next message.
     *
     * @param bytes of payload
     */
    public void limitMessage(long bytes) {
        mostPayload = bytes;
    }

    /** Type of the current message. */
    public PacketType type() {
        return type;
    }

    /** Status bits of the first packet of the current message: where RESETCONNECTION stands. */
    public int firstStatus() {
        return firstStatus;
    }

    /** Status bits of the packet read last. */
    public int lastStatus() {
        return lastStatus;
    }

    /** Offset of the next unread byte within the message's payload. */
    public long position() {
        return dropped + offset;
    }

    /** True when every byte of the message has been read; may wait for the next packet to know. */
    public boolean atEnd() throws IOException {
        while (offset == limit) {
            if (lastPacketRead()) {
                return true;
            }
            nextPacket();
            checkLength();
        }
        return false;
    }

    /** Skips what is left of the message. */
    public void skipToEnd() throws IOException {
        offset = limit;
        while (!lastPacketRead()) {
            nextPacket();
            offset = limit;
        }
    }

    /**
     * Makes the next {@code count} bytes contiguous in {@link #buffer()} from {@link #offset()} on.
     *
     * @throws TdsProtocolException if the message ends before
     */
    public void require(int count) throws IOException {
        while (limit - offset < count) {
            if (lastPacketRead()) {
                throw new TdsProtocolException(
                        "the message ends " + (count - (limit - offset)) + " bytes short of what it announced",
                        position());
            }
            nextPacket();
            checkLength();
        }
    }

    private void checkLength() throws MessageTooLongException {
        if (dropped + limit > mostPayload) {
            throw new MessageTooLongException(mostPayload, position());
        }
    }

    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Bytes readable now without touching the stream. */
    public int available() {
        return limit - offset;
    }

    /** Moves past bytes that {@link #require} made available. */
    public void advance(int count) {
        offset += count;
    }

    /**
     * Adds the next packet to what is available; waits for it.
     *
     * @return false if the message has no more
     */
    public boolean extend() throws IOException {
        if (lastPacketRead()) {
            return false;
        }
        nextPacket();
        checkLength();
        return true;
    }

    /** Adds packets that have come already, until so many bytes are available. Waits for nothing but the rest of a packet that has begun. */
    public void gather(int count) throws IOException {
        while (limit - offset < count && !lastPacketRead() && in.available() >= lastLength + HEADER_LENGTH) {
            extend();
        }
    }

    public int peekUnsignedByte() throws IOException {
        require(1);
        return buffer[offset] & 0xFF;
    }

    public int readUnsignedByte() throws IOException {
        require(1);
        return buffer[offset++] & 0xFF;
    }

    public int readUnsignedShort() throws IOException {
        require(2);
        int value = LittleEndian.getUnsignedShort(buffer, offset);
        offset += 2;
        return value;
    }

    public int readInt() throws IOException {
        require(4);
        int value = LittleEndian.getInt(buffer, offset);
        offset += 4;
        return value;
    }

    public long readUnsignedInt() throws IOException {
        return readInt() & 0xFFFF_FFFFL;
    }

    public long readLong() throws IOException {
        require(8);
        long value = LittleEndian.getLong(buffer, offset);
        offset += 8;
        return value;
    }

    /** Big-endian, as PRELOGIN and LOGINACK have them. */
    public int readIntBigEndian() throws IOException {
        return Integer.reverseBytes(readInt());
    }

    /**
     * Copies the next bytes out. The length is a claim of the peer: nothing is allocated beyond what has arrived.
     *
     * @param limit largest length accepted
     * @param what what the bytes are, for the error text
     */
    public byte[] readBytes(long length, int limit, String what) throws IOException {
        checkClaim(length, limit, what);
        byte[] bytes = new byte[(int) Math.min(length, 64 * 1024)];
        int done = 0;
        while (done < length) {
            if (done == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, (int) Math.min(length, bytes.length * 2L));
            }
            require(1);
            int part = Math.min(available(), bytes.length - done);
            System.arraycopy(buffer, offset, bytes, done, part);
            offset += part;
            done += part;
        }
        return bytes;
    }

    /** Reads {@code chars} UTF-16LE code units, unpaired surrogates as they are. */
    public String readUtf16(long chars, int limit, String what) throws IOException {
        checkClaim(chars, limit, what);
        byte[] bytes = readBytes(chars * 2, Integer.MAX_VALUE, what);
        return Utf16.decode(bytes);
    }

    /** B_VARCHAR: a byte that counts UTF-16 code units, then these ([MS-TDS] 2.2.5.2.2). */
    public String readBVarchar(String what) throws IOException {
        return readUtf16(readUnsignedByte(), 255, what);
    }

    /** US_VARCHAR: two bytes that count UTF-16 code units, then these ([MS-TDS] 2.2.5.2.2). */
    public String readUsVarchar(String what) throws IOException {
        return readUtf16(readUnsignedShort(), 65_535, what);
    }

    public void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            require(1);
            int part = (int) Math.min(left, available());
            offset += part;
            left -= part;
        }
    }

    private void checkClaim(long length, int limit, String what) throws TdsProtocolException {
        if (length < 0 || length > limit) {
            throw new TdsProtocolException(
                    what + " claims a length of " + length + "; at most " + limit + " is allowed", position());
        }
    }

    private boolean lastPacketRead() {
        return (lastStatus & PacketStatus.EOM) != 0;
    }

    private void nextPacket() throws IOException {
        readFully(header, 0, HEADER_LENGTH);
        if ((header[0] & 0xFF) != type.code()) {
            throw new TdsProtocolException(
                    "packet type 0x" + Integer.toHexString(header[0] & 0xFF) + " inside a message of type " + type,
                    position());
        }
        readPayload();
    }

    private void readPayload() throws IOException {
        lastStatus = header[1] & 0xFF;
        int length = ((header[2] & 0xFF) << 8 | (header[3] & 0xFF)) - HEADER_LENGTH;
        if (length < 0 || length > MAX_PACKET_LENGTH - HEADER_LENGTH) {
            throw new TdsProtocolException(
                    "packet length " + (length + HEADER_LENGTH) + " is outside 8 to " + MAX_PACKET_LENGTH, position());
        }
        makeRoom(length);
        readFully(buffer, limit, length);
        limit += length;
        lastLength = length;
    }

    private void makeRoom(int count) {
        int needed = count + SPARE;
        if (buffer.length - limit >= needed) {
            return;
        }
        int unread = limit - offset;
        byte[] target =
                buffer.length >= unread + needed ? buffer : new byte[Math.max(buffer.length * 2, unread + needed)];
        System.arraycopy(buffer, offset, target, 0, unread);
        dropped += offset;
        buffer = target;
        offset = 0;
        limit = unread;
    }

    private void readFully(byte[] target, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int got = in.read(target, from + done, count - done);
            if (got < 0) {
                throw new EOFException("the connection was closed by the peer in the middle of a message");
            }
            done += got;
        }
    }
}
