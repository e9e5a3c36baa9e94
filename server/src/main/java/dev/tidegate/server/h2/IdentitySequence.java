package dev.tidegate.server.h2;

import dev.tidegate.server.tsql.translate.ColumnInfo;
import dev.tidegate.server.tsql.translate.SqlText;
import dev.tidegate.server.tsql.translate.TableInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.schema.Schema;
import org.h2.schema.Sequence;
import org.h2.table.Table;

/** Keeps identity columns going beyond values that were inserted explicitly, as SQL Server does and H2 does not. */
final class IdentitySequence {
    private IdentitySequence() {}

    static void moveBeyond(SessionCore core, TableInfo table) throws SQLException {
        ColumnInfo column = table.identity().orElseThrow();
        Sequence sequence = sequence(core, table, column);
        if (sequence == null) {
            return;
        }
        boolean up = sequence.getIncrement() > 0;
        String extreme = "SELECT " + (up ? "MAX(" : "MIN(") + SqlText.quote(column.name()) + ") FROM " + table.sql();
        try (Statement statement = core.connection.createStatement();
                ResultSet rows = statement.executeQuery(extreme)) {
            if (!rows.next() || rows.getObject(1) == null) {
                return;
            }
            long last = rows.getLong(1);
            long next = sequence.getBaseValue();
            if (up ? last >= next : last <= next) {
                sequence.modify(last + sequence.getIncrement(), null, null, null, null, null, null);
                sequence.flushWithoutMargin();
            }
        }
    }

    private static Sequence sequence(SessionCore core, TableInfo table, ColumnInfo column) throws SQLException {
        Table h2 = table.temporary() ? core.h2().findLocalTempTable(table.name()) : null;
        if (h2 == null) {
            Schema schema = core.h2().getDatabase().findSchema(table.schema());
            h2 = schema == null ? null : schema.findTableOrView(core.h2(), table.name());
        }
        return h2 == null ? null : h2.getColumn(column.name()).getSequence();
    }
}
