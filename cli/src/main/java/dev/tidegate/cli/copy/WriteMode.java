package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What happens to a target that exists, and to one that does not. Without any option: a new target is made, an existing one refused. */
final class WriteMode {
    @Option(
            names = "--create",
            description =
                    "Create the target when it is missing. This is the default; give it with --append or --truncate.")
    private boolean create;

    @Option(names = "--append", description = "Add the rows to those that the target has.")
    private boolean append;

    @Option(names = "--truncate", description = "Remove the target's rows first.")
    private boolean truncate;

    @Option(
            names = "--replace",
            description =
                    "Put a new target in the place of the one that is there. A table loses its indexes and rights.")
    private boolean replace;

    /** @throws CliException if two options contradict each other */
    void check() {
        List<String> given = Stream.of(
                        append ? "--append" : "", truncate ? "--truncate" : "", replace ? "--replace" : "")
                .filter(name -> !name.isEmpty())
                .toList();
        if (given.size() > 1) {
            throw CliException.usage(String.join(" and ", given) + " exclude each other; give one of them");
        }
    }

    boolean appends() {
        return append;
    }

    boolean truncates() {
        return truncate;
    }

    boolean replaces() {
        return replace;
    }

    /** True when the rows go into a target that is there already. */
    boolean keepsExisting() {
        return appends() || truncates();
    }

    boolean createsMissing() {
        return create || !keepsExisting();
    }
}
