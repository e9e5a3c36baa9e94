package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.tds.TdsProtocolException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server message that is no token stream ends in an error that says where it breaks; all before it can be read. */
@Timeout(30)
class MalformedCaptureTest {
    static Stream<Capture> captures() {
        return Captures.all().filter(Capture::isMalformed);
    }

    @ParameterizedTest
    @MethodSource("captures")
    void theBrokenMessageIsAnErrorWithItsPlace(Capture capture) throws IOException {
        List<RecordedMessage> messages = capture.messages();
        Dialogue dialogue = new Dialogue();
        for (RecordedMessage message : messages.subList(0, messages.size() - 1)) {
            dialogue.next(message);
        }

        assertThatThrownBy(() -> dialogue.next(messages.get(messages.size() - 1)))
                .isInstanceOfSatisfying(
                        TdsProtocolException.class,
                        e -> assertThat(e.position()).isBetween(16L, 18L))
                .hasMessageContaining("claims 170 bytes");
    }
}
