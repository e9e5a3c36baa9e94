package dev.tidegate.duckdb.ddl;

import dev.tidegate.duckdb.Identifiers;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a table keeps its rows: the option {@code kind} of CREATE TABLE … WITH. */
public enum TableKind {
    /** As its keys say: by its primary key, or as a heap where it has none. */
    DEFAULT("PRIMARY KEY"),
    /** In no order. */
    HEAP("PRIMARY KEY NONCLUSTERED"),
    /** In the order of its primary key. */
    CLUSTERED("PRIMARY KEY CLUSTERED"),
    /** By columns. */
    COLUMNSTORE("PRIMARY KEY NONCLUSTERED");

    private static final String OPTION = "kind";

    private final String primaryKey;

    TableKind(String primaryKey) {
        this.primaryKey = primaryKey;
    }

    /** @param options of the WITH clause, in lower case */
    public static TableKind of(Map<String, List<String>> options) throws SQLException {
        for (Map.Entry<String, List<String>> option : options.entrySet()) {
            if (!option.getKey().equals(OPTION)) {
                throw new SQLFeatureNotSupportedException(
                        "CREATE TABLE has no option " + option.getKey() + " for SQL Server; there is " + OPTION,
                        "0A000");
            }
        }
        String kind = String.join(" ", options.getOrDefault(OPTION, List.of("default")));
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "default" -> DEFAULT;
            case "heap" -> HEAP;
            case "clustered" -> CLUSTERED;
            case "columnstore" -> COLUMNSTORE;
            default ->
                throw new SQLFeatureNotSupportedException(
                        OPTION + " = " + kind + ": a table is heap, clustered or columnstore", "0A000");
        };
    }

    /** How its primary key is declared. */
    String primaryKey() {
        return primaryKey;
    }

    /** @return what makes it of this kind, once it is there; null if nothing is missing */
    public String index(String table, String name) {
        return this == COLUMNSTORE
                ? "CREATE CLUSTERED COLUMNSTORE INDEX " + Identifiers.sqlServer("cci_" + name) + " ON " + table
                : null;
    }
}
