package dev.tidegate.server.catalog.model;

import java.util.List;

/**
 * An index, or the heap of a table without a primary key.
 *
 * @param id 0 for a heap, 1 for the clustered index, 2 and up for the others
 * @param name null for a heap
 */
public record IndexEntry(
        int id, String name, boolean unique, boolean primaryKey, boolean uniqueConstraint, List<Part> parts) {
    /** A key column, in the order of the key. */
    public record Part(ColumnEntry column, boolean descending) {}

    public IndexEntry {
        parts = List.copyOf(parts);
    }

    /** {@code type} in {@code sys.indexes}: 0 heap, 1 clustered, 2 nonclustered. */
    public int type() {
        return Math.min(id, 2);
    }

    public String typeName() {
        return switch (type()) {
            case 0 -> "HEAP";
            case 1 -> "CLUSTERED";
            default -> "NONCLUSTERED";
        };
    }
}
