package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** The sources of a FROM clause, and those of the queries around it. Used by one thread. */
final class Scope {
    /** How H2's SQL refers to a column of a source, by the column's name. */
    @FunctionalInterface
    interface Reference {
        String sql(String column);
    }

    /**
     * @param alias as T-SQL refers to it
     * @param display what may stand before a column's name: alias, or the names of the table's database and schema and its own
     */
    record Source(String alias, List<String> display, List<ColumnInfo> columns, Reference reference) {
        /** @param place the alias in H2's SQL; empty if columns stand alone */
        Source(String alias, List<String> display, List<ColumnInfo> columns, String place) {
            this(alias, display, columns, column -> {
                // H2 knows its pseudo-column by this name only without quotes
                String quoted = column.equals(ROW_ID) ? column : SqlText.quote(column);
                return place.isEmpty() ? quoted : SqlText.quote(place) + "." + quoted;
            });
        }

        Source(String alias, List<String> display, List<ColumnInfo> columns) {
            this(alias, display, columns, alias);
        }

        /** The same columns, found elsewhere. */
        Source at(Reference other) {
            return new Source(alias, display, columns, other);
        }

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
    private final String suffix;
    private final List<Source> sources = new ArrayList<>();
    private boolean reached;

    Scope(Scope outer) {
        this(outer, "");
    }

    /** @param suffix that makes H2's aliases of these sources different from those of a scope in the same SQL query */
    Scope(Scope outer, String suffix) {
        this.outer = outer;
        this.suffix = suffix;
    }

    /** The alias for H2's SQL. */
    String place(String alias) {
        return alias + suffix;
    }

    /** Whether a query inside has found a column here since this was asked last. */
    boolean takeReached() {
        boolean was = reached;
        reached = false;
        return was;
    }

    List<Source> sources() {
        return sources;
    }

    void add(Source source) throws SqlServerException {
        for (Source other : sources) {
            if (other.alias.equalsIgnoreCase(source.alias)) {
                throw KnownError.SAME_EXPOSED_NAMES.exception(source.alias, other.alias);
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
                            source.columns.stream().map(ColumnInfo::asNullable).toList(),
                            source.reference));
        }
    }

    /** @throws SqlServerException 207, 209 or 4104 */
    Found find(List<String> parts) throws SqlServerException {
        List<String> qualifier = parts.subList(0, parts.size() - 1);
        String name = parts.getLast();
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Found found = scope.findHere(qualifier, name);
            if (found != null) {
                scope.reached |= scope != this;
                return found;
            }
        }
        if (qualifier.isEmpty() || knows(qualifier)) {
            throw KnownError.INVALID_COLUMN.exception(name);
        }
        throw KnownError.UNBOUND_IDENTIFIER.exception(String.join(".", parts));
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
                        throw KnownError.AMBIGUOUS_COLUMN.exception(name);
                    }
                    found = new Found(source, column);
                }
            }
        }
        return found;
    }
}
