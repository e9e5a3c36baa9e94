package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ServerMessage;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What FreeTDS printed follows from the decoded answers, as far as FreeTDS does not format it in a manner of its own. */
@Timeout(60)
class ClientOutputTest {
    private static final String DATABASE_CHANGED = "Changed database context";

    static Stream<Capture> captures() {
        return Captures.all().filter(capture -> capture.name().contains("freetds"));
    }

    @ParameterizedTest
    @MethodSource("captures")
    void messagesAndResultsAreThosePrinted(Capture capture) throws IOException {
        List<String> output = capture.steps()
                .get(0)
                .expectations(Expectation.ClientOutput.class)
                .map(Expectation.ClientOutput::line)
                .toList();
        String all = String.join("\n", output);
        Answer answer = Answer.of(Dialogue.decode(capture), 0);

        for (ServerMessage message : answer.messages) {
            // tsql keeps some messages of the login to itself
            if (message.error() || message.text().startsWith(DATABASE_CHANGED)) {
                assertThat(all).contains(message.text());
            }
        }
        if (capture.name().contains("bcp")) {
            return;
        }
        for (Answer.Result result : answer.results) {
            assertThat(output)
                    .contains(result.columns.stream().map(Column::name).collect(Collectors.joining("\t")));
            for (Object[] row : result.rows) {
                assertThat(output).anyMatch(line -> isPrinted(row, line));
            }
            assertThat(all).contains("(" + result.rows.size() + " row");
        }
    }

    private static boolean isPrinted(Object[] row, String line) {
        String[] cells = line.split("\t", -1);
        for (int i = 0; i < row.length; i++) {
            if (cells.length != row.length || !isPrintedCell(row[i], cells[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintedCell(Object value, String cell) {
        if (value == null) {
            return cell.equals("NULL");
        } else if (value instanceof Boolean bit) {
            return cell.equals(bit ? "1" : "0");
        } else if (value instanceof byte[] bytes) {
            return cell.equals(HexFormat.of().formatHex(bytes));
        } else if (value instanceof UUID uuid) {
            return cell.equals(uuid.toString().toUpperCase(Locale.ROOT));
        } else if (value instanceof Number || value instanceof String) {
            return cell.equals(value.toString());
        }
        // dates and times are printed in the form of the C library
        return !cell.isEmpty();
    }
}
