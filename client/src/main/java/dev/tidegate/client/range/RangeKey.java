package dev.tidegate.client.range;

import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The column by which a table is divided: the first of its clustered index, or else of a unique one, if that is a number or a date.
 *
 * @param column unquoted
 * @param type T-SQL, such as {@code decimal(10,2)}
 * @param scale digits behind the point of a decimal; else 0
 * @param clustered whether the rows lie in the order of the key, so that each range is read by itself; otherwise each costs the server
 *     about a pass over the whole table
 */
public record RangeKey(String column, String type, int scale, boolean clustered) {
    private static final int CLUSTERED = 1;

    /** @return empty if no index of the table, or view, begins with such a column */
    public static Optional<RangeKey> find(TdsConnection connection, TableName table) throws SQLException {
        return find(connection, table, Sender.PLAIN);
    }

    /** As {@link #find(TdsConnection, TableName)}, where requests are sent otherwise. */
    public static Optional<RangeKey> find(TdsConnection connection, TableName table, Sender sender)
            throws SQLException {
        String catalog = table.catalog();
        String sql = "SELECT i.type, c.name, t.name, c.precision, c.scale FROM " + catalog + "sys.indexes i"
                + " JOIN " + catalog + "sys.index_columns k"
                + " ON k.object_id = i.object_id AND k.index_id = i.index_id AND k.key_ordinal = 1"
                + " JOIN " + catalog + "sys.columns c ON c.object_id = i.object_id AND c.column_id = k.column_id"
                + " JOIN " + catalog + "sys.types t ON t.user_type_id = c.system_type_id"
                + " WHERE i.object_id = OBJECT_ID(" + TableName.literal(table.sql()) + ")"
                + " AND (i.type = 1 OR i.type = 2 AND i.is_unique = 1)"
                + " AND i.has_filter = 0 AND i.is_disabled = 0 AND i.is_hypothetical = 0"
                + " ORDER BY i.type, i.index_id";
        for (Object[] row : Rows.of(sender.send(connection, sql))) {
            String name = (String) row[2];
            if (KeyKind.of(name).isPresent()) {
                int precision = ((Number) row[3]).intValue();
                int scale = ((Number) row[4]).intValue();
                boolean clustered = ((Number) row[0]).intValue() == CLUSTERED;
                return Optional.of(new RangeKey((String) row[1], type(name, precision, scale), scale, clustered));
            }
        }
        return Optional.empty();
    }

    private static String type(String name, int precision, int scale) {
        return switch (name) {
            case "decimal", "numeric" -> name + "(" + precision + "," + scale + ")";
            case "datetime2" -> name + "(" + scale + ")";
            default -> name;
        };
    }

    /**
     * Divides a table by the lowest and the highest key that it has at present. The first range has all keys below it too, and the rows
     * without a key, and the last one all keys above it: so every row is in one range, whenever it is read.
     *
     * @param wanted how many ranges; there are fewer if there are fewer different keys
     */
    public List<KeyRange> divide(TdsConnection connection, TableName table, int wanted) throws SQLException {
        return divide(connection, table, wanted, Sender.PLAIN);
    }

    /** As {@link #divide(TdsConnection, TableName, int)}, where requests are sent otherwise. */
    public List<KeyRange> divide(TdsConnection connection, TableName table, int wanted, Sender sender)
            throws SQLException {
        String key = TableName.quote(column);
        // Two queries, as a single one would not be answered from the two ends of the index.
        Object[] ends = Rows.of(sender.send(
                        connection,
                        "SELECT (SELECT MIN(" + key + ") FROM " + table.sql() + "), (SELECT MAX(" + key + ") FROM "
                                + table.sql() + ")"))
                .get(0);
        return ends[0] == null ? List.of(KeyRange.everything(column)) : divide(ends[0], ends[1], wanted);
    }

    /**
     * @param lowest in the Java form of {@code dev.tidegate.tds.type.ValueCodec}
     * @param highest not less than {@code lowest}
     */
    List<KeyRange> divide(Object lowest, Object highest, int wanted) {
        KeyKind kind = KeyKind.of(type.replaceFirst("\\(.*", "")).orElseThrow();
        BigInteger first = kind.place(lowest, scale);
        BigInteger places = kind.place(highest, scale).subtract(first).add(BigInteger.ONE);
        int count = places.min(BigInteger.valueOf(wanted)).intValueExact();
        List<KeyRange> ranges = new ArrayList<>();
        String from = null;
        for (int i = 1; i <= count; i++) {
            BigInteger end = first.add(places.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count)));
            String below = i == count ? null : "CAST(" + kind.written(end, scale) + " AS " + type + ")";
            ranges.add(new KeyRange(column, from, below, i == 1));
            from = below;
        }
        return ranges;
    }
}
