package dev.tidegate.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/** Payloads for tests: written, read, cut into packets of any size, cut short. */
public final class Wire {
    /** Writes a payload. */
    @FunctionalInterface
    public interface Writing {
        void to(TdsWriter out) throws IOException;
    }

    /** Reads a payload. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(TdsReader in) throws IOException;
    }

    private Wire() {}

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /** What the writing writes, without packet headers. */
    public static byte[] payload(Writing writing) throws IOException {
        return payload(writing, 4096);
    }

    public static byte[] payload(Writing writing, int packetSize) throws IOException {
        byte[] wire = message(PacketType.RESPONSE, writing, packetSize);
        TdsReader in = new TdsReader(new ByteArrayInputStream(wire));
        in.beginMessage();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        while (!in.atEnd()) {
            payload.write(in.buffer(), in.offset(), in.available());
            in.advance(in.available());
        }
        return payload.toByteArray();
    }

    /** A whole message as it goes to the wire, headers included. */
    public static byte[] message(PacketType type, Writing writing, int packetSize) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(wire, packetSize);
        out.begin(type);
        writing.to(out);
        out.end();
        return wire.toByteArray();
    }

    /** A reader of these bytes, headers among them, that gets one of them at a time, as from a slow network. */
    public static TdsReader trickle(byte[] wire) {
        return new TdsReader(new ByteArrayInputStream(wire) {
            @Override
            public synchronized int read(byte[] target, int from, int count) {
                return super.read(target, from, Math.min(count, 1));
            }
        });
    }

    /** A reader that stands at the begin of a message with this payload in one packet. */
    public static TdsReader reader(byte[] payload) throws IOException {
        return reader(payload, TdsReader.MAX_PACKET_LENGTH - TdsReader.HEADER_LENGTH);
    }

    /** The same, in packets with {@code size} bytes of payload each. */
    public static TdsReader reader(byte[] payload, int size) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int done = 0;
        do {
            int part = Math.min(size, payload.length - done);
            boolean last = done + part == payload.length;
            packet(wire, Arrays.copyOfRange(payload, done, done + part), last);
            done += part;
        } while (done < payload.length);
        return begin(wire);
    }

    /** The same, in two packets, the second beginning at {@code at}. */
    public static TdsReader readerSplitAt(byte[] payload, int at) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        packet(wire, Arrays.copyOf(payload, at), false);
        packet(wire, Arrays.copyOfRange(payload, at, payload.length), true);
        return begin(wire);
    }

    /** Reads the payload whole, in packets of several sizes, and cut in two at every byte: always the same must come out. */
    public static <T> void assertReadsBack(byte[] payload, Reading<T> reading, T expected) throws IOException {
        assertRead(reader(payload), reading, expected);
        assertRead(reader(payload, 1), reading, expected);
        assertRead(reader(payload, 7), reading, expected);
        int step = Math.max(1, payload.length / 200);
        for (int at = 0; at <= payload.length; at += step) {
            assertRead(readerSplitAt(payload, at), reading, expected);
        }
    }

    /** Ends the message at every byte before its end: each time the reading must fail as it does for a broken stream. */
    public static void assertCutIsRefused(byte[] payload, Reading<?> reading) throws IOException {
        assertCutIsHandled(payload, reading, true);
    }

    /** As {@link #assertCutIsRefused}, for messages without a length of their own: a shorter one may be as good. */
    public static void assertCutIsHandled(byte[] payload, Reading<?> reading) throws IOException {
        assertCutIsHandled(payload, reading, false);
    }

    private static void assertCutIsHandled(byte[] payload, Reading<?> reading, boolean mustFail) throws IOException {
        int step = Math.max(1, payload.length / 200);
        for (int length = 0; length < payload.length; length += step) {
            TdsReader in = reader(Arrays.copyOf(payload, length));
            try {
                Object got = reading.from(in);
                if (mustFail) {
                    fail("cut to %d of %d bytes, but read as %s", length, payload.length, got);
                }
            } catch (TdsProtocolException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static <T> void assertRead(TdsReader in, Reading<T> reading, T expected) throws IOException {
        T got = reading.from(in);
        assertThat(got).usingRecursiveComparison().isEqualTo(expected);
        assertThat(got).hasSameClassAs(expected);
        assertThat(in.atEnd()).isTrue();
    }

    private static TdsReader begin(ByteArrayOutputStream wire) throws IOException {
        TdsReader in = new TdsReader(new ByteArrayInputStream(wire.toByteArray()));
        in.beginMessage();
        return in;
    }

    private static void packet(ByteArrayOutputStream wire, byte[] payload, boolean last) {
        int length = payload.length + TdsReader.HEADER_LENGTH;
        wire.writeBytes(new byte[] {
            (byte) PacketType.RESPONSE.code(), (byte) (last ? 1 : 0), (byte) (length >>> 8), (byte) length, 0, 0, 1, 0
        });
        wire.writeBytes(payload);
    }
}
