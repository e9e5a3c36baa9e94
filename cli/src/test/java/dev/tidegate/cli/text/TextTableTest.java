package dev.tidegate.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.WCWidth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
    @Test
    void drawsColumnsOfEqualWidth() {
        TextTable table = new TextTable(List.of("id", "name"), new boolean[] {true, false});
        table.add(List.of("1", "Ann")).add(Arrays.asList("10", null)).add(List.of("100", "日本"));
        assertThat(table).hasToString("""
            ┌─────┬──────┐
            │ id  │ name │
            ├─────┼──────┤
            │   1 │ Ann  │
            │  10 │ NULL │
            │ 100 │ 日本 │
            └─────┴──────┘
            """);
    }

    @Test
    void showsOneValueALineWhereATableWouldBeTooWide() {
        TextTable table = new TextTable(List.of("id", "remark", "日本"), new boolean[] {true, false, false});
        table.add(List.of("1", "x".repeat(60), "a")).add(Arrays.asList("2", null, "日本".repeat(20)));
        assertThat(table.fitted(40)).isEqualTo("""
            ─ row 1 ────────────────────────────────
            id     │ 1
            remark │ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
            日本   │ a
            ─ row 2 ────────────────────────────────
            id     │ 2
            remark │ NULL
            日本   │ 日本日本日本日本日本日本日本日…
            """);
        assertThat(table.fitted(200)).isEqualTo(table.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 40, 79, 80, 81, 132})
    void isNeverWiderThanTheTerminal(int columns) {
        TextTable table = new TextTable(List.of("a".repeat(50), "b"), new boolean[2]);
        table.add(List.of("x", "y".repeat(27))).add(List.of("\n".repeat(90), "日".repeat(90)));
        assertThat(table.fitted(columns).lines())
                .allMatch(line -> line.codePoints().map(WCWidth::wcwidth).sum() <= columns);
    }

    @Test
    void letsNoControlCharactersThrough() {
        TextTable table = new TextTable(List.of("x"), new boolean[1]);
        table.add(List.of("a\u001b[31m\nb")).add(List.of("y".repeat(100)));
        assertThat(table.toString())
                .contains("a·[31m⏎b")
                .contains("y".repeat(59) + "…")
                .doesNotContain("\u001b");
    }

    @Test
    void writesAmountsForPeople() {
        assertThat(Amounts.rows(1)).isEqualTo("1 row");
        assertThat(Amounts.rows(3_000_000)).isEqualTo("3,000,000 rows");
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Amounts.bytes(13_493_022)).isEqualTo("13.5 MB");
        assertThat(Amounts.rate(3_000_000, Duration.ofSeconds(2))).isEqualTo("1.50 M");
        assertThat(Amounts.rate(100, Duration.ofSeconds(2))).isEqualTo("50");
        assertThat(Amounts.time(Duration.ofMillis(421))).isEqualTo("0.42 s");
        assertThat(Amounts.time(Duration.ofSeconds(247))).isEqualTo("4:07 min");
        assertThat(Amounts.time(Duration.ofSeconds(7449))).isEqualTo("2:04:09 h");
    }
}
