package dev.tidegate.testkit.capture;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.PacketType;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Encodes a message as its recorded sender did: packet size, status bits and process id are those of the recording. */
final class Encoding {
    private static final int PACKET_ID = 6;

    /** Writes a payload. */
    @FunctionalInterface
    interface Writing {
        void to(TdsWriter out) throws IOException;
    }

    private Encoding() {}

    static byte[] encode(RecordedMessage like, int packetSize, Writing writing) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter out = new TdsWriter(wire, packetSize);
        out.setSpid(like.spid());
        out.begin(PacketType.ofCode(like.type()).orElseThrow(), like.firstStatus());
        writing.to(out);
        if ((like.lastStatus() & PacketStatus.IGNORE) != 0) {
            out.abort();
        } else {
            out.end();
        }
        return wire.toByteArray();
    }

    /** Cuts a stream into its packets. */
    static List<byte[]> packets(byte[] wire) {
        List<byte[]> packets = new ArrayList<>();
        int at = 0;
        while (at < wire.length) {
            int length = (wire[at + 2] & 0xFF) << 8 | (wire[at + 3] & 0xFF);
            packets.add(Arrays.copyOfRange(wire, at, at + length));
            at += length;
        }
        return packets;
    }

    /**
     * The packets in hex, one a line, without their numbers: peers number from 0, from 1, or not at all, and nobody looks at the
     * numbers.
     */
    static String text(byte[] wire) {
        return packets(wire).stream()
                .map(packet -> {
                    byte[] copy = packet.clone();
                    copy[PACKET_ID] = 0;
                    return HexFormat.of().formatHex(copy);
                })
                .collect(Collectors.joining("\n"));
    }
}
