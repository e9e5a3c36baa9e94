package dev.tidegate.duckdb.attach;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a server's catalog tells of a table beside its columns. It is as old as they are.
 *
 * @param rows about how many it has; empty if the server does not tell, as for views
 * @param masked names of the columns of which a login may be sent something else than the values; empty if it could be any of them
 */
public record TableFacts(OptionalLong rows, Optional<Set<String>> masked) {
    /** Of a table of which nothing is told. */
    public static final TableFacts NONE = new TableFacts(OptionalLong.empty(), Optional.empty());

    public TableFacts {
        masked = masked.map(Set::copyOf);
    }

    /** @param column as the server writes it */
    public boolean isMasked(String column) {
        return masked.map(names -> names.contains(column)).orElse(true);
    }
}
