package dev.tidegate.testkit.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;

/**
 * One message as it was sent: all packets of one direction up to the one that ends it.
 *
 * @param step number of the step that it belongs to; 0 if the file does not tell
 * @param packets whole packets, headers included
 * @param complete false if the dialogue ended before the message did
 */
public record RecordedMessage(Direction direction, int step, List<byte[]> packets, boolean complete) {
    private static final int TYPE = 0;
    private static final int STATUS = 1;
    private static final int SPID = 4;

    public RecordedMessage {
        packets = List.copyOf(packets);
    }

    /** The type byte of the packets' headers. */
    public int type() {
        return packets.get(0)[TYPE] & 0xFF;
    }

    /** Status bits of the first packet, besides those that end the message. */
    public int firstStatus() {
        return packets.get(0)[STATUS] & 0xFF & ~lastStatusBits();
    }

    /** Status bits of the packet that ends the message. */
    public int lastStatus() {
        return packets.get(packets.size() - 1)[STATUS] & 0xFF;
    }

    /** The server's process id in the headers. */
    public int spid() {
        byte[] first = packets.get(0);
        return (first[SPID] & 0xFF) << 8 | (first[SPID + 1] & 0xFF);
    }

    /** All packets one after the other, as they were on the wire. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** A stream that ends after the message. */
    public InputStream stream() {
        return new ByteArrayInputStream(bytes());
    }

    /** The payloads one after the other. */
    public byte[] payload() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(packet -> all.write(packet, 8, packet.length - 8));
        return all.toByteArray();
    }

    private int lastStatusBits() {
        return packets.size() == 1 ? 0x03 : 0;
    }
}
