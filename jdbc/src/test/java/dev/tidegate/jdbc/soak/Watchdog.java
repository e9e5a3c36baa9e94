package dev.tidegate.jdbc.soak;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks whether a call that is bounded comes back: one that does not is noted with what all threads were doing. */
final class Watchdog {
    private static final long LOOK_AGAIN = 500;

    private record Call(String what, long since, Thread thread) {}

    private final Map<Thread, Call> calls = new ConcurrentHashMap<>();
    private final Violations violations;
    private final long limit;
    private final Thread looking = new Thread(this::look, "soak-watchdog");

    Watchdog(Violations violations, Duration limit) {
        this.violations = violations;
        this.limit = limit.toNanos();
        looking.setDaemon(true);
        looking.start();
    }

    void begins(String what) {
        calls.put(Thread.currentThread(), new Call(what, System.nanoTime(), Thread.currentThread()));
    }

    void ends() {
        calls.remove(Thread.currentThread());
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK_AGAIN);
                for (Call call : calls.values()) {
                    long lasted = System.nanoTime() - call.since();
                    if (lasted > limit && calls.remove(call.thread(), call)) {
                        violations.add(new AssertionError(call.thread().getName() + " hangs in " + call.what() + " for "
                                + Duration.ofNanos(lasted).toSeconds() + " s; all threads:\n" + threads()));
                    }
                }
            }
        } catch (InterruptedException e) {
            // The soak is over.
        }
    }

    /** What all threads do now. */
    static String threads() {
        StringBuilder dump = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            dump.append(thread.getName()).append(" ").append(thread.getState()).append('\n');
            for (StackTraceElement frame : stack) {
                dump.append("    at ").append(frame).append('\n');
            }
        });
        return dump.toString();
    }

    /** All calls have come back, or have been noted. */
    void end() throws InterruptedException {
        looking.interrupt();
        looking.join();
    }
}
