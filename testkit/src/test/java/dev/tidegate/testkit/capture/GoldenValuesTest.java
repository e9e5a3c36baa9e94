package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.token.Column;
import dev.tidegate.tds.token.ReturnValue;
import dev.tidegate.tds.token.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server's messages decode to what the recording client got: columns, rows, update counts, messages, return values, output
 * parameters.
 */
@Timeout(60)
class GoldenValuesTest {
    /**
     * The server answers with more results than the client passes on: what sp_prepare tells of the columns to come, and results of
     * requests that were cancelled.
     */
    private static final Set<String> HIDDEN_RESULTS =
            Set.of("jtds-prepare-modes", "rpc-prepare-then-execute", "tedious-attention");

    /** The driver gives columns of catalog procedures the names that JDBC has for them, and leaves some out. */
    private static final String RENAMED_COLUMNS = "metadata-table";

    /** The driver hides the column by which a server cursor tells the state of a row. */
    private static final String HIDDEN_COLUMN = "rpc-server-cursor";

    /** Expectations of one step, or of a whole capture whose packets are not marked, and what the server answered to it. */
    private record Exchange(Capture capture, List<Expectation> expectations, Answer answer) {
        <E extends Expectation> List<E> expected(Class<E> kind) {
            return expectations.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .toList();
        }
    }

