package dev.tidegate.duckdb.push.remote;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table or view on the server.
 *
 * @param sqlName as T-SQL writes it, its parts quoted, for instance {@code [dbo].[orders]}
 * @param database tells attached databases apart: a query is sent to one of them only
 */
public record RemoteTable(String database, String sqlName, List<RemoteColumn> columns) {
    public RemoteTable {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(sqlName, "sqlName");
        columns = List.copyOf(columns);
    }

    /** True if a server's own answer could differ from one over the rows that it sends. */
    public boolean isMasked() {
        return columns.stream().anyMatch(RemoteColumn::masked);
    }

    /** The column that the scan calls so; DuckDB's names ignore case. */
    public Optional<RemoteColumn> scanned(String name) {
        return columns.stream()
                .filter(column -> column.scanName().equalsIgnoreCase(name))
                .findFirst();
    }
}
