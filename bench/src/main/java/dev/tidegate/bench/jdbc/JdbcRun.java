package dev.tidegate.bench.jdbc;

import com.sun.management.ThreadMXBean;
import dev.tidegate.bench.frame.Compiler;
import dev.tidegate.bench.frame.ProcessorTime;
import java.lang.management.ManagementFactory;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The main class of a {@link JdbcProbe}'s JVM: URL, use, threads, milliseconds of warm-up and of measuring. */
final class JdbcRun {
    private JdbcRun() {}

    public static void main(String... arguments) throws Exception {
        long warmUp = Long.parseLong(arguments[3]);
        long measured = Long.parseLong(arguments[4]);
        try (Users users = new Users(arguments[0], Use.valueOf(arguments[1]), Integer.parseInt(arguments[2]))) {
            warmUp(users, warmUp);
            ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
            long cpu = ProcessorTime.nanos();
            long allocated = threads.getTotalThreadAllocatedBytes();
            long begun = System.nanoTime();
            Latencies all = users.work(measured);
            System.out.println(new Traffic(
                            all.count(),
                            System.nanoTime() - begun,
                            ProcessorTime.nanos() - cpu,
                            threads.getTotalThreadAllocatedBytes() - allocated,
                            all.atMost(0.5),
                            all.atMost(0.99))
                    .print());
        }
    }

    /** As long as told, and until the compiler has nothing to do: what has more code would be measured while it is compiled. */
    private static void warmUp(Users users, long millis) throws Exception {
        FutureTask<Void> compiled = new FutureTask<>(() -> {
            Compiler.awaitRest();
            return null;
        });
        Thread.ofPlatform().daemon().start(compiled);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        users.work(() -> !compiled.isDone() || System.nanoTime() < end);
        compiled.get();
    }
}
