package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.ast.SqlParser;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.ScanNames;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.Names;
import dev.tidegate.duckdb.push.translate.Predicates;
import dev.tidegate.duckdb.push.translate.Rules;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Subqueries;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the conditions under which a statement uses rows of its scans. They are read from DuckDB's own optimised plan, where the filter
 * of a scan stands right above it. A condition may be true for rows that DuckDB then filters out, never false for one that it needs.
 *
 * <p>A plan shows a value of the statement by its alias in two places: alone, and right below a CAST. An alias can be made to read as
 * anything, so a condition has to have a column in it whose name no statement can have (see {@link ScanNames}), and a CAST too.
 */
public final class ScanFilters {
    /** What an alias could not stand for: a column or a cast or function of one, or a typed constant, which a plan shows with {@code ::}. */
    private static final Pattern CAST = Pattern.compile("CAST\\([\\s(]*");

    private static final Pattern CAST_OF_NO_ALIAS = Pattern.compile("\\w+\\(|c\\d+_[0-9a-f]{16}\\b|'(?:[^']|'')*+'::");

    private final Connection duckdb;
    private final SqlParser parser;
    private final Map<String, RemoteTable> tables;
    /** By the names that the scans give their columns, which of the tables it is. */
    private final Map<String, String> byColumn = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private ScanFilters(Connection duckdb, Map<String, RemoteTable> tables) {
        this.duckdb = duckdb;
        this.parser = new SqlParser(duckdb);
        this.tables = tables;
        tables.forEach((key, table) -> table.columns().forEach(column -> byColumn.put(column.scanName(), key)));
    }

