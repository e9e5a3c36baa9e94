package dev.tidegate.duckdb.sql;

import java.util.List;

/**
 * A constraint of a table.
 *
 * @param name null if the server is to name it
 * @param columns that it is about; empty for a CHECK
 * @param check the condition as it was written; null for the others
 * @param references the table that a foreign key is to; null for the others
 * @param referenced columns of that table; empty: its primary key
 */
public record TableConstraint(
        Type type, String name, List<String> columns, String check, QualifiedName references, List<String> referenced) {
    public enum Type {
        PRIMARY_KEY,
        UNIQUE,
        CHECK,
        FOREIGN_KEY
    }

    public TableConstraint {
        columns = List.copyOf(columns);
        referenced = List.copyOf(referenced);
    }

    /** Whether an index of the server's keeps it. */
    public boolean isKey() {
        return type == Type.PRIMARY_KEY || type == Type.UNIQUE;
    }
}
