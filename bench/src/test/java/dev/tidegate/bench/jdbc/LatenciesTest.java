package dev.tidegate.bench.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 127, 128, 129, 255, 256, 1_000, 65_535, 65_536, 123_456_789, Long.MAX_VALUE})
    void oneTimeIsTold(long nanos) {
        Latencies one = new Latencies();
        one.add(nanos);
        assertThat(one.atMost(0.5)).isGreaterThanOrEqualTo(nanos).isCloseTo(nanos, within(nanos / 50));
        assertThat(one.count()).isEqualTo(1);
    }

    @Test
    void sharesAreThoseOfASortedList() {
        Random random = new Random(1);
        long[] all = random.longs(10_000, 0, 50_000_000).toArray();
        Latencies first = new Latencies();
        Latencies second = new Latencies();
        for (int i = 0; i < all.length; i++) {
            (i % 3 == 0 ? first : second).add(all[i]);
        }
        first.add(second);
        Arrays.sort(all);
        for (double share : new double[] {0.001, 0.5, 0.9, 0.99, 1}) {
            long exact = all[(int) Math.ceil(all.length * share) - 1];
            assertThat(first.atMost(share)).isGreaterThanOrEqualTo(exact).isCloseTo(exact, within(exact / 50));
        }
        assertThat(first.count()).isEqualTo(all.length);
    }

    @Test
    void ofNothingThereIsNoTime() {
        assertThatThrownBy(() -> new Latencies().atMost(0.5)).hasMessage("nothing was measured");
    }
}
