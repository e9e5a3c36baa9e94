package dev.tidegate.duckdb.change;

import dev.tidegate.client.TableName;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.ddl.ServerSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns that tell the rows of a table apart.
 *
 * @param columns as the server writes them, in the order of its index
 * @param nullable whether one of them may be NULL, so that the key does not find every row
 */
public record TableKey(List<String> columns, boolean nullable) {
    public TableKey {
        columns = List.copyOf(columns);
    }

    /** All keys of a table, the primary one first. */
    public static List<TableKey> of(ServerSession server, RemoteName table) throws SQLException {
        String sql = "SELECT i.index_id, c.name, c.is_nullable FROM sys.indexes i"
                + " JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id"
                + " JOIN sys.columns c ON c.object_id = i.object_id AND c.column_id = k.column_id"
                + " WHERE i.object_id = OBJECT_ID(" + TableName.literal(table.sql()) + ")"
                + " AND i.is_unique = 1 AND i.has_filter = 0 AND i.is_disabled = 0 AND i.is_hypothetical = 0"
                + " AND k.key_ordinal > 0 ORDER BY i.is_primary_key DESC, i.index_id, k.key_ordinal";
        Map<Object, List<Object[]>> indexes = new LinkedHashMap<>();
        for (Object[] row : server.rows(sql)) {
            indexes.computeIfAbsent(row[0], id -> new ArrayList<>()).add(row);
        }
        return indexes.values().stream()
                .map(rows -> new TableKey(
                        rows.stream().map(row -> (String) row[1]).toList(),
                        rows.stream().anyMatch(row -> Boolean.TRUE.equals(row[2]))))
                .toList();
    }
}
