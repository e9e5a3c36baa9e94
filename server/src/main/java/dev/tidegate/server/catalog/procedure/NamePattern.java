package dev.tidegate.server.catalog.procedure;

import dev.tidegate.server.tsql.convert.LikePattern;
import java.util.function.Predicate;

/** A name or LIKE pattern as catalog procedures take it, without regard to case. */
final class NamePattern {
    private final Predicate<String> names;

    private NamePattern(Predicate<String> names) {
        this.names = names;
    }

    /** @param text null matches everything */
    static NamePattern like(String text) {
        return new NamePattern(text == null ? name -> true : LikePattern.of(text, "", false)::matches);
    }

    /** @param text null matches everything */
    static NamePattern exactly(String text) {
        return new NamePattern(text == null ? name -> true : text::equalsIgnoreCase);
    }

    static NamePattern of(String text, boolean wildcards) {
        return wildcards ? like(text) : exactly(text);
    }

    boolean matches(String name) {
        return names.test(name);
    }
}
