package dev.tidegate.client.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RangeKeyTest {
    @Property
    void rangesMeetWithoutAGapOrAnOverlap(
            @ForAll long one, @ForAll long other, @ForAll @IntRange(min = 1, max = 200) int wanted) {
        long lowest = Math.min(one, other);
        long highest = Math.max(one, other);
        List<KeyRange> ranges = new RangeKey("k", "bigint", 0, true).divide(lowest, highest, wanted);
        assertThat(ranges).hasSizeLessThanOrEqualTo(wanted);
        assertThat(ranges).filteredOn(KeyRange::withNulls).containsExactly(ranges.get(0));
        assertThat(ranges.get(0).from()).isNull();
        assertThat(ranges.get(ranges.size() - 1).below()).isNull();
        long before = lowest;
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).from())
                    .isEqualTo(ranges.get(i - 1).below())
                    .isNotNull();
            long bound = number(ranges.get(i).from());
            assertThat(bound).isGreaterThan(before).isLessThanOrEqualTo(highest);
            before = bound;
        }
        if (highest - lowest >= wanted || highest - lowest < 0) {
            assertThat(ranges).hasSize(wanted);
        }
    }

    private static long number(String cast) {
        return Long.parseLong(cast.replaceAll("CAST\\((.*) AS bigint\\)", "$1"));
    }

    @Test
    void dividesEachTypeByValuesOfIt() {
        assertThat(predicates("decimal(10,2)", 2, new BigDecimal("-1.50"), new BigDecimal("1.49"), 2))
                .containsExactly(
                        "([k] < CAST(0.00 AS decimal(10,2)) OR [k] IS NULL)", "[k] >= CAST(0.00 AS decimal(10,2))");
        assertThat(predicates("date", 0, LocalDate.of(1, 1, 1), LocalDate.of(1, 1, 4), 2))
                .containsExactly(
                        "([k] < CAST('0001-01-03' AS date) OR [k] IS NULL)", "[k] >= CAST('0001-01-03' AS date)");
        assertThat(predicates(
                        "datetime2(7)",
                        7,
                        LocalDateTime.of(2020, 1, 1, 0, 0),
                        LocalDateTime.of(2020, 1, 1, 0, 1, 59),
                        2))
                .containsExactly(
                        "([k] < CAST('2020-01-01T00:01:00' AS datetime2(7)) OR [k] IS NULL)",
                        "[k] >= CAST('2020-01-01T00:01:00' AS datetime2(7))");
    }

    @Test
    void aSingleKeyIsOneRangeOfEverything() {
        assertThat(predicates("int", 0, 7, 7, 8)).containsExactly("");
    }

    @Test
    void quotesTheKey() {
        KeyRange range = new KeyRange("a]b", "CAST(1 AS int)", "CAST(3 AS int)", false);
        assertThat(range.predicate()).isEqualTo("[a]]b] >= CAST(1 AS int) AND [a]]b] < CAST(3 AS int)");
    }

    private static List<String> predicates(String type, int scale, Object lowest, Object highest, int wanted) {
        return new RangeKey("k", type, scale, true)
                .divide(lowest, highest, wanted).stream()
                        .map(KeyRange::predicate)
                        .map(Objects::requireNonNull)
                        .toList();
    }
}
