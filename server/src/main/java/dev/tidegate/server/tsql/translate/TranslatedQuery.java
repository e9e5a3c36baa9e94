package dev.tidegate.server.tsql.translate;

import java.util.List;

/** A query in H2's SQL, and what it returns. */
public record TranslatedQuery(String sql, List<ColumnInfo> columns) {
    public TranslatedQuery {
        columns = List.copyOf(columns);
    }
}
