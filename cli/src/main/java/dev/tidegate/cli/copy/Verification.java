package dev.tidegate.cli.copy;

import dev.tidegate.duckdb.Identifiers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads both sides of a copy again and compares, for each column, the number of values and a checksum that does not depend on the order
 * of the rows. A column that has another type on the other side is brought to the source's type first.
 */
final class Verification {
    private final Engine engine;

    Verification(Engine engine) {
        this.engine = engine;
    }

    /** @return what differs, one line each; empty when nothing does */
    List<String> differences(CopySource first, CopySource second) throws SQLException {
        // Texts of a file have no type; they are compared as what they have become, or have been.
        CopySource source = first.as(types(second));
        CopySource target = second.as(types(source));
        List<Column> wanted = new ArrayList<>();
        source.columns().forEach((name, type) -> wanted.add(new Column(name, type)));
        Set<String> found =
                target.columns().keySet().stream().map(Verification::folded).collect(Collectors.toSet());
        List<String> differences = new ArrayList<>();
        List<Column> both = new ArrayList<>();
        for (Column column : wanted) {
            if (found.contains(folded(column.name()))) {
                both.add(column);
            } else {
                differences.add("column \"" + column.name() + "\" is missing in " + target.name());
            }
        }
        List<String> before = checksums(source, both, false);
        List<String> after = checksums(target, both, true);
        if (!before.getFirst().equals(after.getFirst())) {
            differences.add(source.name() + " has " + before.getFirst() + " rows, " + target.name() + " has "
                    + after.getFirst());
        }
        for (int i = 0; i < both.size(); i++) {
            if (!before.get(i + 1).equals(after.get(i + 1))) {
                differences.add(
                        "column \"" + both.get(i).name() + "\" differs (values and checksum: " + before.get(i + 1)
                                + " in " + source.name() + ", " + after.get(i + 1) + " in " + target.name() + ")");
            }
        }
        return differences;
    }

    /** The number of rows, then a text for each column. */
    private List<String> checksums(CopySource side, List<Column> columns, boolean brought) throws SQLException {
        String expressions = columns.stream()
                .map(column -> {
                    String name = Identifiers.duckdb(column.name());
                    String value = brought ? "TRY_CAST(" + name + " AS " + column.type() + ")" : name;
                    // Hashes are added as 128-bit numbers: order does not matter, and doubled rows do not cancel out.
                    // CASE and not FILTER, with which DuckDB takes half a minute to plan a thousand columns.
                    return ", count(" + value + ") || ' ' || coalesce(sum(CASE WHEN " + value + " IS NOT NULL THEN hash("
                            + value + ")::HUGEINT END), 0)";
                })
                .collect(Collectors.joining());
        try {
            return engine.rows("SELECT count(*)" + expressions + " FROM (" + side.sql() + ")")
                    .getFirst();
        } catch (SQLException e) {
            throw side.explain(e);
        }
    }

    private static Map<String, String> types(CopySource side) throws SQLException {
        Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        types.putAll(side.columns());
        return types;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private record Column(String name, String type) {}
}
