package dev.tidegate.testkit.invariant;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Platform threads of this process that a test can be to blame for. Virtual threads are not listed by the JDK; what they hold (sockets,
 * files) is.
 */
final class LiveThreads implements Held {
    /** Of the JDK, of JUnit and of Maven: they come when they are first needed, and stay. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("main|Reference Handler|Finalizer|Signal Dispatcher|Common-Cleaner|Notification"
                + " Thread|Attach Listener|process reaper.*|Cleaner-\\d+|InnocuousThread-.*|ForkJoinPool.*|"
                + "VirtualThread-.*|(Read|Write|Master)-?Poller.*|surefire-.*|junit-.*|ThreadedStreamConsumer|last-ditch-.*|JNA"
                + " Cleaner|JFR .*|Keep-Alive-Timer|.*[Tt]imeout.*jupiter.*");

    @Override
    public String kind() {
        return "thread";
    }

    @Override
    public Map<Object, String> now() {
        Map<Object, String> threads = new LinkedHashMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread != Thread.currentThread()
                    && !OF_OTHERS.matcher(thread.getName()).matches()) {
                threads.put(thread, shown(thread, stack));
            }
        });
        return threads;
    }

    private static String shown(Thread thread, StackTraceElement[] stack) {
        return "\"" + thread.getName() + "\" " + (thread.isDaemon() ? "daemon " : "") + thread.getState()
                + Arrays.stream(stack).map(frame -> "\n      at " + frame).collect(Collectors.joining());
    }
}
