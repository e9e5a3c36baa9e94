package dev.tidegate.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.testkit.guarantee.Guarantee;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@link Transactions#run} with every set of its steps failing: the first error comes through as it is, what fails after it is suppressed
 * in the order of its coming, and what can still be done is done.
 */
class NestedFailuresTest {
    /** What may fail besides the work, in the order of its coming. */
    private enum Step {
        OPEN("open"),
        BEGIN("autoCommit false"),
        COMMIT("commit"),
        ROLLBACK("rollback"),
        RESTORE("autoCommit true"),
        CLOSE("close");

        private final String call;

        Step(String call) {
            this.call = call;
        }
    }

    /** How the work ends. */
    private enum Work {
        RETURNS(() -> null),
        SQL_EXCEPTION(() -> new SQLException("work")),
        OTHER_EXCEPTION(() -> new IOException("work")),
        UNCHECKED(() -> new IllegalStateException("work")),
        ERROR(() -> new StackOverflowError("work"));

        /** A new one each time, as suppressed ones are added to it. */
        private final Supplier<Throwable> thrown;

        Work(Supplier<Throwable> thrown) {
            this.thrown = thrown;
        }
    }

    /** What is to be seen of one run. */
    private static final class Expected {
        private final List<String> calls = new ArrayList<>();
        private final List<String> suppressed = new ArrayList<>();
        private String primary;

        /** Whether the step, which is taken now, succeeds. */
        private boolean take(Step step, Set<Step> failing) {
            calls.add(step.call);
            boolean fails = failing.contains(step);
            if (fails) {
                fail(step.call);
            }
            return !fails;
        }

        private void fail(String message) {
            if (primary == null) {
                primary = message;
            } else {
                suppressed.add(message);
            }
        }
    }

    @Guarantee("G11")
    @Guarantee("G35")
    @ParameterizedTest
    @EnumSource
    void theFirstErrorComesThroughAndTheRestIsDone(Work work) {
        for (int bits = 0; bits < 1 << Step.values().length; bits++) {
            Set<Step> failing = EnumSet.noneOf(Step.class);
            for (Step step : Step.values()) {
                if ((bits & 1 << step.ordinal()) != 0) {
                    failing.add(step);
                }
            }
            check(work, failing);
        }
    }

    private static void check(Work work, Set<Step> failing) {
        Expected expected = expected(work, failing);
        StubSource stub = new StubSource();
        failing.forEach(step -> stub.failing(step.call, new SQLException(step.call)));
        Throwable own = work.thrown.get();
        Throwable thrown = catchThrowable(() -> Transactions.on(stub.source()).run(connection -> {
            if (own != null) {
                throw TransactionsTest.sneaky(own);
            }
            return "result";
        }));
        String name = work + " with failing " + failing;
        assertThat(stub.calls()).as(name).isEqualTo(expected.calls);
        if (expected.primary == null) {
            assertThat(thrown).as(name).isNull();
            return;
        }
        assertThat(thrown).as(name).isNotNull();
        if (expected.primary.equals("work")) {
            assertThat(thrown).as(name).isSameAs(own);
        } else {
            assertThat(thrown).as(name).hasMessage(expected.primary);
        }
        assertThat(thrown.getSuppressed())
                .as(name)
                .extracting(Throwable::getMessage)
                .isEqualTo(expected.suppressed);
    }

    private static Expected expected(Work work, Set<Step> failing) {
        Expected expected = new Expected();
        if (!expected.take(Step.OPEN, failing)) {
            return expected;
        }
        boolean committed = false;
        boolean begun = expected.take(Step.BEGIN, failing);
        if (begun) {
            if (work != Work.RETURNS) {
                expected.fail("work");
            } else {
                committed = expected.take(Step.COMMIT, failing);
            }
        }
        if (committed) {
            // What fails after the commit does not call it off.
            expected.calls.add(Step.RESTORE.call);
            expected.calls.add(Step.CLOSE.call);
            return expected;
        }
        // Auto-commit would commit what could not be rolled back.
        boolean over = !begun || expected.take(Step.ROLLBACK, failing);
        if (over) {
            expected.take(Step.RESTORE, failing);
        }
        expected.take(Step.CLOSE, failing);
        return expected;
    }
}
