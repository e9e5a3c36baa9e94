package dev.tidegate.bench.close;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The main class of a {@link LatencyProbe}'s JVM: URL, ending, milliseconds of warm-up and of measuring. Prints nanoseconds, a line each. */
final class LatencyRun {
    /** However long one of them takes. */
    private static final int LEAST = 3;

    private LatencyRun() {}

    public static void main(String... arguments) throws Exception {
        Ending ending = Ending.valueOf(arguments[1]);
        run(arguments[0], ending, Long.parseLong(arguments[2]), 1);
        run(arguments[0], ending, Long.parseLong(arguments[3]), LEAST).forEach(System.out::println);
    }

    private static List<Long> run(String url, Ending ending, long millis, int least) throws Exception {
        List<Long> measured = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (measured.size() < least || System.nanoTime() < end) {
            Connection connection = DriverManager.getConnection(url, LatencyProbe.USER, LatencyProbe.PASSWORD);
            measured.add(ending.nanos(connection));
        }
        return measured;
    }
}
