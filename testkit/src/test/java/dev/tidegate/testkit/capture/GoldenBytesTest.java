package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.message.Login7;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every message of every capture is decoded, the client's as a server does it and the server's as a client does it, and encoded again:
 * the bytes must be the same, packet boundaries included.
 *
 * <p>In places the recorded peer had a choice and took another than our writers. Such a message must come out with the same contents
 * when it is decoded again:
 *
 * <ul>
 *   <li>LOGIN7, all of them: a field that is empty may have any offset (mssql-jdbc and jTDS write 0, others the place where it would
 *       stand), and tedious leaves a gap.
 *   <li>the messages that {@link #OTHER_CHOICES} counts for a capture.
 * </ul>
 */
@Timeout(60)
class GoldenBytesTest {
    private static final String SHORT_DECIMALS = "decimals in fewer bytes than their declared precision takes";
    private static final String UNKNOWN_LENGTH = "(max) values whose length is told as unknown";
    private static final String TEXT_POINTERS = "text pointers with bytes of their own in place of zeros";

    private static final Map<String, Choice> OTHER_CHOICES = new HashMap<>();

    static {
        other("bulk-all-types", 2, UNKNOWN_LENGTH + "; " + SHORT_DECIMALS + "; " + TEXT_POINTERS);
        other("freetds-types", 1, SHORT_DECIMALS + "; " + TEXT_POINTERS);
        other("jtds-batch-and-rpc", 3, SHORT_DECIMALS + "; " + TEXT_POINTERS);
        other("metadata-table", 1, TEXT_POINTERS);
        other("rows-120x6-packet512", 1, SHORT_DECIMALS);
        other("rows-300x6", 1, SHORT_DECIMALS);
        other("rpc-executesql-large-parameters", 1, UNKNOWN_LENGTH);
        other("rpc-executesql-parameters", 6, SHORT_DECIMALS);
        other("rpc-generated-keys", 3, SHORT_DECIMALS);
        other("rpc-prepare-then-execute", 6, SHORT_DECIMALS);
        other("rpc-prepexec-execute-unprepare", 10, SHORT_DECIMALS);
        other("rpc-prepexec-first-call", 6, SHORT_DECIMALS);
        other("rpc-procedure-outputs", 2, SHORT_DECIMALS);
        other("rpc-table-valued-parameter", 1, SHORT_DECIMALS);
        other("tedious-bulk", 1, UNKNOWN_LENGTH);
        other("tedious-bulk-duplicate", 1, UNKNOWN_LENGTH);
        other("tedious-rpc", 3, SHORT_DECIMALS + "; " + UNKNOWN_LENGTH);
        other("types-boundaries", 1, SHORT_DECIMALS + "; " + TEXT_POINTERS);
        other("types-decimals", 1, SHORT_DECIMALS);
        other("types-literals", 2, SHORT_DECIMALS);
        other("types-mixed-nulls", 1, SHORT_DECIMALS + "; " + TEXT_POINTERS);
        other("types-not-null-columns", 1, SHORT_DECIMALS);
        other("types-values", 1, SHORT_DECIMALS + "; " + TEXT_POINTERS);
    }

    /** How many messages of a capture were encoded with another choice than ours, and which. */
    private record Choice(int messages, String what) {}

    private static void other(String capture, int messages, String what) {
        OTHER_CHOICES.put(capture, new Choice(messages, what));
    }

    static Stream<Capture> captures() {
        return Captures.all().filter(capture -> !capture.isMalformed());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everyMessageIsDecodedAndEncodedToTheSameBytes(Capture capture) throws IOException {
        Choice allowed = OTHER_CHOICES.getOrDefault(capture.name(), new Choice(0, "nothing"));
        int others = 0;
        for (Dialogue.Decoded decoded : Dialogue.decode(capture)) {
            if (Dialogue.isGivenUp(decoded.message())) {
                continue;
            }
            byte[] wire = Encoding.encode(decoded.message(), decoded.packetSize(), out -> Dialogue.write(out, decoded));
            String written = Encoding.text(wire);
            String recorded = Encoding.text(decoded.message().bytes());
            if (!written.equals(recorded)) {
                others += decoded.content() instanceof Login7 ? 0 : 1;
                assertThat(others)
                        .as("messages that differ, for instance this one:%n%s%n%s%n", written, recorded)
                        .isLessThanOrEqualTo(allowed.messages());
                assertThat(Dialogue.readAgain(decoded, wire))
                        .usingRecursiveComparison()
                        .isEqualTo(decoded.content());
            }
        }
        assertThat(others).as("messages that differ in %s", allowed.what()).isEqualTo(allowed.messages());
    }

    @Test
    void everyCaptureIsThere() {
        assertThat(Captures.names()).hasSize(60).containsAll(OTHER_CHOICES.keySet());
        assertThat(Captures.all().mapToLong(c -> c.messages().size()).sum()).isEqualTo(901);
    }
}
