package dev.tidegate.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnWidthTest {
    @ParameterizedTest
    @CsvSource({
        "0, 10",
        "1, 10",
        "10, 10",
        "11, 20",
        "20, 20",
        "21, 50",
        "51, 100",
        "101, 255",
        "256, 500",
        "501, 1000",
        "1001, 2000",
        "2001, 4000",
        "4000, 4000"
    })
    void isTheNextUsualOne(long measured, int declared) {
        assertThat(ColumnWidth.declared(measured, 4000)).isEqualTo("(" + declared + ")");
        assertThat(ColumnWidth.declared(measured, 8000)).isEqualTo("(" + declared + ")");
    }

    @Test
    void whatIsLongerThanTheTypeTakesHasNoWidth() {
        assertThat(ColumnWidth.declared(4001, 4000)).isEqualTo("(max)");
        assertThat(ColumnWidth.declared(4001, 8000)).isEqualTo("(8000)");
        assertThat(ColumnWidth.declared(8001, 8000)).isEqualTo("(max)");
        assertThat(ColumnWidth.declared(1L << 40, 4000)).isEqualTo("(max)");
    }

    @Test
    void isInProportionToWhatWasMeasured() {
        for (int measured = 4; measured <= 4000; measured++) {
            String declared = ColumnWidth.declared(measured, 4000);
            int width = Integer.parseInt(declared.substring(1, declared.length() - 1));
            assertThat(width).isBetween(measured, Math.max(10, measured * 255 / 101 + 1));
        }
    }
}
