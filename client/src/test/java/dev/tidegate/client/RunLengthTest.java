package dev.tidegate.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.tds.row.RunEncoder;
import org.junit.jupiter.api.Test;

class RunLengthTest {
    private final RunLength length = new RunLength();

    @Test
    void aRefusalHalvesAndSuccessesRestore() {
        assertThat(length.rows()).isEqualTo(RunEncoder.MOST_ROWS);
        length.tried(128, false);
        assertThat(length.isWorthwhile(64)).isTrue();
        assertThat(length.rows()).isEqualTo(64);
        for (int i = 0; i < 100; i++) {
            length.tried(length.rows(), true);
            assertThat(length.rows()).isBetween(65, RunEncoder.MOST_ROWS);
        }
        assertThat(length.rows()).isEqualTo(RunEncoder.MOST_ROWS);
    }

    /** As rows that are too large each. */
    @Test
    void whatIsAlwaysRefusedIsSeldomTried() {
        int tried = 0;
        int rows = 0;
        while (rows < 100_000) {
            int count = length.rows();
            if (length.isWorthwhile(count)) {
                tried += count;
                length.tried(count, false);
            }
            rows += count;
        }
        assertThat(tried).isBetween(RunLength.LEAST * 90, 1_000 + 128);
    }

    /** As rows of which a hundred at once are too many. */
    @Test
    void whatIsRefusedAtTimesIsMostlyTakenAtOnce() {
        int taken = 0;
        int rows = 0;
        while (rows < 100_000) {
            int count = length.rows();
            boolean fits = count < 100;
            assertThat(length.isWorthwhile(count)).isTrue();
            length.tried(count, fits);
            taken += fits ? count : 0;
            rows += count;
        }
        assertThat(taken).isGreaterThan(85_000);
    }
}
