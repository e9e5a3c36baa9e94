package dev.tidegate.tds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.Done;
import dev.tidegate.tds.token.ReturnStatus;
import dev.tidegate.tds.token.Token;
import dev.tidegate.tds.token.TokenReader;
import dev.tidegate.tds.token.TokenSamples;
import dev.tidegate.tds.token.TokenWriter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Lengths that are negative, huge or past the end, put over every byte of every message and token in turn, wherever a length may
 * stand: refused, or harmless because no length stood there; and never believed before the bytes are there.
 */
class LyingLengthsTest {
    private static final List<byte[]> LIES = Stream.of(
                    "FF",
                    "7F",
                    "80",
                    "FFFF",
                    "FF7F",
                    "0080",
                    "FFFFFFFF",
                    "FFFFFF7F",
                    "00000080",
                    "FEFFFFFF",
                    "FFFFFFFFFFFFFF7F",
                    "0000000000000080",
                    "FEFFFFFFFFFFFFFF")
            .map(Wire::hex)
            .toList();

    /** Longest payload in which every byte is tried; of longer ones every second, third or so. */
    private static final int EVERY_BYTE = 250;

    @Provide
    Arbitrary<MessageSample<?>> messages() {
        return MessageSamples.any();
    }

    @Provide
    Arbitrary<Token> tokens() {
        return TokenSamples.any(TdsVersion.V7_4);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void messages(@ForAll("messages") MessageSample<?> sample) throws IOException {
        lieEverywhere(sample.payload(), sample::read);
    }

    /** Every token that has a length anywhere must refuse at least one lie: else the lies would not reach the lengths. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aLieInALengthIsRefused(@ForAll("tokens") Token token) throws IOException {
        byte[] payload = Wire.payload(out -> new TokenWriter(out, TdsVersion.V7_4).write(token));
        boolean hasLength = !(token instanceof Done) && !(token instanceof ReturnStatus);
        int refused = lieEverywhere(payload, in -> new TokenReader(in, TdsVersion.V7_4).next());
        assertThat(refused > 0 || !hasLength).isTrue();
    }

    private static int lieEverywhere(byte[] payload, Wire.Reading<?> reading) throws IOException {
        int refused = 0;
        int step = payload.length / EVERY_BYTE + 1;
        for (int at = 0; at < payload.length; at += step) {
            for (byte[] lie : LIES) {
                byte[] bad = payload.clone();
                System.arraycopy(lie, 0, bad, at, Math.min(lie.length, bad.length - at));
                refused += HostileBytes.wasRefused(bad, 32_000, reading) ? 1 : 0;
            }
            byte[] oneMore = payload.clone();
            oneMore[at]++;
            refused += HostileBytes.wasRefused(oneMore, 7, reading) ? 1 : 0;
        }
        return refused;
    }
}
