package dev.tidegate.client.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoolSettingsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "pool.md");

    @ParameterizedTest
    @EnumSource
    void nonsenseIsRefusedByNameValueAndRange(PoolProperty property) {
        List<Long> wrong = new ArrayList<>(List.of(
                property.least() - 1L,
                property.most() + 1L,
                -1L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                1L << 32,
                (1L << 32) + property.defaultValue()));
        for (long value : wrong) {
            assertThatThrownBy(() -> PoolSettings.builder().set(property, value))
                    .as("%s=%d", property.propertyName(), value)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(property.propertyName() + "=" + value)
                    .hasMessageContaining(property.least() + " to " + property.most());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theEndsOfTheRangeAreTaken(PoolProperty property) {
        for (int value : new int[] {property.least(), property.defaultValue(), property.most()}) {
            PoolSettings settings = PoolSettings.builder()
                    .maximumPoolSize(10_000)
                    .set(property, value)
                    .build();
            assertThat(settings.get(property)).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void durationsAreTakenForDurationsOnlyAndInWholeMilliseconds(PoolProperty property) {
        PoolSettings.Builder builder = PoolSettings.builder();
        if (!property.isDuration()) {
            assertThatThrownBy(() -> builder.set(property, Duration.ofSeconds(1)))
                    .hasMessage(property.propertyName() + " is not a duration");
            assertThatThrownBy(() -> PoolSettings.defaults().duration(property))
                    .hasMessage(property.propertyName() + " is not a duration");
            return;
        }
        for (Duration value : List.of(
                Duration.ofMillis(-1),
                Duration.ofNanos(-1),
                Duration.ofNanos(1),
                Duration.ofDays(100_000),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatThrownBy(() -> builder.set(property, value))
                    .as("%s=%s", property.propertyName(), value)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(property.propertyName() + "=" + value)
                    .hasMessageContaining(property.least() + " to " + property.most() + " ms");
        }
        assertThat(builder.set(property, Duration.ofMillis(1_500)).build().duration(property))
                .isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void aMinimumOverTheMaximumIsRefused() {
        assertThatThrownBy(() ->
                        PoolSettings.builder().maximumPoolSize(3).minimumIdle(4).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("minimumIdle=4: allowed are 0 to maximumPoolSize, which is 3");
        assertThat(PoolSettings.builder()
                        .minimumIdle(3)
                        .maximumPoolSize(3)
                        .build()
                        .get(PoolProperty.MINIMUM_IDLE))
                .isEqualTo(3);
    }

    @Test
    void theDocumentHasEveryProperty() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (PoolProperty property : PoolProperty.values()) {
            assertThat(document)
                    .as("docs/pool.md")
                    .contains("| `" + property.propertyName() + "` | " + property.defaultValue() + " | "
                            + property.least()
                            + " to " + property.most() + (property.isDuration() ? " ms" : "") + " | "
                            + property.description() + " |\n");
        }
    }
}
