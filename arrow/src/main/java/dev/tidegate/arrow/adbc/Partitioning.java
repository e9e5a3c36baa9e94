package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.ReadMapping;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.range.KeyRange;
import dev.tidegate.client.range.RangeKey;
import dev.tidegate.client.range.Rows;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.adbc.core.AdbcException;
import org.apache.arrow.adbc.core.AdbcStatement.PartitionResult;
import org.apache.arrow.adbc.core.PartitionDescriptor;

/** Divides the rows of a query into parts that others read, on connections of their own. */
final class Partitioning {
    private Partitioning() {}

    /**
     * @param sql a {@code SELECT columns FROM table}
     * @param wanted how many parts; there are fewer if there are fewer keys, and one if the table has no key to divide it by
     */
    static PartitionResult of(TdsConnection client, String sql, int wanted) throws SQLException, AdbcException {
        PlainSelect select = PlainSelect.of(sql)
                .orElseThrow(() -> AdbcException.notImplemented(
                        "only a SELECT of columns, or of *, FROM a table is divided: the parts of another query would not be"
                                + " its rows"));
        if (last(select.table()).startsWith("#")) {
            throw AdbcException.invalidArgument(
                    "a temporary table is seen by this connection only, and its parts are read on others");
        }
        List<Column> columns;
        try (ResponseBatches none = ResponseBatches.run(
                client,
                "SELECT TOP (0) " + list(select) + " FROM " + select.table().sql(),
                RequestOptions.DEFAULTS)) {
            columns = none.columns();
        }
        TableName table = whole(client, select.table());
        List<String> names = columns.stream().map(Column::name).toList();
        List<PartitionDescriptor> parts = new ArrayList<>();
        Optional<RangeKey> key = RangeKey.find(client, table);
        if (key.isPresent()) {
            for (KeyRange range : key.get().divide(client, table, wanted)) {
                parts.add(new PartitionDescriptor(new Partition(table, names, range).toBytes()));
            }
        } else {
            parts.add(new PartitionDescriptor(new Partition(table, names, null).toBytes()));
        }
        return new PartitionResult(new ReadMapping(ArrowReadOptions.DEFAULTS).schema(columns), -1, parts);
    }

    private static String list(PlainSelect select) {
        return select.columns().isEmpty()
                ? "*"
                : select.columns().stream().map(TableName::quote).collect(Collectors.joining(", "));
    }

    private static String last(TableName table) {
        return table.parts().get(table.parts().size() - 1);
    }

    /** With database and schema: another connection may be in another database, and another user in another schema. */
    private static TableName whole(TdsConnection client, TableName table) throws SQLException {
        List<String> parts = table.parts();
        if (parts.size() == 3 && !parts.get(1).isEmpty()) {
            return table;
        }
        String database = parts.size() == 3 ? parts.get(0) : client.database();
        String schema = parts.size() == 2 ? parts.get(0) : schemaOf(client, database, table);
        return new TableName(List.of(database, schema, last(table)));
    }

    private static String schemaOf(TdsConnection client, String database, TableName table) throws SQLException {
        Object schema = Rows.of(
                        client,
                        "SELECT OBJECT_SCHEMA_NAME(OBJECT_ID(" + TableName.literal(table.sql()) + "), DB_ID("
                                + TableName.literal(database) + "))")
                .get(0)[0];
        // Who may not see the name of it is told by the server who reads it.
        return schema == null ? "" : schema.toString();
    }
}
