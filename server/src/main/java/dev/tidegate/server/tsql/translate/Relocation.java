package dev.tidegate.server.tsql.translate;

import java.util.ArrayList;
import java.util.List;

/** Puts several sources of a scope into one derived table of H2's SQL, where each column is named after its source and itself. */
final class Relocation {
    private Relocation() {}

    /** The quoted name that a column has in the derived table. */
    static String name(Scope.Source source, String column) {
        return SqlText.quote(source.alias() + "." + column);
    }

    /** The columns of some sources, named for a derived table. */
    static List<String> items(Scope scope, int from, int to) {
        List<String> items = new ArrayList<>();
        for (Scope.Source source : scope.sources().subList(from, to)) {
            for (ColumnInfo column : source.columns()) {
                items.add(source.reference().sql(column.name()) + " AS " + name(source, column.name()));
            }
        }
        return items;
    }

    /** From now on the columns of these sources are found in the derived table. */
    static void move(Scope scope, int from, int to, String place) {
        for (int i = from; i < to; i++) {
            Scope.Source source = scope.sources().get(i);
            scope.sources().set(i, source.at(column -> SqlText.quote(place) + "." + name(source, column)));
        }
    }
}
