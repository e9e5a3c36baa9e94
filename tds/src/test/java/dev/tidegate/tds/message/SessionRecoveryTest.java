package dev.tidegate.tds.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.Wire;
import dev.tidegate.tds.message.SessionRecovery.State;
import dev.tidegate.tds.type.Collation;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionRecoveryTest {
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anySessionComesBackAndEveryCutIsRefused(@ForAll("states") State initial, @ForAll("states") State wanted)
            throws TdsProtocolException {
        SessionRecovery recovery = new SessionRecovery(initial, wanted);
        byte[] data = recovery.toBytes();
        assertThat(SessionRecovery.parse(data)).usingRecursiveComparison().isEqualTo(recovery);
        for (int length = 0; length < data.length; length += data.length / 60 + 1) {
            byte[] cut = Arrays.copyOf(data, length);
            assertThatThrownBy(() -> SessionRecovery.parse(cut)).isInstanceOf(TdsProtocolException.class);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aByteThatIsChangedIsAnErrorOrAnotherSession(
            @ForAll("states") State state, @ForAll("positions") double where, @ForAll byte with) {
        byte[] data = new SessionRecovery(state, state).toBytes();
        data[(int) (where * data.length)] = with;
        try {
            assertThat(SessionRecovery.parse(data)).isNotNull();
        } catch (TdsProtocolException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | has 0 bytes left",
                "FFFFFFFF 00 | too few for a state of 4294967295",
                "03000000 000000 | has 0 bytes left",
                "03000000 000000 03000000 000000 00 | of 15 bytes claims to have 14",
                "03000000 FF0000 03000000 000000 | claims 510 bytes; 2 are left",
                "04000000 00040000 03000000 000000 | claims 4 bytes; 2 are left",
                "05000000 0002000000 03000000 000000 | has 2 bytes, not 5",
                "05000000 0000000904 03000000 000000 | session state 9 claims 4 bytes; its set has 0 left",
                "07000000 00000009000900 03000000 000000 | session state 9 stands twice"
            })
    void whatLiesIsRefused(String hex, String because) {
        assertThatThrownBy(() -> SessionRecovery.parse(Wire.hex(hex)))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(because);
    }

    @Test
    void aFirstLoginSendsTheFeatureWithoutData() {
        assertThat(LoginFeature.sessionRecovery().data()).isEmpty();
        State tooLong = new State("d".repeat(256), null, "", Map.of());
        assertThatThrownBy(() -> new SessionRecovery(tooLong, tooLong).toBytes())
                .hasMessageContaining("at most 255");
    }

    @Provide
    Arbitrary<Double> positions() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }

    @Provide
    Arbitrary<State> states() {
        Arbitrary<Collation> collation = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 255))
                .as(Collation::new);
        Arbitrary<Map<Integer, byte[]>> states = Arbitraries.maps(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .ofMaxSize(5);
        Arbitrary<String> name = Arbitraries.strings().ofMaxLength(128);
        return Combinators.combine(name, collation.injectNull(0.3), name, states)
                .as(State::new);
    }
}
