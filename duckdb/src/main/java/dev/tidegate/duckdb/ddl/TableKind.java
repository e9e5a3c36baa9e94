package dev.tidegate.duckdb.ddl;

import dev.tidegate.duckdb.Identifiers;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a new table keeps its rows, and its primary key: the options of CREATE TABLE … WITH and of COPY.
 *
 * @param key of the clustered index; empty: it is the primary key's, if there is one
 * @param primaryKey empty: none but what a constraint says
 */
public record TableKind(Storage storage, List<String> key, List<String> primaryKey) {
    /** What the rows are kept in. */
    public enum Storage {
        /** Nothing was said: as the keys of the table say. */
        ANY,
        HEAP,
        CLUSTERED,
        COLUMNSTORE
    }

    private static final String KIND = "kind";
    private static final String KEY = "key";
    private static final String PRIMARY_KEY = "primary_key";

    /** Of a table of which nothing is said. */
    static final TableKind ANY = new TableKind(Storage.ANY, List.of(), List.of());

    public TableKind {
        key = List.copyOf(key);
        primaryKey = List.copyOf(primaryKey);
    }

    /** @throws SQLException 22023 for an option that there is not, or that does not go with the others */
    public static TableKind of(Map<String, List<String>> options) throws SQLException {
        Map<String, List<String>> rest = new HashMap<>(options);
        List<String> kind = rest.remove(KIND);
        List<String> key = rest.getOrDefault(KEY, List.of());
        List<String> primaryKey = rest.getOrDefault(PRIMARY_KEY, List.of());
        rest.remove(KEY);
        rest.remove(PRIMARY_KEY);
        if (!rest.isEmpty()) {
            throw wrong("there is no option " + rest.keySet().iterator().next()
                    + "; a table of SQL Server takes KIND heap, clustered or columnstore, KEY (columns) and PRIMARY_KEY"
                    + " (columns)");
        }
        Storage storage = kind == null ? key.isEmpty() ? Storage.ANY : Storage.CLUSTERED : storage(kind);
        if (storage != Storage.CLUSTERED && !key.isEmpty()) {
            throw wrong("KEY (columns) goes with KIND clustered, and only with that");
        }
        return new TableKind(storage, key, primaryKey);
    }

    private static Storage storage(List<String> kind) throws SQLException {
        for (Storage storage : List.of(Storage.HEAP, Storage.CLUSTERED, Storage.COLUMNSTORE)) {
            if (kind.size() == 1 && storage.name().equalsIgnoreCase(kind.get(0))) {
                return storage;
            }
        }
        throw wrong("KIND takes heap, clustered or columnstore, not " + String.join(", ", kind));
    }

    private static SQLException wrong(String text) {
        return new SQLSyntaxErrorException(text, "22023");
    }

    /**
     * @param hasPrimaryKey whether the table has one, by whatever words
     * @throws SQLException 22023 if the rows cannot be kept so
     */
    public void check(boolean hasPrimaryKey) throws SQLException {
        if (storage == Storage.CLUSTERED && key.isEmpty() && !hasPrimaryKey) {
            throw wrong("KIND clustered needs KEY (columns) or a primary key, by which the rows are kept in order");
        }
    }

    /** How the primary key is declared in a table that has one by a constraint: clustered, unless something else is said. */
    String declaredKey() {
        return switch (storage) {
            case ANY -> "PRIMARY KEY";
            case CLUSTERED -> key.isEmpty() ? "PRIMARY KEY CLUSTERED" : "PRIMARY KEY NONCLUSTERED";
            case HEAP, COLUMNSTORE -> "PRIMARY KEY NONCLUSTERED";
        };
    }

    /**
     * Column definitions in which the primary key takes no NULL, and the constraint.
     *
     * @param columns such as {@code [id] int NULL}
     */
    public List<String> definitions(List<String> columns) throws SQLException {
        if (primaryKey.isEmpty()) {
            return columns;
        }
        List<String> changed = new ArrayList<>(columns);
        for (String name : primaryKey) {
            int at = place(columns, name);
            String column = columns.get(at);
            changed.set(at, column.substring(0, column.length() - "NULL".length()) + "NOT NULL");
        }
        changed.add((storage == Storage.ANY ? "PRIMARY KEY NONCLUSTERED" : declaredKey()) + " ("
                + list(columns, primaryKey) + ")");
        return changed;
    }

    /**
     * The statement that gives a table its index, if it has one beside those of its keys.
     *
     * @param columns each begins with its quoted name and a space
     */
    public Optional<String> index(String table, List<String> columns) throws SQLException {
        return switch (storage) {
            case ANY, HEAP -> Optional.empty();
            case CLUSTERED ->
                key.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                "CREATE CLUSTERED INDEX [clustered] ON " + table + " (" + list(columns, key) + ")");
            case COLUMNSTORE -> Optional.of("CREATE CLUSTERED COLUMNSTORE INDEX [columnstore] ON " + table);
        };
    }

    private static String list(List<String> columns, List<String> names) throws SQLException {
        List<String> quoted = new ArrayList<>();
        for (String name : names) {
            String column = columns.get(place(columns, name));
            quoted.add(column.substring(0, Identifiers.sqlServer(name).length()));
        }
        return quoted.stream().collect(Collectors.joining(", "));
    }

    private static int place(List<String> columns, String name) throws SQLException {
        String start = Identifiers.sqlServer(name).toLowerCase(Locale.ROOT) + " ";
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).toLowerCase(Locale.ROOT).startsWith(start)) {
                return i;
            }
        }
        throw new SQLSyntaxErrorException("there is no column \"" + name + "\" for the table's key", "42703");
    }
}
