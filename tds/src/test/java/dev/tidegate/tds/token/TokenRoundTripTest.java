package dev.tidegate.tds.token;

import static dev.tidegate.tds.Wire.payload;
import static dev.tidegate.tds.Wire.reader;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every token, in every version, whole and in pieces. */
class TokenRoundTripTest {
    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void aTokenComesBackWholeAndInPieces(@ForAll("cases") Case sample) throws IOException {
        Token token = sample.token();
        TdsVersion version = sample.version();
        byte[] wire = encode(token, version);

        if (wire.length < 3000) {
            assertThat(new TokenReader(reader(wire), version).next())
                    .usingRecursiveComparison()
                    .isEqualTo(token);
        }
        int step = Math.max(1, wire.length / 50);
        for (int at = 0; at <= wire.length; at += step) {
            TdsReader in = Wire.readerSplitAt(wire, at);
            assertThat(encode(new TokenReader(in, version).next(), version))
                    .as("cut at %d", at)
                    .isEqualTo(wire);
            assertThat(in.atEnd()).isTrue();
        }
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void aTokenThatIsCutIsRefused(@ForAll("cases") Case sample) throws IOException {
        TdsVersion version = sample.version();
        Wire.assertCutIsRefused(encode(sample.token(), version), in -> new TokenReader(in, version).next());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void aStreamOfTokensComesBackAtEveryPacketSize(@ForAll("streams") List<Token> tokens) throws IOException {
        byte[] wire = encode(tokens, TdsVersion.V7_4);

        for (int size : new int[] {1, 3, 503, 504, 505, Math.max(1, wire.length - 1), wire.length + 1}) {
            TdsReader in = reader(wire, size);
            TokenReader reader = new TokenReader(in, TdsVersion.V7_4);
            List<Token> read = new ArrayList<>();
            while (!in.atEnd()) {
                read.add(reader.next());
            }
            assertThat(encode(read, TdsVersion.V7_4)).isEqualTo(wire);
            assertThat(read).hasSameSizeAs(tokens);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aByteThatIsChangedIsAnErrorOrAnotherToken(
            @ForAll("tokens") Token token, @ForAll("positions") double where, @ForAll byte with) throws IOException {
        byte[] wire = encode(token, TdsVersion.V7_4);
        wire[(int) (where * wire.length)] = with;

        TdsReader in = reader(wire);
        TokenReader reader = new TokenReader(in, TdsVersion.V7_4);
        try {
            while (!in.atEnd()) {
                if (reader.next() instanceof RowMarker) {
                    return;
                }
            }
        } catch (TdsProtocolException | UnreadableValueException expected) {
            // The second is of a value whose collation nobody knows.
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static byte[] encode(Token token, TdsVersion version) throws IOException {
        return encode(List.of(token), version);
    }

    private static byte[] encode(List<Token> tokens, TdsVersion version) throws IOException {
        return payload(
                out -> {
                    TokenWriter writer = new TokenWriter(out, version);
                    for (Token token : tokens) {
                        writer.write(token);
                    }
                },
                512);
    }

    @Provide
    Arbitrary<Token> tokens() {
        return TokenSamples.any(TdsVersion.V7_4);
    }

    @Provide
    Arbitrary<List<Token>> streams() {
        return TokenSamples.any(TdsVersion.V7_4).list().ofMaxSize(8);
    }

    /** A token in the form of a version. */
    record Case(TdsVersion version, Token token) {}

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.of(Arrays.asList(TdsVersion.V7_1, TdsVersion.V7_2, TdsVersion.V7_4, TdsVersion.V8_0))
                .flatMap(version -> TokenSamples.any(version).map(token -> new Case(version, token)));
    }

    @Provide
    Arbitrary<Double> positions() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }
}
