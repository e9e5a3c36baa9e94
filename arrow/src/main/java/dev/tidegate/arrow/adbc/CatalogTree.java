package dev.tidegate.arrow.adbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a database server holds, as far down as somebody asked. */
final class CatalogTree {
    private CatalogTree() {}

    /** @param schemas by name; null if not asked for, as is every null below */
    record Catalog(String name, Map<String, Schema> schemas) {}

    record Schema(String name, Map<String, Table> tables) {
        static Schema of(String name, boolean withTables) {
            return new Schema(name, withTables ? new LinkedHashMap<>() : null);
        }
    }

    record Table(String name, String type, List<Column> columns, Map<String, Constraint> constraints) {
        static Table of(String name, String type, boolean whole) {
            return new Table(name, type, whole ? new ArrayList<>() : null, whole ? new LinkedHashMap<>() : null);
        }
    }

    /** @param size characters, or digits; null where a type has neither */
    record Column(
            String name,
            int position,
            String type,
            Integer size,
            Integer digits,
            Integer octets,
            boolean nullable,
            String byDefault) {}

    record Constraint(String name, String type, List<String> columns, List<Usage> usages) {}

    /** A column that a foreign key refers to. */
    record Usage(String catalog, String schema, String table, String column) {}
}
