package dev.tidegate.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    void letsNoControlCharactersThrough() {
        TextTable table = new TextTable(List.of("x"), new boolean[1]);
        table.add(List.of("a\u001b[31m\nb")).add(List.of("y".repeat(100)));
        assertThat(table.toString())
                .contains("a·[31m⏎b")
                .contains("y".repeat(60) + "…")
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
