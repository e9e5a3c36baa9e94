package dev.tidegate.client.staged;

import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.range.Rows;
import java.sql.SQLException;
import java.util.List;

/** How a table keeps its rows, on which it depends what a load of many is helped by. */
public enum TargetShape {
    /** In no order. Under TABLOCK a load is logged by the page, and several loads do not wait for each other. */
    HEAP,
    /** In the order of a clustered index, into which sessions under TABLOCK load one after the other. */
    CLUSTERED,
    /** In a clustered columnstore, which compresses at once what comes in batches of 102,400 rows and more. */
    COLUMNSTORE,
    /** A view, or what the login may not see. */
    UNKNOWN;

    private static final int CLUSTERED_COLUMNSTORE = 5;

    /** What the catalog of the table's database says. */
    public static TargetShape of(TdsConnection connection, TableName table) throws SQLException {
        List<Object[]> rows = Rows.of(
                connection,
                "SELECT type FROM " + table.catalog()
                        + "sys.indexes WHERE index_id IN (0, 1) AND object_id = OBJECT_ID("
                        + TableName.literal(table.sql()) + ")");
        if (rows.size() != 1) {
            return UNKNOWN;
        }
        return switch (((Number) rows.get(0)[0]).intValue()) {
            case 0 -> HEAP;
            case 1 -> CLUSTERED;
            case CLUSTERED_COLUMNSTORE -> COLUMNSTORE;
            default -> UNKNOWN;
        };
    }

    /** Whether a load that has the table for itself anyway is faster under TABLOCK: by one session, or by an INSERT of the server's. */
    public boolean isHelpedByTableLock() {
        return this == HEAP || this == COLUMNSTORE;
    }
}
