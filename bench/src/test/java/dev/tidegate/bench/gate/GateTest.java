package dev.tidegate.bench.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.frame.Comparison;
import dev.tidegate.bench.frame.Contender;
import dev.tidegate.bench.frame.Contender.Role;
import dev.tidegate.bench.frame.Costs;
import dev.tidegate.bench.frame.Pace;
import dev.tidegate.bench.frame.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a regression is caught, and that neither noise nor a busy machine looks like one. */
class GateTest {
    private static final String ALLOCATED = "work | table | ours | allocated, B/row";
    private static final String LINE = "work | table | ours | line, B/row";

    @TempDir
    private Path folder;

    private final List<Pace> paces = new ArrayList<>();

    /** Work whose garbage is as much as the test says: an array more for each row is what a careless change costs. */
    private final class Work implements Workload {
        private final int[] garbage;
        private int runs;

        Work(int... garbage) {
            this.garbage = garbage;
        }

        @Override
        public String name() {
            return "work";
        }

        @Override
        public String title() {
            return "work of a test";
        }

        @Override
        public List<Comparison> comparisons(Pace pace) {
            return List.of(new Comparison(
                    "table",
                    List.of(new Contender("ours", Role.OURS, () -> {
                        paces.add(pace);
                        int bytes = garbage[Math.min(runs++, garbage.length - 1)];
                        return new Costs(1_000, 1_000_000, 0, 1_000L * bytes, 0).figures(90);
                    }), new Contender("peer", Role.PEER, () -> {
                        throw new IllegalStateException("peers are no concern of the gate");
                    }))));
        }
    }

    private static Gate gate(Workload workload) {
        return new Gate(List.of(workload), (comparison, contender) -> true);
    }

    private static Baseline before(double allocated) {
        return new Baseline(Map.of(ALLOCATED, allocated, LINE, 90.0));
    }

    @Test
    void aRowThatCostsAnotherObjectIsCaught() throws Exception {
        Baseline before = before(100);
        Map<String, Double> measured = gate(new Work(124)).measure(before);
        assertThat(before.regressions(measured)).containsExactly(ALLOCATED + ": 124.0 where it was 100.0");
        assertThat(paces).hasSize(3);
    }

    @Test
    void whatIsWithinTheToleranceOrBetterIsNot() throws Exception {
        for (int bytes : new int[] {0, 100, 114}) {
            Baseline before = before(100);
            assertThat(before.regressions(gate(new Work(bytes)).measure(before))).isEmpty();
        }
        assertThat(paces).hasSize(3);
    }

    /** Code that was not compiled in time allocates more: with more time to warm up it does not. */
    @Test
    void aValueThatIsTooHighIsMeasuredAgainWithMoreTime() throws Exception {
        Baseline before = before(100);
        assertThat(before.regressions(gate(new Work(300, 100)).measure(before))).isEmpty();
        assertThat(paces).hasSize(2);
        assertThat(paces.get(1).warmUp()).isGreaterThan(paces.get(0).warmUp());
    }

    @Test
    void whatHasNothingToBeComparedWithIsTold() throws Exception {
        Baseline other = new Baseline(Map.of("work | gone | ours | allocated, B/row", 1.0, LINE, 90.0));
        assertThat(other.regressions(gate(new Work(5)).measure(other)))
                .containsExactly(
                        ALLOCATED + " is new: 5.0 (write the baseline again)",
                        "work | gone | ours | allocated, B/row is not measured any more (write the baseline again)");
    }

    @Test
    void aBaselineIsReadAsItWasWritten() throws Exception {
        Path file = folder.resolve("baseline.tsv");
        Baseline.write(file, Map.of(ALLOCATED, 12.34, LINE, 90.0));
        assertThat(Files.readAllLines(file)).containsExactly("12.3\t" + ALLOCATED, "90.0\t" + LINE);
        assertThat(Baseline.read(file).regressions(Map.of(ALLOCATED, 12.0, LINE, 90.0))).isEmpty();
        Files.writeString(file, "much\t" + ALLOCATED + "\n");
        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(IOException.class).hasMessageContaining("is not a number");
    }
}
