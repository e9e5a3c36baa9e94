package dev.tidegate.server.catalog.model;

/** A schema; the ids of those that SQL Server itself provides are its own. */
public record SchemaEntry(int id, String name) {
    public static final int DBO = 1;
    public static final int GUEST = 2;
    public static final int INFORMATION_SCHEMA = 3;
    public static final int SYS = 4;
}
