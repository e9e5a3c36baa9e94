package dev.tidegate.server.catalog;

import java.util.List;

/**
 * A view of the catalog, computed when it is read.
 *
 * @param schema {@link CatalogInstaller#SYS_SCHEMA} or {@link CatalogInstaller#INFORMATION_SCHEMA}
 * @param ofTables whether each row tells of the table in the catalog's list whose id is its {@code object_id}, and nothing else does
 */
public record SystemView(
        String schema, String name, List<CatalogColumn> columns, RowSource rows, boolean ofTables) {
    /** A view in {@code sys}; the columns as {@link CatalogColumn#parse} reads them. */
    public static SystemView sys(String name, String columns, RowSource rows) {
        return new SystemView(CatalogInstaller.SYS_SCHEMA, name, CatalogColumn.parse(columns), rows, false);
    }

    /** A view in {@code sys} whose rows tell of tables. */
    public static SystemView sysOfTables(String name, String columns, RowSource rows) {
        return new SystemView(CatalogInstaller.SYS_SCHEMA, name, CatalogColumn.parse(columns), rows, true);
    }

    /** A view in INFORMATION_SCHEMA. */
    public static SystemView information(String name, String columns, RowSource rows) {
        return new SystemView(CatalogInstaller.INFORMATION_SCHEMA, name, CatalogColumn.parse(columns), rows, false);
    }

    /** A view that is there for those who ask, and has no rows: this server has no such objects. */
    public static SystemView empty(String name, String columns) {
        return sys(name, columns, (catalog, out) -> {});
    }

    /** Gives the rows. Thread-safe. */
    @FunctionalInterface
    public interface RowSource {
        void produce(Catalog catalog, RowSink out);
    }

    /** Takes the rows of a view or a procedure's result. */
    @FunctionalInterface
    public interface RowSink {
        /** @param values one for each column: String, Integer, Long, Short, Boolean, LocalDateTime, byte[], BigDecimal or null */
        void add(Object... values);
    }
}
