package dev.tidegate.bench.frame;

import java.util.function.Consumer;

/**
 * Runs the contenders of a comparison in turn, A B A B …, so that what the machine does beside weighs on all of them alike.
 */
public final class Turns {
    private final Pace pace;
    private final Consumer<String> progress;

    /** @param progress is told before each run */
    public Turns(Pace pace, Consumer<String> progress) {
        this.pace = pace;
        this.progress = progress;
    }

    /** @throws Exception of the first run that failed */
    public Result run(Comparison comparison) throws Exception {
        Result result = new Result(comparison);
        for (int round = 1; round <= pace.rounds(); round++) {
            for (Contender contender : comparison.contenders()) {
                progress.accept(comparison.label() + ", round " + round + " of " + pace.rounds() + ": " + contender.name());
                result.add(contender.name(), contender.probe().run());
            }
        }
        return result;
    }
}
