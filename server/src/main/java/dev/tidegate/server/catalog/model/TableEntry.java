package dev.tidegate.server.catalog.model;

import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.table.Table;

/** A table or view. Its indexes and constraints are listed by {@link CatalogSnapshot}, which reads them when they are asked for. */
public final class TableEntry {
    private final int objectId;
    private final SchemaEntry schema;
    private final String name;
    private final boolean view;
    private final String definition;
    private final List<ColumnEntry> columns;
    private final Table table;

    TableEntry(
            int objectId, SchemaEntry schema, boolean view, String definition, List<ColumnEntry> columns, Table table) {
        this.objectId = objectId;
        this.schema = schema;
        this.name = table.getName();
        this.view = view;
        this.definition = definition;
        this.columns = List.copyOf(columns);
        this.table = table;
    }

    public int objectId() {
        return objectId;
    }

    public SchemaEntry schema() {
        return schema;
    }

    public String name() {
        return name;
    }

    public boolean isView() {
        return view;
    }

    /** The text of a view, null for a table. */
    public String definition() {
        return definition;
    }

    public List<ColumnEntry> columns() {
        return columns;
    }

    /** The column of this name in any case, or null. */
    public ColumnEntry column(String wanted) {
        for (ColumnEntry column : columns) {
            if (column.name().equalsIgnoreCase(wanted)) {
                return column;
            }
        }
        return null;
    }

    /** Rows as H2 counts them for its planner: exact while no other transaction changes the table. */
    public long rowCount(SessionLocal session) {
        return view ? 0 : table.getRowCountApproximation(session);
    }

    Table table() {
        return table;
    }
}
