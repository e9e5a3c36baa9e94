package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real answers in other packets than they came in, and answers that end too early. */
@Timeout(120)
class CutCaptureTest {
    /** Places at which a message is cut. */
    private static final int CUTS = 15;

    static Stream<Capture> captures() {
        return Captures.all().filter(capture -> !capture.isMalformed());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void anAnswerInTwoPacketsIsTheSame(Capture capture) throws IOException {
        for (Dialogue.Decoded decoded : answers(capture)) {
            byte[] payload = decoded.message().payload();
            byte[] expected = encode(decoded, (TokenStream) decoded.content());
            for (int at = 0; at <= payload.length; at += step(payload)) {
                ByteArrayOutputStream wire = new ByteArrayOutputStream();
                packets(wire, Arrays.copyOf(payload, at), false);
                packets(wire, Arrays.copyOfRange(payload, at, payload.length), true);
                assertThat(encode(decoded, read(decoded, wire)))
                        .as("cut at %d", at)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("captures")
    void anAnswerThatEndsEarlyIsAnErrorOrItsBeginning(Capture capture) throws IOException {
        for (Dialogue.Decoded decoded : answers(capture)) {
            byte[] payload = decoded.message().payload();
            List<Object> whole = ((TokenStream) decoded.content()).items();
            for (int length = 0; length < payload.length; length += step(payload)) {
                ByteArrayOutputStream wire = new ByteArrayOutputStream();
                packets(wire, Arrays.copyOf(payload, length), true);
                try {
                    List<Object> part = read(decoded, wire).items();
                    assertThat(part).hasSizeLessThan(whole.size());
                    assertThat(kinds(part)).isEqualTo(kinds(whole).subList(0, part.size()));
                } catch (TdsProtocolException expected) {
                    assertThat(expected.position()).isBetween(0L, (long) length);
                }
            }
        }
    }

    private static List<Dialogue.Decoded> answers(Capture capture) throws IOException {
        return Dialogue.decode(capture).stream()
                .filter(decoded -> decoded.message().direction() == Direction.SERVER)
                .filter(decoded -> decoded.content() instanceof TokenStream)
                .toList();
    }

    private static TokenStream read(Dialogue.Decoded decoded, ByteArrayOutputStream wire) throws IOException {
        TdsReader in = new TdsReader(new ByteArrayInputStream(wire.toByteArray()));
        in.beginMessage();
        return TokenStream.read(in, decoded.version(), ((TokenStream) decoded.content()).known());
    }

    private static byte[] encode(Dialogue.Decoded decoded, TokenStream tokens) throws IOException {
        return Encoding.encode(decoded.message(), 4096, out -> tokens.write(out, decoded.version()));
    }

    private static List<Object> kinds(List<Object> items) {
        return items.stream()
                .<Object>map(item -> item instanceof Row row ? (Object) row.marker() : item.getClass())
                .toList();
    }

    /** Big messages in few places, small ones at every byte. */
    private static int step(byte[] payload) {
        return Math.max(1, payload.length / CUTS);
    }

    /** Writes packets of any size that a header can tell. */
    private static void packets(ByteArrayOutputStream wire, byte[] payload, boolean last) {
        int most = TdsReader.MAX_PACKET_LENGTH - TdsReader.HEADER_LENGTH;
        int done = 0;
        do {
            int part = Math.min(most, payload.length - done);
            boolean end = last && done + part == payload.length;
            int length = part + TdsReader.HEADER_LENGTH;
            wire.writeBytes(new byte[] {4, (byte) (end ? 1 : 0), (byte) (length >>> 8), (byte) length, 0, 0, 0, 0});
            wire.write(payload, done, part);
            done += part;
        } while (done < payload.length);
    }
}
