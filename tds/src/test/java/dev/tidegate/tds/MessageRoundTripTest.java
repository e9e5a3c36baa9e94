package dev.tidegate.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.packet.PacketStatus;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Every message, in every version, at every packet size, however the bytes arrive. */
class MessageRoundTripTest {
    /** Longest payload whose records are compared field by field, which costs more than comparing bytes. */
    private static final int COMPARED_WHOLE = 1500;

    @Provide
    Arbitrary<MessageSample<?>> messages() {
        return MessageSamples.any();
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void aMessageComesBack(
            @ForAll("messages") MessageSample<?> sample, @ForAll @IntRange(min = 512, max = 1500) int packetSize)
            throws IOException {
        assertComesBack(sample, sample.payload(), packetSize);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void aMessageComesBackAtEveryPacketSize(@ForAll("messages") MessageSample<?> sample) throws IOException {
        byte[] payload = sample.payload();
        int most = Math.min(payload.length + TdsReader.HEADER_LENGTH + 1, 2 * TdsWriter.MIN_PACKET_SIZE);
        for (int size = TdsWriter.MIN_PACKET_SIZE; size <= most; size++) {
            assertComesBack(sample, payload, size);
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aMessageComesBackFromPacketsThatOthersCut(
            @ForAll("messages") MessageSample<?> sample, @ForAll @IntRange(min = 1, max = 40) int payloadSize)
            throws IOException {
        byte[] payload = sample.payload();
        assertReads(sample, payload, Wire.reader(payload, payloadSize));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aMessageThatIsCutIsRefusedOrIsAnother(@ForAll("messages") MessageSample<?> sample) throws IOException {
        if (sample.openEnded()) {
            Wire.assertCutIsHandled(sample.payload(), sample::read);
        } else {
            Wire.assertCutIsRefused(sample.payload(), sample::read);
        }
    }

    private static <T> void assertComesBack(MessageSample<T> sample, byte[] payload, int packetSize)
            throws IOException {
        byte[] wire = Wire.message(sample.type(), sample::write, packetSize);
        int room = packetSize - TdsReader.HEADER_LENGTH;
        int packets = Math.max(1, (payload.length + room - 1) / room);
        assertThat(wire).hasSize(payload.length + packets * TdsReader.HEADER_LENGTH);
        assertThat(IntStream.range(0, packets).map(i -> wire[i * packetSize + 1] & PacketStatus.EOM))
                .as("only the last packet ends the message")
                .allMatch(bit -> bit == 0 || bit == 1)
                .filteredOn(bit -> bit == 1)
                .hasSize(1);

        TdsReader in = Wire.trickle(wire);
        assertThat(in.beginMessage()).isEqualTo(sample.type());
        assertReads(sample, payload, in);
        assertThat(in.beginMessage()).isNull();
    }

    private static <T> void assertReads(MessageSample<T> sample, byte[] payload, TdsReader in) throws IOException {
        T read = sample.read(in);
        assertThat(in.atEnd()).isTrue();
        assertThat(in.position()).isEqualTo(payload.length);
        if (!Arrays.equals(sample.payloadOf(read), payload) || payload.length <= COMPARED_WHOLE) {
            assertThat(read).usingRecursiveComparison().isEqualTo(sample.value());
        }
        assertThat(sample.payloadOf(read)).isEqualTo(payload);
    }
}
