package dev.tidegate.testkit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureParserTest {
    private static final List<String> FILE = List.of(
            "# capture: example",
            "# about: what it shows",
            "# client: someone 1.0",
            "# setup (another connection, not recorded): create table t (i int)",
            "# step 1: connect",
            "# step 2: select",
            "# expect 2: columns i int(10,0) | a | b",
            "# expect 2: row 1: 1 | \"x | \\\"y\\u00e4\" | NULL",
            "# expect 2: rows 2 to 9 not listed; sha256 of all: " + "ab".repeat(32),
            "# expect 2: row count 9",
            "# expect 2: message number=5 state=1 class=16 line=2 server=\"s\" proc=\"p\" text=\"boo\"",
            "# expect 2: error number=undefined state=undefined text=\"Canceled.\"",
            "# expect 2: return value 6, outputs \"in!\" | NULL",
            "# dialogue:",
            "# step 1",
            "C~ 430 TLS handshake",
            "C> 0100000900000100aa",
            "# step 2",
            "C> 0101000900000200bb",
            "S> 0400000900000100cc",
            "C> 0601000800000100",
            "S> 0401000900000200dd");

    @Test
    void aFileIsTakenApart() {
        Capture capture = CaptureParser.parse("example", FILE);

        assertThat(capture.about()).isEqualTo("what it shows");
        assertThat(capture.client()).isEqualTo("someone 1.0");
        assertThat(capture.setup()).containsExactly("create table t (i int)");
        assertThat(capture.steps()).extracting(Step::action).containsExactly("connect", "select");
        assertThat(capture.hasStepMarks()).isTrue();
        assertThat(capture.steps().get(1).expectations())
                .containsExactly(
                        new Expectation.Columns(List.of("i int(10,0)", "a", "b")),
                        new Expectation.Row(1, List.of("1", "\"x | \\\"y\\u00e4\"", "NULL")),
                        new Expectation.Unlisted(2, 9, "ab".repeat(32)),
                        new Expectation.RowCount(9),
                        new Expectation.Message(false, true, 5, 1, 16, 2, "s", "p", "boo"),
                        new Expectation.Remark("error number=undefined state=undefined text=\"Canceled.\""),
                        new Expectation.ReturnValue(6, List.of("\"in!\"", "NULL")));
        assertThat(CellText.unquote("\"x | \\\"y\\u00e4\"")).isEqualTo("x | \"y\u00e4");
    }

    @Test
    void packetsMakeMessagesAndAnAttentionMayStandBetween() {
        List<RecordedMessage> messages = CaptureParser.parse("example", FILE).messages();

        assertThat(messages).extracting(RecordedMessage::type).containsExactly(1, 4, 6);
        assertThat(messages).extracting(RecordedMessage::step).containsExactly(1, 2, 2);
        assertThat(messages.get(0).packets()).hasSize(2);
        assertThat(messages.get(0).payload()).containsExactly(0xaa, 0xbb);
        assertThat(messages.get(1).payload()).containsExactly(0xcc, 0xdd);
        assertThat(messages).allMatch(RecordedMessage::complete);
    }

    @Test
    void aMessageThatIsNotEndedIsKeptAsIncomplete() {
        assertThat(CaptureParser.parse("cut", FILE.subList(0, 17)).messages())
                .singleElement()
                .matches(message -> !message.complete());
    }

    @Test
    void whatCannotBeUnderstoodNamesItsLine() {
        assertThatThrownBy(() -> CaptureParser.parse("bad", List.of("# step 1: x", "S> 04010009000001")))
                .hasMessageContaining("bad, line 2")
                .hasMessageContaining("not as long as its header says");
        assertThatThrownBy(() -> CaptureParser.parse("bad", List.of("X> 00"))).hasMessageContaining("neither C nor S");
        assertThatThrownBy(() -> CaptureParser.parse("bad", List.of("what"))).hasMessageContaining("neither a comment");
        assertThatThrownBy(() -> Captures.read("no-such")).hasMessageContaining("no capture named no-such");
    }
}
