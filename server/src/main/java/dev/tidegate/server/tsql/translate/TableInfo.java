package dev.tidegate.server.tsql.translate;

import java.util.List;
import java.util.Optional;

/**
 * A table or view as statements see it.
 *
 * @param schema as H2 knows it
 */
public record TableInfo(String schema, String name, List<ColumnInfo> columns, boolean view, boolean temporary) {
    public TableInfo {
        columns = List.copyOf(columns);
    }

    public Optional<ColumnInfo> column(String wanted) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(wanted)).findFirst();
    }

    public Optional<ColumnInfo> identity() {
        return columns.stream().filter(ColumnInfo::identity).findFirst();
    }

    /** The name for H2, quoted. Temp tables have no schema: H2 finds them by their name alone. */
    public String sql() {
        return temporary ? SqlText.quote(name) : SqlText.quote(schema) + "." + SqlText.quote(name);
    }

    /** {@code schema.name}, as messages show it. */
    public String display() {
        return schema + "." + name;
    }
}
