package dev.tidegate.testkit.guarantee;

import dev.tidegate.testkit.guarantee.GuaranteeTable.Promise;
import dev.tidegate.testkit.guarantee.GuaranteeTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table beside the tests: what is wrong, and the text of {@code docs/guarantees.md}. */
public final class GuaranteeReport {
    private final GuaranteeTable table;
    private final GuaranteeScan scan;
    private final Map<Promise, List<GuaranteeEvidence>> evidence;

    public GuaranteeReport(GuaranteeTable table, GuaranteeScan scan) {
        this.table = table;
        this.scan = scan;
        this.evidence = scan.evidence().stream().collect(Collectors.groupingBy(GuaranteeEvidence::promise));
    }

    /** Why the build must fail, one sentence each; empty if all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(scan.problems());
        List<Promise> promised = table.promises();
        for (GuaranteeEvidence test : scan.evidence()) {
            if (!promised.contains(test.promise())) {
                problems.add(test + " shows " + test.promise() + ", which the table does not promise");
            }
            if (test.disabledBy() != null) {
                problems.add(test + " shows " + test.promise() + " and is switched off by @" + test.disabledBy());
            }
        }
        for (Promise promise : promised) {
            if (!evidence.containsKey(promise) && !table.planned().containsKey(promise)) {
                problems.add("no test shows " + promise
                        + "; mark one with @Guarantee, or list the row in guarantees-planned.txt with a reason");
            }
        }
        return problems;
    }

    /** The documentation, in Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# The guarantees\n\n");
        text.append(
                "This file is written from the tests that carry `@Guarantee`; `GuaranteesTest` (in `cli`) fails if it"
                        + " is stale, if a row\n");
        text.append(
                "that is not planned has no test, or if a test of a row is disabled. With `-Dguarantees.write=true` the"
                        + " test renews it.\n\n");
        text.append("A cell names the test classes that show the row, with the number of tests. An empty cell is not"
                + " promised.\n\n");
        text.append("| # | guarantee |");
        for (Surface surface : Surface.values()) {
            text.append(' ').append(surface.title()).append(" |");
        }
        text.append("\n| --- | --- |")
                .append(" --- |".repeat(Surface.values().length))
                .append('\n');
        for (Row row : table.rows()) {
            text.append("| ").append(row.id()).append(" | ").append(row.text()).append(" |");
            for (Surface surface : Surface.values()) {
                text.append(cell(row, new Promise(row.id(), surface))).append(" |");
            }
            text.append('\n');
        }
        return text.append('\n').append(summary()).append('\n').toString();
    }

    private String cell(Row row, Promise promise) {
        if (!row.surfaces().contains(promise.surface())) {
            return "";
        }
        String tests = evidence.getOrDefault(promise, List.of()).stream()
                .collect(Collectors.groupingBy(GuaranteeEvidence::testClass, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> "`" + entry.getKey() + "` " + entry.getValue())
                .collect(Collectors.joining(", "));
        String planned = table.planned().get(promise);
        if (planned == null) {
            return " " + tests;
        }
        return tests.isEmpty() ? " planned: " + planned : " " + tests + "; the rest planned: " + planned;
    }

    private String summary() {
        List<Promise> promised = table.promises();
        long shown = promised.stream().filter(evidence::containsKey).count();
        long planned = promised.stream().filter(table.planned()::containsKey).count();
        return "Of " + table.rows().size() + " rows on " + promised.size() + " surfaces in all, tests show " + shown
                + ", and " + planned + " are planned, wholly or in part.";
    }
}
