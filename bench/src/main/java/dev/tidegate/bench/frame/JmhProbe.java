package dev.tidegate.bench.frame;

import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One JMH benchmark, in one fork: operations a millisecond, and for an operation the time of the processors and the bytes that all threads
 * of the JVM need. Where other programs keep the processors busy, the time of the processors says more than the operations do.
 *
 * @param benchmark class whose only benchmark method is meant; its mode is throughput, its time unit milliseconds
 * @param parameters of its {@code @Param} fields, one value each
 * @param counter name of the {@code @AuxCounters} field that counts the operations
 * @param processors name of the one that adds up nanoseconds of {@link ProcessorTime}
 */
public record JmhProbe(Class<?> benchmark, Map<String, String> parameters, String counter, String processors, Pace pace)
        implements Probe {
    private static final int ITERATIONS = 3;
    /** What is measured sooner is the compiler, and whoever gives it more to do loses. */
    private static final long LEAST_WARM_UP_MILLIS = 4_000;

    private static final double BYTES = 1L << 20;
    private static final double MILLIS = 1_000;

    @Override
    public List<Figure> run() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(Math.max(LEAST_WARM_UP_MILLIS, pace.warmUp().toMillis())))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(Math.max(1, pace.measured().toMillis() / ITERATIONS)))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                // JMH asks for offsets by a method that JDK 25 warns of.
                .jvmArgsAppend("--sun-misc-unsafe-memory-access=allow")
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        RunResult run = new Runner(options.build()).runSingle();
        double throughput = score(run, counter);
        double allocated = score(run, "gc.alloc.rate") * BYTES / (throughput * MILLIS);
        return List.of(
                new Figure("throughput", "ops/ms", Figure.Better.HIGHER, throughput),
                new Figure("processor time", "ns/op", Figure.Better.LOWER, score(run, processors) / throughput),
                new Figure("allocated", "B/op", Figure.Better.LOWER, allocated));
    }

    private static double score(RunResult run, String secondary) {
        Result<?> result = run.getSecondaryResults().get(secondary);
        if (result == null) {
            throw new IllegalStateException("the benchmark has no result '" + secondary + "'");
        }
        return result.getScore();
    }
}
