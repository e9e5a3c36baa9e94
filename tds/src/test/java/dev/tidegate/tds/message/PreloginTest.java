package dev.tidegate.tds.message;

import static dev.tidegate.tds.Wire.hex;
import static dev.tidegate.tds.Wire.payload;
import static dev.tidegate.tds.Wire.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.Wire;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreloginTest {
    /** [MS-TDS] 4.1. */
    private static final byte[] SAMPLE = hex("""
        00 00 1A 00 06 01 00 20 00 01 02 00 21 00 01 03 00 22 00 04 04 00 26 00 01 FF
        09 00 00 00 00 00 01 00 B8 0D 00 00 01
        """);

    /** [MS-SSTDS] 4.1: with the name of an instance. */
    private static final byte[] SAMPLE_WITH_INSTANCE = hex("""
        00 00 15 00 06 01 00 1B 00 01 02 00 1C 00 0C 03 00 28 00 04 FF
        08 00 01 55 00 00 00 4D 53 53 51 4C 53 65 72 76 65 72 00 80 19 00 00
        """);

    @Test
    void theSpecificationsSampleIsReadAndWritten() throws IOException {
        Prelogin sample = Prelogin.read(reader(SAMPLE));

        assertThat(sample.version()).isEqualTo(new ProgramVersion(9, 0, 0, 0));
        assertThat(sample.encryption()).isEqualTo(Encryption.ON);
        assertThat(sample.instance()).isEmpty();
        assertThat(sample.threadId()).isEqualTo(0xB80D0000L);
        assertThat(sample.mars()).isTrue();
        assertThat(sample.fedAuthRequired()).isNull();
        assertThat(sample.nonce()).isNull();
        assertThat(sample.traceId()).isNull();
        assertThat(payload(sample::write)).isEqualTo(SAMPLE);
    }

    @Test
    void theInstanceEndsAtItsZero() throws IOException {
        Prelogin sample = Prelogin.read(reader(SAMPLE_WITH_INSTANCE));

        assertThat(sample.version()).isEqualTo(new ProgramVersion(8, 0, 0x155, 0));
        assertThat(sample.instance()).isEqualTo("MSSQLServer");
        assertThat(sample.encryption()).isEqualTo(Encryption.OFF);
        assertThat(sample.mars()).isFalse();
        assertThat(payload(sample::write)).isEqualTo(SAMPLE_WITH_INSTANCE);
    }

    @Test
    void everyOptionThatIsBuiltIsReadBack() throws IOException {
        byte[] nonce = new byte[Prelogin.NONCE_LENGTH];
        nonce[31] = 7;
        byte[] traceId = new byte[Prelogin.TRACE_ID_LENGTH];
        traceId[0] = 9;
        Prelogin built = Prelogin.builder()
                .version(new ProgramVersion(16, 0, 4135, 4))
                .encryptionWithClientCertificate(Encryption.ON)
                .instance("sqlexpreß")
                .threadId(0xFFFF_FFFFL)
                .mars(false)
                .traceId(traceId)
                .fedAuthRequired(true)
                .nonce(nonce)
                .option(0xEE, (byte) 1, (byte) 2)
                .build();

        byte[] wire = payload(built::write);
        Wire.assertReadsBack(wire, Prelogin::read, built);
        Wire.assertCutIsRefused(wire, Prelogin::read);
        Prelogin read = Prelogin.read(reader(wire));
        assertThat(read.version()).hasToString("16.0.4135.4");
        assertThat(read.encryption()).isEqualTo(Encryption.ON);
        assertThat(read.clientCertificate()).isTrue();
        assertThat(read.instance()).isEqualTo("sqlexpreß");
        assertThat(read.threadId()).isEqualTo(0xFFFF_FFFFL);
        assertThat(read.traceId()).isEqualTo(traceId);
        assertThat(read.fedAuthRequired()).isTrue();
        assertThat(read.nonce()).isEqualTo(nonce);
        assertThat(read.option(0xEE)).contains(new byte[] {1, 2});
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void unknownOptionsSurvive(
            @ForAll @Size(max = 12) Map<@IntRange(min = 8, max = 254) Integer, @Size(max = 300) byte[]> options)
            throws IOException {
        Prelogin.Builder builder = Prelogin.builder().version(ProgramVersion.NONE);
        new LinkedHashMap<>(options).forEach(builder::option);
        Prelogin prelogin = builder.build();

        Wire.assertReadsBack(payload(prelogin::write), Prelogin::read, prelogin);
    }

    @Test
    void optionsMayShareTheirDataAndLeaveGaps() throws IOException {
        Prelogin prelogin = Prelogin.read(reader(hex("04 000C 0001 06 000C 0001 FF AA 01")));

        assertThat(prelogin.mars()).isTrue();
        assertThat(prelogin.fedAuthRequired()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', no terminator",
        "'00 001A', inside its list",
        "'04 0002 0001', no terminator",
        "'04 0006 0002 FF 01', outside the message of 7",
        "'04 FFFF FFFF FF 01', outside the message",
        "'04 000B 0001 04 000B 0001 FF 01', stands twice",
        "'04 0006 0000 FF 01', has 0 bytes",
        "'01 0006 0001 FF 04', encryption 0x4",
        "'00 0006 0001 FF 01', option 0 has 1 bytes",
        "'07 0006 0001 FF 01', option 7 has 1 bytes"
    })
    void whatLiesIsRefused(String hex, String because) {
        assertThatThrownBy(() -> Prelogin.read(reader(hex(hex))))
                .isInstanceOf(TdsProtocolException.class)
                .hasMessageContaining(because);
    }
}
