package dev.tidegate.bench.frame;

import java.util.List;

/** A group of comparisons that {@code bench} runs by its name, and prints as a table. */
public interface Workload {
    /** On the command line: one word. */
    String name();

    /** Above the table: what is measured, in one line. */
    String title();

    /** In the order in which they run. */
    List<Comparison> comparisons(Pace pace);

    /** Shows results of this workload. */
    default String table(List<Result> results) {
        return MarkdownTable.of(results);
    }
}
