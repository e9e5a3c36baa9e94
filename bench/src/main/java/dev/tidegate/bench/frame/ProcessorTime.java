package dev.tidegate.bench.frame;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this JVM has had of the processors. */
public final class ProcessorTime {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private ProcessorTime() {}

    /** In nanoseconds, of all threads, those of the compiler and the collector included, since the JVM began. */
    public static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