    /**
     * The filters of a statement's scans. Nothing runs, neither in DuckDB nor on a server.
     *
     * <p>They are for one execution of the statement, in the same transaction and with the same settings, variables and parameters, and must
     * not be kept for another one: a plan has the values of {@code now()}, {@code getvariable()} and their kin in it, and leaves out scans of
     * which the rows of local tables, as they are, show that nothing is needed. Where no transaction is open, one has to be begun before
     * this is asked.
     *
     * @param sql one statement that EXPLAIN takes
     * @param tables by whatever the caller knows them by; their scans' columns have names of {@link ScanNames}, by which a plan shows which
     *     table is scanned, or they have no filters
     * @return what the rows of a table's scans have to fulfil; scans that need all rows, and those that are not in the plan, are missing
     * @throws SQLException if DuckDB refuses the statement
     */
    public static Map<String, Tsql> of(Connection duckdb, String sql, Map<String, RemoteTable> tables)
            throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN (FORMAT json) " + sql)) {
            while (rows.next()) {
                plan.append(rows.getString(rows.getMetaData().getColumnCount()));
            }
        }
        return ofPlan(duckdb, sql, plan.toString(), tables);
    }

    /**
     * As {@link #of}, for a plan that was asked for already, as it must be with the parameters of a prepared statement.
     *
     * @param sql the statement as it was given
     * @param plan what {@code EXPLAIN (FORMAT json)} answers
     */
    public static Map<String, Tsql> ofPlan(Connection duckdb, String sql, String plan, Map<String, RemoteTable> tables)
            throws SQLException {
        if (!tables.values().stream().allMatch(table -> areNamesUnknownTo(sql, table))) {
            return Map.of();
        }
        List<Node> roots;
        try {
            roots = Node.read(plan);
        } catch (IllegalArgumentException e) {
            // A plan that is not understood has no filters.
            return Map.of();
        }
        return new ScanFilters(duckdb, tables).find(roots);
    }

    private Map<String, Tsql> find(List<Node> roots) throws SQLException {
        Map<String, List<Optional<Tsql>>> found = new LinkedHashMap<>();
        for (Node root : roots) {
            walk(root, List.of(), found);
        }
        Map<String, Tsql> filters = new HashMap<>();
        for (Map.Entry<String, List<Optional<Tsql>>> scans : found.entrySet()) {
            union(scans.getValue()).ifPresent(filter -> filters.put(scans.getKey(), filter));
        }
        return filters;
    }

    /** One request serves all scans of a table, so it has to have the rows of each. */
    private static Optional<Tsql> union(List<Optional<Tsql>> scans) {
        if (scans.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Tsql> distinct = scans.stream().map(Optional::get).distinct().toList();
        Tsql union = distinct.size() == 1 ? distinct.get(0) : Tsql.of("({})", Tsql.join(" OR ", distinct));
        return union.parameterCount() <= Tsql.MAX_PARAMETERS ? Optional.of(union) : Optional.empty();
    }

    /** @param above the expressions of the filters right above the node */
    private void walk(Node node, List<String> above, Map<String, List<Optional<Tsql>>> found) throws SQLException {
        Node info = node.child("extra_info").orElse(null);
        List<Node> children = node.children("children");
        Optional<String> scanned =
                info == null || !children.isEmpty() || !info.has("Function") ? Optional.empty() : scanned(info);
        if (scanned.isPresent()) {
            found.computeIfAbsent(scanned.get(), name -> new ArrayList<>())
                    .add(filter(tables.get(scanned.get()), above));
            return;
        }
        List<String> below = new ArrayList<>();
        if (node.text("name").equals("FILTER") && children.size() == 1 && info != null) {
            below.addAll(above);
            // An array is a text that had line ends in it, of which not all are shown.
            if (!info.text("Expression").isEmpty()) {
                below.add(info.text("Expression"));
            }
        } else if (isSelectionOfColumns(node, info) && children.size() == 1) {
            below.addAll(above);
        }
        for (Node child : children) {
            walk(child, below, found);
        }
    }

    /** DuckDB shows the columns that a scan gives; there is at least one, also where none is needed. */
    private Optional<String> scanned(Node info) {
        return info.texts("Projections").stream()
                .map(byColumn::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A projection may give a new name to anything, but one that shows numbers only gives none. */
    private static boolean isSelectionOfColumns(Node node, Node info) {
        return node.text("name").equals("PROJECTION")
                && info != null
                && info.has("Projections")
                && info.texts("Projections").stream().allMatch(text -> text.matches("#\\d+"));
    }

    private Optional<Tsql> filter(RemoteTable table, List<String> expressions) throws SQLException {
        Set<String> functions = new HashSet<>();
        Set<String> used = new HashSet<>();
        Predicates predicates =
                new Predicates(Rules.SUPERSET, new ScanColumns(table, used), Subqueries.NONE, functions);
        List<Tsql> conditions = new ArrayList<>();
        for (String expression : expressions) {
            List<Node> parsed = mayCastAnAlias(expression) ? List.of() : parser.expressions(expression);
            if (parsed.size() == 1) {
                try {
                    used.clear();
                    Tsql condition = predicates.whereTrue(parsed.get(0));
                    if (!used.isEmpty()) {
                        conditions.add(condition);
                    }
                } catch (Untranslatable e) {
                    // DuckDB applies it anyway.
                    continue;
                }
            }
        }
        if (conditions.isEmpty() || OwnFunctions.isAnyRedefined(duckdb, functions)) {
            return Optional.empty();
        }
        return Optional.of(
                conditions.size() == 1 ? conditions.get(0) : Tsql.of("({})", Tsql.join(" AND ", conditions)));
    }

    /** @param used takes the names that conditions have had in them */
    private record ScanColumns(RemoteTable table, Set<String> used) implements Names {
        @Override
        public Scalar resolve(List<String> path) throws Untranslatable {
            return carried(path, false);
        }

        @Override
        public Scalar carried(List<String> path, boolean unscaled) throws Untranslatable {
            RemoteColumn column = path.size() == 1 ? table.scanned(path.get(0)).orElse(null) : null;
            if (column == null) {
                throw new Untranslatable("a name that the scan does not have");
            }
            if (column.masked()) {
                throw new Untranslatable("a masked column");
            }
            if (column.unscaled() != unscaled) {
                throw new Untranslatable("a decimal without its point");
            }
            used.add(column.scanName());
            return Scalar.column(Tsql.name(column.name()), column);
        }
    }

    private static boolean mayCastAnAlias(String expression) {
        Matcher cast = CAST.matcher(expression);
        Matcher child = CAST_OF_NO_ALIAS.matcher(expression);
        while (cast.find()) {
            if (!child.region(cast.end(), expression.length()).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    private static boolean areNamesUnknownTo(String sql, RemoteTable table) {
        String text = sql.toLowerCase(Locale.ROOT);
        return table.columns().stream()
                .map(column -> ScanNames.nonce(column.scanName()))
                .allMatch(nonce -> nonce.isPresent() && !text.contains(nonce.get()));
    }
}
