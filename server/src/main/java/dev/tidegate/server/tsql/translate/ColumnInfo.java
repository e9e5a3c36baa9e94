package dev.tidegate.server.tsql.translate;

import dev.tidegate.server.tsql.type.SqlType;

/** A column of a table, a view, or a result. The name is empty if a result's column has none. */
public record ColumnInfo(
        String name, SqlType type, boolean nullable, boolean identity, boolean computed, boolean hasDefault) {
    public ColumnInfo(String name, SqlType type, boolean nullable) {
        this(name, type, nullable, false, false, false);
    }

    public ColumnInfo named(String newName) {
        return new ColumnInfo(newName, type, nullable, identity, computed, hasDefault);
    }

    public ColumnInfo asNullable() {
        return nullable ? this : new ColumnInfo(name, type, true, identity, computed, hasDefault);
    }
}
