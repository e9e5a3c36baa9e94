package dev.tidegate.tds.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.TdsVersion;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.packet.TdsReader;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every type and value survives the wire, at every packet size, and is refused when cut. */
class ValueRoundTripTest {
    @Provide
    Arbitrary<TypedValue> values() {
        return TypedValue.any();
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsRead(@ForAll("values") TypedValue sent, @ForAll @IntRange(min = 1, max = 600) int packetPayload)
            throws IOException {
        Assume.that(sent.value() != null || sent.canBeNull());
        TdsReader in = Wire.reader(encode(sent), packetPayload);
        TypeInfo type = TypeInfoCodec.read(in, TdsVersion.V7_4);
        Object value = ValueCodec.read(in, type);

        assertThat(new TypedValue(type, value)).isEqualTo(sent);
        assertThat(in.atEnd()).isTrue();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsCutIsRefused(@ForAll("values") TypedValue sent, @ForAll @IntRange(min = 0, max = 99) int percent)
            throws IOException {
        Assume.that(sent.value() != null || sent.canBeNull());
        byte[] payload = encode(sent);
        byte[] cut = Arrays.copyOf(payload, payload.length * percent / 100);
        assertThatThrownBy(() -> {
                    TdsReader in = Wire.reader(cut, 100);
                    ValueCodec.read(in, TypeInfoCodec.read(in, TdsVersion.V7_4));
                })
                .isInstanceOf(TdsProtocolException.class);
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void arbitraryBytesAreAnAnswerOrAnIoException(@ForAll @Size(max = 60) byte[] bytes, @ForAll boolean request)
            throws IOException {
        TdsReader in = Wire.reader(bytes);
        try {
            TypeInfo type = request
                    ? TypeInfoCodec.readInRequest(in, TdsVersion.V7_4)
                    : TypeInfoCodec.read(in, TdsVersion.V7_4);
            ValueCodec.read(in, type);
        } catch (TdsProtocolException | UnreadableValueException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aByteThatIsChangedIsAnAnswerOrAnIoException(
            @ForAll("values") TypedValue sent, @ForAll @IntRange(max = 40) int at, @ForAll byte changed)
            throws IOException {
        Assume.that(sent.value() != null || sent.canBeNull());
        byte[] bytes = encode(sent);
        bytes[Math.min(at, bytes.length - 1)] = changed;
        TdsReader in = Wire.reader(bytes);
        try {
            ValueCodec.read(in, TypeInfoCodec.read(in, TdsVersion.V7_4));
        } catch (TdsProtocolException | UnreadableValueException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
        }
    }

    private static byte[] encode(TypedValue sent) throws IOException {
        return Wire.payload(out -> {
            TypeInfoCodec.write(out, sent.type(), TdsVersion.V7_4);
            ValueCodec.write(out, sent.type(), sent.value());
        });
    }
}
