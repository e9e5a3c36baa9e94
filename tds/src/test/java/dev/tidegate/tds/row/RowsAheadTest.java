package dev.tidegate.tds.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Example;

/** The thread that takes rows and the one that stops it agree on which was taken last. */
class RowsAheadTest {
    @Example
    void rowsAreTakenInTheirOrderAndNoMoreThanThereAre() {
        RowsAhead ahead = new RowsAhead();
        assertThat(ahead.take(ahead.word())).as("before there is a run").isFalse();
        ahead.begin(2);
        long word = ahead.word();
        assertThat(ahead.take(word)).isTrue();
        assertThat(ahead.take(word)).as("the same again").isFalse();
        word = RowsAhead.next(word);
        assertThat(ahead.take(word)).isTrue();
        assertThat(ahead.take(RowsAhead.next(word))).as("a third").isFalse();
        assertThat(ahead.isRunning()).isTrue();
        assertThat(ahead.stop()).isEqualTo(2);
        assertThat(ahead.isRunning()).isFalse();
        assertThat(ahead.stop()).isEqualTo(-1);
        assertThat(ahead.take(ahead.word())).as("once it was stopped").isFalse();
    }

    @Example
    void whoHasReadAnEarlierRunTakesNothingOfALaterOne() {
        RowsAhead ahead = new RowsAhead();
        ahead.begin(5);
        long earlier = ahead.word();
        ahead.stop();
        ahead.begin(5);
        assertThat(ahead.take(earlier)).isFalse();
        assertThat(ahead.stop()).isZero();
    }

    @Example
    void whatIsStoppedEarlyAgainAndAgainIsGivenUp() {
        RowsAhead ahead = new RowsAhead();
        int runs = 0;
        while (ahead.most() > 0) {
            ahead.begin(ahead.most());
            ahead.stop();
            assertThat(++runs).isLessThan(10);
        }
        assertThat(runs).isGreaterThan(3);
    }

    @Example
    void whatIsReadToItsEndBecomesLongerUpToTheMost() {
        RowsAhead ahead = new RowsAhead();
        for (int run = 0; run < 4; run++) {
            ahead.begin(1);
            assertThat(ahead.take(ahead.word())).isTrue();
            assertThat(ahead.stop()).isEqualTo(1);
        }
        assertThat(ahead.most()).isEqualTo(RowsAhead.MOST);
    }

    @Example
    void noRowIsTakenOnceAnotherThreadHasStoppedIt() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 3_000; round++) {
                RowsAhead ahead = new RowsAhead();
                ahead.begin(RowsAhead.MOST);
                CountDownLatch begun = new CountDownLatch(1);
                Future<Integer> taking = other.submit(() -> {
                    long word = ahead.word();
                    int taken = 0;
                    begun.countDown();
                    while (ahead.take(word)) {
                        word = RowsAhead.next(word);
                        taken++;
                    }
                    return taken;
                });
                assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                int last = ahead.stop();
                assertThat(taking.get(30, TimeUnit.SECONDS)).isEqualTo(last);
            }
        } finally {
            other.shutdownNow();
        }
    }
}
