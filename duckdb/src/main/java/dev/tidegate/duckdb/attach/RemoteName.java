package dev.tidegate.duckdb.attach;

import dev.tidegate.duckdb.Identifiers;

/** A table or view of an attached database, as the server writes its names. */
public record RemoteName(String schema, String table) {
    /** Quoted for SQL Server. */
    public String sql() {
        return Identifiers.sqlServer(schema) + "." + Identifiers.sqlServer(table);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
