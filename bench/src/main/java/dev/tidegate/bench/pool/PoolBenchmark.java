package dev.tidegate.bench.pool;

import dev.tidegate.bench.frame.Compiler;
import dev.tidegate.bench.frame.ProcessorTime;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Threads that take a connection and give it back, over and over; the benchmark itself only watches them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PoolBenchmark {
    /** Name of the counter of what is measured. */
    static final String USES = "uses";

    static final String PROCESSORS = "processorNanos";

    private static final long GLANCE_MILLIS = 20;

    @Param({"Tidegate", "HikariCP"})
    public String pool;

    @Param({"BARE", "SOURCE", "SELECT"})
    public Work work;

    @Param({"10", "32"})
    public int size;

    @Param({"1", "2", "16", "200"})
    public int users;

    @Param({"false", "true"})
    public boolean virtual;

    private Lending lending;
    private Workers workers;

    /** Uses in an iteration, and what they have cost. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counter {
        public long uses;
        public long processorNanos;
        private long before;
        private long nanosBefore;

        @Setup(Level.Iteration)
        public void begin(PoolBenchmark benchmark) {
            before = benchmark.workers.uses();
            nanosBefore = ProcessorTime.nanos();
        }
    }

    @Setup
    public void open() throws Exception {
        lending = Lendings.open(pool, work, size);
        workers = new Workers(lending, users, virtual);
        Compiler.awaitRest();
    }

    @Benchmark
    public long watch(Counter counter) throws InterruptedException {
        Thread.sleep(GLANCE_MILLIS);
        counter.uses = workers.uses() - counter.before;
        counter.processorNanos = ProcessorTime.nanos() - counter.nanosBefore;
        return counter.uses;
    }

    @TearDown
    public void close() throws InterruptedException {
        workers.stop();
        lending.close();
    }
}
