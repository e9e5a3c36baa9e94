package dev.tidegate.duckdb.push.query;

import dev.tidegate.duckdb.push.translate.Names;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names that one SELECT sees.
 *
 * @param outside of the SELECT around it, else null
 * @param aliases of the select list, in lower case, that stand for something else than a column of their name
 */
record Scope(List<Source> sources, Scope outside, Set<String> aliases) implements Names {
    @Override
    public Scalar resolve(List<String> path) throws Untranslatable {
        if (path.isEmpty() || path.size() > 2) {
            throw new Untranslatable("a column's name of more than two parts");
        }
        String column = path.get(path.size() - 1);
        String table = path.size() == 2 ? path.get(0) : null;
        if (table == null && aliases.contains(column.toLowerCase(Locale.ROOT))) {
            throw new Untranslatable("a name of the select list in an expression");
        }
        List<Scalar> found = new ArrayList<>();
        for (Source source : sources) {
            if (table == null || source.name().equalsIgnoreCase(table)) {
                for (Source.Column each : source.columns()) {
                    if (each.name().equalsIgnoreCase(column) && (table != null || !each.hidden())) {
                        found.add(each.value());
                    }
                }
            }
        }
        if (found.size() > 1) {
            throw new Untranslatable("an ambiguous name");
        }
        if (!found.isEmpty()) {
            return found.get(0);
        }
        if (outside == null) {
            throw new Untranslatable("a name that is no column of the tables");
        }
        return outside.resolve(path);
    }
}
