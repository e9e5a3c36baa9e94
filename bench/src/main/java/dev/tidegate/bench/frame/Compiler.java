package dev.tidegate.bench.frame;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** The compiler of this JVM. On a busy machine it takes many seconds to come to an end, and what has more code for it seems slow until then. */
public final class Compiler {
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MOST_PAUSES = 15;

    private Compiler() {}

    /** Waits until it has finished nothing for two seconds; half a minute at most. */
    public static void awaitRest() throws InterruptedException {
        long before = -1;
        for (int i = 0; i < MOST_PAUSES && COMPILER.getTotalCompilationTime() != before; i++) {
            before = COMPILER.getTotalCompilationTime();
            Thread.sleep(PAUSE);
        }
    }
}
