package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The sources of a FROM clause, and those of the queries around it. Used by one thread. */
final class Scope {
    /**
     * @param alias as SQL refers to it
     * @param display what may stand before a column's name: alias, or the table's own name and schema
     */
    record Source(String alias, List<String> display, List<ColumnInfo> columns) {
        boolean answersTo(List<String> qualifier) {
            if (qualifier.size() > display.size()) {
                return false;
            }
            int from = display.size() - qualifier.size();
            for (int i = 0; i < qualifier.size(); i++) {
                String given = qualifier.get(i);
                if (!given.isEmpty() && !given.equalsIgnoreCase(display.get(from + i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A column that was found, with the source it belongs to. */
    record Found(Source source, ColumnInfo column) {}

    /** H2's own name of a row's id; not a name that T-SQL can have meant. */
    static final String ROW_ID = "_ROWID_";

    private final Scope outer;
    private final List<Source> sources = new ArrayList<>();

    Scope(Scope outer) {
        this.outer = outer;
    }

    List<Source> sources() {
        return sources;
    }

    void add(Source source) throws SqlServerException {
        for (Source other : sources) {
            if (other.alias.equalsIgnoreCase(source.alias)) {
                throw new SqlServerException(
                        1013,
                        1,
                        16,
                        "The objects \"" + source.alias + "\" and \"" + other.alias
                                + "\" in the FROM clause have the same exposed names. Use correlation names to"
                                + " distinguish them.");
            }
        }
        sources.add(source);
    }

    /** Makes the columns of the sources from an index on nullable: they stand on the outer side of a join. */
    void makeNullable(int from, int to) {
        for (int i = from; i < to; i++) {
            Source source = sources.get(i);
            sources.set(
                    i,
                    new Source(
                            source.alias,
                            source.display,
                            source.columns.stream().map(ColumnInfo::asNullable).toList()));
        }
    }

    /** @throws SqlServerException 207, 209 or 4104 */
    Found find(List<String> parts) throws SqlServerException {
        List<String> qualifier = parts.subList(0, parts.size() - 1);
        String name = parts.getLast();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Found found = scope.findHere(qualifier, name);
            if (found != null) {
                return found;
            }
        }
        if (qualifier.isEmpty() || knows(qualifier)) {
            throw new SqlServerException(207, 1, 16, "Invalid column name '" + name + "'.");
        }
        throw new SqlServerException(
                4104, 1, 16, "The multi-part identifier \"" + String.join(".", parts) + "\" could not be bound.");
    }

    private boolean knows(List<String> qualifier) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            if (scope.sources.stream().anyMatch(source -> source.answersTo(qualifier))) {
                return true;
            }
        }
        return false;
    }

    private Found findHere(List<String> qualifier, String name) throws SqlServerException {
        Found found = null;
        for (Source source : sources) {
            if (!qualifier.isEmpty() && !source.answersTo(qualifier)) {
                continue;
            }
            if (name.equals(ROW_ID) && !qualifier.isEmpty()) {
                return new Found(source, new ColumnInfo(ROW_ID, SqlType.BIGINT, false));
            }
            for (ColumnInfo column : source.columns) {
                if (column.name().equalsIgnoreCase(name)) {
                    if (found != null) {
                        throw new SqlServerException(209, 1, 16, "Ambiguous column name '" + name + "'.");
                    }
                    found = new Found(source, column);
                }
            }
        }
        return found;
    }
}
