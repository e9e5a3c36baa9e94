package dev.tidegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InterruptionTest {
    private final Interruption interruption = new Interruption();

    @Test
    void waitsForNobodyWhoHasBegunNothing() {
        assertThat(interruption.request(Duration.ofDays(1))).isTrue();
        assertThat(interruption.isRequested()).isTrue();
        assertThatThrownBy(() -> interruption.begin(() -> {}))
                .isInstanceOf(CliException.class)
                .hasMessage("interrupted");
    }

    @Test
    void cancelsAgainUntilTheWorkNoticesAndThenNoMore() throws Exception {
        CountDownLatch noticed = new CountDownLatch(3);
        Interruption.Work work = interruption.begin(noticed::countDown);
        FutureTask<Boolean> request = new FutureTask<>(() -> interruption.request(Duration.ofDays(1)));
        Thread.ofVirtual().start(request);
        noticed.await();
        work.close();
        interruption.end();
        assertThat(request.get()).isTrue();
    }

    @Test
    void givesUpAfterAWhile() {
        interruption.begin(() -> {
            throw new IllegalStateException("a cancel that fails is no reason to stop");
        });
        assertThat(interruption.request(Duration.ofMillis(1))).isFalse();
    }
}
