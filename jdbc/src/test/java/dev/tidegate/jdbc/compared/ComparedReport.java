package dev.tidegate.jdbc.compared;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The document: one line a scenario, one column a stack, the peers' last. */
final class ComparedReport {
    private static final String NOT_OURS = "HikariCP's own";

    private ComparedReport() {}

    /** @param peers what was observed */
    static String of(Map<Scenario, String> peers) {
        List<String> lines = new ArrayList<>();
        lines.add("# The guarantees, compared");
        lines.add("");
        lines.add("""
                The same code does the same to three stacks, on the same embedded server, through a proxy that cuts and stalls:
                `ComparedStacksTest` in `jdbc`. What stands in the columns of Tidegate is asserted on every build. The last column is what was
                observed when this file was written, with the versions it names and the settings that both sides have (`encrypt=false`,
                `connectRetryCount=0`, a pool of 1 unless said otherwise, validation after 500 ms of idleness within 250 ms); "not back" means
                that the call was given up then, and the line cut. Every build writes what it observes to `jdbc/target/guarantees-compared.md`.
                Renewed with `mvn -pl jdbc -am test -Dtest=ComparedStacksTest -Dsurefire.failIfNoSpecifiedTests=false -Dguarantees.write=true`.""");
        lines.add("");
        lines.add("| what happens | " + Stack.TIDEGATE.title() + " | " + Stack.HIKARI_OVER_TIDEGATE.title() + " | "
                + Stack.HIKARI_OVER_MSSQL.title() + " |");
        lines.add("| --- | --- | --- | --- |");
        for (Scenario scenario : Scenario.values()) {
            String underHikari = scenario.expected(Stack.HIKARI_OVER_TIDEGATE);
            lines.add("| " + scenario.title() + " | " + scenario.expected(Stack.TIDEGATE) + " | "
                    + (underHikari == null ? NOT_OURS : underHikari) + " | "
                    + peers.get(scenario)
                            .replace("|", "\\|")
                            .lines()
                            .findFirst()
                            .orElse("") + " |");
        }
        lines.add("");
        lines.add("""
                What a reset clears, it clears with the next user's first request: until then an idle connection keeps its application locks and
                temporary tables, with any of the three.""");
        return String.join("\n", lines) + "\n";
    }

    /** Without the column that is not asserted, and without its versions. */
    static String withoutPeers(String document) {
        return document.lines()
                .map(line -> line.startsWith("|") ? line.substring(0, line.lastIndexOf('|', line.length() - 2)) : line)
                .collect(Collectors.joining("\n"));
    }
}