    static Stream<Capture> captures() {
        return Captures.all().filter(capture -> !capture.isMalformed());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void valuesAreThoseThatTheClientGot(Capture capture) throws IOException {
        for (Exchange exchange : exchanges(capture)) {
            assertResults(exchange);
            assertCounts(exchange);
            assertMessages(exchange, true);
            assertMessages(exchange, false);
            assertReturns(exchange);
        }
    }

    private static List<Exchange> exchanges(Capture capture) throws IOException {
        List<Dialogue.Decoded> dialogue = Dialogue.decode(capture);
        if (!capture.hasStepMarks()) {
            List<Expectation> all = capture.steps().stream()
                    .flatMap(step -> step.expectations().stream())
                    .toList();
            return List.of(new Exchange(capture, all, Answer.of(dialogue, 0)));
        }
        return capture.steps().stream()
                .filter(step -> !step.expectations().isEmpty())
                .map(step -> new Exchange(capture, step.expectations(), Answer.of(dialogue, step.number())))
                .toList();
    }

    private static void assertResults(Exchange exchange) {
        Iterator<Answer.Result> results = exchange.answer().results.iterator();
        Answer.Result result = null;
        int row = 0;
        for (Expectation expectation : exchange.expectations()) {
            if (expectation instanceof Expectation.Columns columns) {
                result = next(exchange, results, columns.columns());
                row = 0;
                assertColumns(exchange.capture(), result.columns, columns.columns());
            } else if (expectation instanceof Expectation.Row expected) {
                assertRow(exchange.capture(), result.rows.get(row++), expected.cells());
            } else if (expectation instanceof Expectation.Unlisted unlisted) {
                row = unlisted.last();
                assertThat(hash(exchange.capture(), result.rows)).isEqualTo(unlisted.sha256());
            } else if (expectation instanceof Expectation.RowCount count && result != null) {
                assertThat(result.rows).hasSize((int) count.count()).hasSize(row);
                result = null;
            }
        }
    }

    private static Answer.Result next(Exchange exchange, Iterator<Answer.Result> results, List<String> columns) {
        Answer.Result result = results.next();
        String name = exchange.capture().name();
        while (HIDDEN_RESULTS.contains(name) && (result.rows.isEmpty() || result.columns.size() != columns.size())) {
            result = results.next();
        }
        while (RENAMED_COLUMNS.equals(name) && result.columns.size() != columns.size()) {
            result = results.next();
        }
        return result;
    }

    private static void assertColumns(Capture capture, List<Column> columns, List<String> texts) {
        assertThat(columns).hasSize(texts.size() + (HIDDEN_COLUMN.equals(capture.name()) ? 1 : 0));
        for (int i = 0; i < texts.size(); i++) {
            Column column = columns.get(i);
            boolean matches = RENAMED_COLUMNS.equals(capture.name())
                    ? RecordedColumn.typeMatches(column, texts.get(i))
                    : RecordedColumn.matches(column, texts.get(i));
            assertThat(matches)
                    .as("%s was recorded as %s", column, texts.get(i))
                    .isTrue();
        }
    }

    private static void assertRow(Capture capture, Object[] values, List<String> cells) {
        assertThat(values).hasSize(cells.size() + (HIDDEN_COLUMN.equals(capture.name()) ? 1 : 0));
        for (int i = 0; i < cells.size(); i++) {
            assertThat(RecordedValue.matches(values[i], cells.get(i)))
                    .as("column %d: %s was recorded as %s", i, values[i], cells.get(i))
                    .isTrue();
        }
    }

    private static String hash(Capture capture, List<Object[]> rows) {
        int hidden = HIDDEN_COLUMN.equals(capture.name()) ? 1 : 0;
        String text = rows.stream()
                .map(row -> Arrays.stream(row, 0, row.length - hidden)
                                .map(RecordedValue::text)
                                .collect(Collectors.joining(" | "))
                        + "\n")
                .collect(Collectors.joining());
        return RecordedValue.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertCounts(Exchange exchange) {
        List<Long> expected = new ArrayList<>();
        boolean ofResult = false;
        for (Expectation expectation : exchange.expectations()) {
            if (expectation instanceof Expectation.Columns) {
                ofResult = true;
            } else if (expectation instanceof Expectation.UpdateCount count) {
                expected.add(count.count());
            } else if (expectation instanceof Expectation.UpdateCounts counts) {
                expected.addAll(counts.counts());
            } else if (expectation instanceof Expectation.RowsLoaded loaded) {
                expected.add(loaded.count());
            } else if (expectation instanceof Expectation.RowCount count) {
                // tedious counts rows where there is no result, too; 0 then stands for no count at all
                if (!ofResult && count.count() > 0) {
                    expected.add(count.count());
                }
                ofResult = false;
            }
        }
        if (!expected.isEmpty()) {
            assertThat(exchange.answer().updateCounts).isEqualTo(expected);
        }
    }

    private static void assertMessages(Exchange exchange, boolean error) {
        List<Expectation.Message> expected = exchange.expected(Expectation.Message.class).stream()
                .filter(message -> message.error() == error)
                // with number 0 it is the client's own
                .filter(message -> message.fromServer() || message.number() != 0 || !error)
                .toList();
        List<ServerMessage> messages = exchange.answer().messages.stream()
                .filter(message -> message.error() == error)
                .toList();
        assertThat(messages).hasSizeGreaterThanOrEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            assertMessage(messages.get(i), expected.get(i));
        }
    }

    private static void assertMessage(ServerMessage message, Expectation.Message expected) {
        assertThat(message.text()).isEqualTo(expected.text());
        assertThat((long) message.number()).isEqualTo(expected.number());
        assertThat(expected.state()).isIn(-1, message.state());
        assertThat(expected.severity()).isIn(-1, message.severity());
        assertThat(expected.line()).isIn(-1L, message.line());
        assertThat(Objects.requireNonNullElse(expected.server(), message.server()))
                .isEqualTo(message.server());
        assertThat(Objects.requireNonNullElse(expected.procedure(), message.procedure()))
                .isEqualTo(message.procedure());
    }

    private static void assertReturns(Exchange exchange) {
        Answer answer = exchange.answer();
        List<Integer> statuses = exchange.expected(Expectation.ReturnStatus.class).stream()
                .map(Expectation.ReturnStatus::value)
                .toList();
        if (!statuses.isEmpty()) {
            assertThat(answer.returnStatuses).containsSubsequence(statuses);
        }
        for (Expectation.ReturnValue expected : exchange.expected(Expectation.ReturnValue.class)) {
            List<String> outputs = new ArrayList<>(expected.outputs());
            if (answer.returnValues.size() > outputs.size()) {
                // called by sp_executesql: the return value is an output parameter of the statement
                outputs.add(0, String.valueOf(expected.value()));
            } else {
                assertThat(answer.returnStatuses).contains(expected.value());
            }
            assertThat(answer.returnValues).hasSameSizeAs(outputs);
            for (int i = 0; i < outputs.size(); i++) {
                assertOutput(answer.returnValues.get(i), outputs.get(i));
            }
        }
        for (Expectation.Output expected : exchange.expected(Expectation.Output.class)) {
            assertThat(answer.returnValues)
                    .filteredOn(value -> value.name().equals("@" + expected.name()))
                    .singleElement()
                    .satisfies(value -> assertOutput(value, expected.value()));
        }
    }

    private static void assertOutput(ReturnValue value, String text) {
        assertThat(RecordedValue.matches(value.value(), text))
                .as("%s was recorded as %s", value, text)
                .isTrue();
    }
}
