package dev.tidegate.server.tsql.ast;

import java.util.List;

/** Name of a table, view or procedure: one to four parts, the last of them its own name; empty parts were left out. */
public record ObjectName(List<String> parts) {
    public ObjectName {
        parts = List.copyOf(parts);
    }

    public static ObjectName of(String... parts) {
        return new ObjectName(List.of(parts));
    }

    public String name() {
        return parts.getLast();
    }

    /** Empty if not given. */
    public String schema() {
        return part(2);
    }

    /** Empty if not given. */
    public String database() {
        return part(3);
    }

    /** Empty if not given. */
    public String server() {
        return part(4);
    }

    private String part(int fromEnd) {
        return parts.size() < fromEnd ? "" : parts.get(parts.size() - fromEnd);
    }

    public boolean isTemporary() {
        return name().startsWith("#");
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
