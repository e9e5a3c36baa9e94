package dev.tidegate.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
    private static final ProgressLine QUARTER =
            new ProgressLine(250_000, 1_000_000, 12_000_000, Duration.ofMillis(2_000));

    @Test
    void saysEverythingOnAPipe() {
        assertThat(QUARTER.plain()).isEqualTo("25 %  250,000 rows  12.0 MB  125.0 k rows/s  6.0 MB/s  6 s left");
        assertThat(new ProgressLine(250_000, -1, -1, Duration.ofSeconds(2)).plain())
                .isEqualTo("250,000 rows  125.0 k rows/s  after 2 s");
    }

    @Test
    void showsNoShareOfATotalThatIsTooLow() {
        assertThat(new ProgressLine(10, 5, -1, Duration.ofSeconds(1)).plain())
                .isEqualTo("10 rows  10 rows/s  after 1 s");
        assertThat(new ProgressLine(0, 0, -1, Duration.ofSeconds(1)).plain()).isEqualTo("0 rows  0 rows/s  after 1 s");
    }

    @Test
    void saysNothingOfRowsThatNobodyCounts() {
        assertThat(new ProgressLine(-1, 100, 4_000_000, Duration.ofSeconds(2)).plain())
                .isEqualTo("4.0 MB  2.0 MB/s  after 2 s");
        assertThat(new ProgressLine(-1, -1, -1, Duration.ofSeconds(2)).plain()).isEqualTo("after 2 s");
    }

    @Test
    void saysThatOnlyTheEndIsMissing() {
        assertThat(new ProgressLine(5, 5, 900, Duration.ofSeconds(1)).plain())
                .isEqualTo("100 %  5 rows  900 B  5 rows/s  900 B/s  finishing");
    }

    @Test
    void drawsABarInTheRoomThatIsLeft() {
        assertThat(QUARTER.fitted(120, false))
                .isEqualTo("███████░░░░░░░░░░░░░░░░░░░░░░░"
                        + "  25 %  250,000 rows  12.0 MB  125.0 k rows/s  6.0 MB/s  6 s left");
        assertThat(QUARTER.fitted(80, false))
                .isEqualTo("███░░░░░░░░░░░  25 %  250,000 rows  12.0 MB  125.0 k rows/s  6.0 MB/s  6 s left");
        assertThat(QUARTER.fitted(120, true)).startsWith("\u001b[32m███████\u001b[39m░░░");
    }

    @Test
    void leavesOutWhatMattersLeast() {
        assertThat(QUARTER.fitted(70, false))
                .isEqualTo("25 %  250,000 rows  12.0 MB  125.0 k rows/s  6.0 MB/s  6 s left");
        assertThat(QUARTER.fitted(40, false)).isEqualTo("25 %  250,000 rows  12.0 MB  6 s left");
        assertThat(QUARTER.fitted(20, false)).isEqualTo("25 %  250,000 rows");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 20, 30, 40, 60, 80, 100, 132, 300})
    void isNeverAsWideAsTheTerminal(int columns) {
        for (ProgressLine line : new ProgressLine[] {
            QUARTER,
            new ProgressLine(Long.MAX_VALUE, -1, Long.MAX_VALUE, Duration.ofDays(9)),
            new ProgressLine(5, 5, -1, Duration.ZERO),
            new ProgressLine(-1, 5, 1_000_000, Duration.ofSeconds(70))
        }) {
            assertThat(line.fitted(columns, false)).hasSizeLessThan(Math.max(1, columns));
            assertThat(line.fitted(columns, true).replaceAll("\u001b\\[\\d+m", ""))
                    .isEqualTo(line.fitted(columns, false));
        }
    }
}
