package dev.tidegate.cli.copy;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What happens to a target that exists, and to one that does not. Without any option: a new target is made, an existing one refused. */
final class WriteMode {
    @Option(
            names = "--create",
            description =
                    "Create the target when it is missing. This is the default; give it with --append or --truncate.")
    private boolean create;

    @ArgGroup
    private Existing existing = new Existing();

    /** At most one of them. */
    static final class Existing {
        @Option(names = "--append", description = "Add the rows to those that the target has.")
        private boolean append;

        @Option(names = "--truncate", description = "Remove the target's rows first.")
        private boolean truncate;

        @Option(names = "--replace", description = "Put a new target in the place of the one that is there.")
        private boolean replace;
    }

    boolean appends() {
        return existing.append;
    }

    boolean truncates() {
        return existing.truncate;
    }

    boolean replaces() {
        return existing.replace;
    }

    /** True when the rows go into a target that is there already. */
    boolean keepsExisting() {
        return appends() || truncates();
    }

    boolean createsMissing() {
        return create || !keepsExisting();
    }
}
