package dev.tidegate.tds.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PacketRoundTripTest {
    @Property(tries = 300)
    void whatIsWrittenIsReadAtEveryPacketSize(
            @ForAll @Size(max = 5000) byte[] payload, @ForAll @IntRange(min = 512, max = 1100) int packetSize)
            throws IOException {
        TdsReader reader = new TdsReader(new ByteArrayInputStream(message(payload, packetSize)));

        assertThat(reader.beginMessage()).isEqualTo(PacketType.RPC);
        assertThat(reader.firstStatus() & PacketStatus.RESET_CONNECTION).isEqualTo(PacketStatus.RESET_CONNECTION);
        assertThat(reader.readBytes(payload.length, 5000, "payload")).isEqualTo(payload);
        assertThat(reader.atEnd()).isTrue();
        assertThat(reader.position()).isEqualTo(payload.length);
        assertThat(reader.beginMessage()).isNull();
    }

    @Test
    void everyPacketIsFullExceptTheLastAndOnlyThatEndsTheMessage() throws IOException {
        for (int length : new int[] {0, 1, 503, 504, 505, 1008, 1009}) {
            byte[] wire = message(new byte[length], 512);
            int packets = Math.max(1, (length + 503) / 504);
            assertThat(wire).as("length %d", length).hasSize(length + packets * 8);
            for (int i = 0; i < packets; i++) {
                boolean last = i == packets - 1;
                assertThat(wire[i * 512 + 1] & PacketStatus.EOM).isEqualTo(last ? PacketStatus.EOM : 0);
                assertThat(wire[i * 512 + 1] & PacketStatus.RESET_CONNECTION)
                        .isEqualTo(i == 0 ? PacketStatus.RESET_CONNECTION : 0);
                assertThat(wire[i * 512 + 6]).isEqualTo((byte) (i + 1));
            }
        }
    }

    @Test
    void aMessageCutAtAnyByteIsAnError() throws IOException {
        byte[] wire = message(new byte[1200], 512);
        for (int cut = 1; cut < wire.length; cut++) {
            TdsReader reader = new TdsReader(new ByteArrayInputStream(Arrays.copyOf(wire, cut)));
            assertThatThrownBy(() -> {
                        reader.beginMessage();
                        reader.skip(1200);
                    })
                    .as("cut at %d", cut)
                    .isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aMessageBeyondItsLimitIsAnErrorButTheNextOneCanBeRead() throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.write(message(new byte[3000], 512));
        wire.write(message(new byte[] {7}, 512));
        TdsReader reader = new TdsReader(new ByteArrayInputStream(wire.toByteArray()));
        reader.beginMessage();
        reader.limitMessage(2000);
        reader.skip(1500);
        assertThatThrownBy(() -> reader.skip(1500))
                .isInstanceOf(MessageTooLongException.class)
                .hasMessageContaining("more than 2000 bytes");
        reader.skipToEnd();
        assertThat(reader.beginMessage()).isEqualTo(PacketType.RPC);
        assertThat(reader.readUnsignedByte()).isEqualTo(7);
    }

    @Test
    void readingPastTheEndOfTheMessageNamesThePosition() throws IOException {
        TdsReader reader = new TdsReader(new ByteArrayInputStream(message(new byte[5], 512)));
        reader.beginMessage();
        reader.skip(3);
        assertThatThrownBy(reader::readLong)
                .isInstanceOfSatisfying(
                        TdsProtocolException.class,
                        e -> assertThat(e.position()).isEqualTo(3))
                .hasMessageContaining("6 bytes short");
    }

    @Test
    void headersThatLieAreRefused() {
        assertThatThrownBy(() -> read("05010008 00000100")).hasMessageContaining("unknown packet type 0x5");
        assertThatThrownBy(() -> read("04010007 00000100")).hasMessageContaining("packet length 7");
        assertThatThrownBy(() -> read("0401ffff 00000100")).hasMessageContaining("packet length 65535");
        assertThatThrownBy(() -> read("04000009 0000010000 0301000900000100 00"))
                .hasMessageContaining("packet type 0x3 inside");
    }

    @Test
    void aLengthThatLiesIsRefusedBeforeAnythingIsAllocated() throws IOException {
        TdsReader reader = new TdsReader(new ByteArrayInputStream(message(new byte[16], 512)));
        reader.beginMessage();
        assertThatThrownBy(() -> reader.readBytes(-1, 100, "a name"))
                .hasMessageContaining("a name claims a length of -1");
        assertThatThrownBy(() -> reader.readBytes(101, 100, "a name")).hasMessageContaining("at most 100");
        assertThatThrownBy(() -> reader.readBytes(2_000_000_000, Integer.MAX_VALUE, "a blob"))
                .isInstanceOf(TdsProtocolException.class);
    }

    private static void read(String hex) throws IOException {
        TdsReader reader = new TdsReader(new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", ""))));
        reader.beginMessage();
        reader.skip(2);
    }

    private static byte[] message(byte[] payload, int packetSize) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        TdsWriter writer = new TdsWriter(wire, packetSize);
        writer.begin(PacketType.RPC, PacketStatus.RESET_CONNECTION);
        writer.writeBytes(payload);
        writer.end();
        return wire.toByteArray();
    }
}
