package dev.tidegate.duckdb;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Gives columns names as DuckDB takes them: none empty, and no two that differ in case only. Used by one thread. */
public final class UniqueNames {
    private final Set<String> taken = new HashSet<>();
    private int columns;

    /** The next column's name: its own, or {@code columnN} by its place, with {@code _1} and so on behind it when that is taken. */
    public String next(String name) {
        columns++;
        String wanted = name == null || name.isEmpty() ? "column" + columns : name;
        String free = wanted;
        for (int i = 1; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = wanted + "_" + i;
        }
        return free;
    }
}
