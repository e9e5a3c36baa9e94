package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.adbc.CatalogTree.Catalog;
import dev.tidegate.arrow.adbc.CatalogTree.Column;
import dev.tidegate.arrow.adbc.CatalogTree.Schema;
import dev.tidegate.arrow.adbc.CatalogTree.Table;
import dev.tidegate.client.TableName;
import dev.tidegate.client.range.Rows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.adbc.core.StandardStatistics;

/** How many rows tables have, and how many of them have no value in a column. */
final class Statistics {
    /** COUNT does not take them. */
    private static final Set<String> UNCOUNTABLE = Set.of("text", "ntext", "image");

    private final SqlServerConnection connection;
    private final boolean approximate;

    /** @param approximate the rows as the catalog has them, which costs no look at the tables; otherwise all tables are counted */
    Statistics(SqlServerConnection connection, boolean approximate) {
        this.connection = connection;
        this.approximate = approximate;
    }

    /** @param column null for one of the table */
    record Statistic(String table, String column, StandardStatistics kind, long value) {}

    /** By schema, of one database. */
    record OfCatalog(String catalog, Map<String, List<Statistic>> schemas) {}

    /** @param catalogs with their tables, and columns if they are to be counted */
    List<OfCatalog> of(List<Catalog> catalogs) throws SQLException {
        List<OfCatalog> all = new ArrayList<>();
        for (Catalog catalog : catalogs) {
            Map<String, List<Statistic>> schemas = new LinkedHashMap<>();
            for (Schema schema : catalog.schemas().values()) {
                List<Statistic> statistics = new ArrayList<>();
                for (Table table : schema.tables().values()) {
                    add(statistics, catalog.name(), schema.name(), table);
                }
                schemas.put(schema.name(), statistics);
            }
            all.add(new OfCatalog(catalog.name(), schemas));
        }
        return all;
    }

    private void add(List<Statistic> to, String catalog, String schema, Table table) throws SQLException {
        String name = new TableName(List.of(catalog, schema, table.name())).sql();
        if (approximate) {
            Object rows = Rows.of(
                            connection.client(),
                            "SELECT SUM(rows) FROM " + TableName.quote(catalog)
                                    + ".sys.partitions WHERE index_id IN (0, 1) AND object_id = OBJECT_ID("
                                    + TableName.literal(name) + ")")
                    .get(0)[0];
            if (rows != null) {
                to.add(new Statistic(table.name(), null, StandardStatistics.ROW_COUNT, ((Number) rows).longValue()));
            }
            return;
        }
        List<Column> counted = table.columns().stream()
                .filter(column -> !UNCOUNTABLE.contains(column.type()))
                .toList();
        Object[] counts = Rows.of(
                        connection.client(),
                        counted.stream()
                                .map(column -> ", COUNT_BIG(" + TableName.quote(column.name()) + ")")
                                .collect(Collectors.joining("", "SELECT COUNT_BIG(*)", " FROM " + name)))
                .get(0);
        long rows = ((Number) counts[0]).longValue();
        to.add(new Statistic(table.name(), null, StandardStatistics.ROW_COUNT, rows));
        for (int i = 0; i < counted.size(); i++) {
            long nulls = rows - ((Number) counts[i + 1]).longValue();
            to.add(new Statistic(table.name(), counted.get(i).name(), StandardStatistics.NULL_COUNT, nulls));
        }
    }
}
