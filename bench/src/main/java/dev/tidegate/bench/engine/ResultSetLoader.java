package dev.tidegate.bench.engine;

import com.microsoft.sqlserver.jdbc.SQLServerBulkCopy;
import com.microsoft.sqlserver.jdbc.SQLServerBulkCopyOptions;
import dev.tidegate.bench.data.Field;
import dev.tidegate.bench.data.Kind;
import dev.tidegate.bench.load.BulkColumns;
import dev.tidegate.bench.load.Loader;
import dev.tidegate.bench.read.DuckDbTable;
import dev.tidegate.bench.replay.Clients;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Microsoft's bulk copy, from a result of DuckDB's driver, in one batch. It does not take the result itself: text without a greatest length
 * it reads as a character stream, which DuckDB's driver does not have.
 */
final class ResultSetLoader implements Loader {
    private final Connection server;
    private final DuckDbTable source;
    private final int count;

    /**
     * @param source lineitem; closed with this
     * @param count of its rows, because the bulk copy does not tell
     */
    ResultSetLoader(int port, DuckDbTable source, int count) throws SQLException {
        this.source = source;
        this.count = count;
        this.server = Clients.open(Clients.microsoft(port));
    }

    @Override
    public long load() throws SQLException {
        SQLServerBulkCopyOptions options = new SQLServerBulkCopyOptions();
        options.setBulkCopyTimeout(0);
        try (Statement statement = source.duckdb().createStatement();
                ResultSet rows = statement.executeQuery(LineItemServer.SET.query());
                SQLServerBulkCopy copy = new SQLServerBulkCopy(server)) {
            copy.setBulkCopyOptions(options);
            copy.setDestinationTableName(LineItemServer.SET.table());
            copy.writeToServer(new Rows(rows));
        }
        return count;
    }

    @Override
    public void close() throws SQLException {
        try (source) {
            server.close();
        }
    }

    @SuppressWarnings("serial") // Nobody writes it anywhere.
    private static final class Rows extends BulkColumns {
        private static final Kind[] KINDS =
                LineItemServer.SET.fields().stream().map(Field::kind).toArray(Kind[]::new);

        private final ResultSet rows;

        Rows(ResultSet rows) {
            super(LineItemServer.SET);
            this.rows = rows;
        }

        /** As the bulk copy itself asks a result: a date in the class of java.sql. */
        @Override
        public Object[] getRowData() {
            Object[] values = new Object[KINDS.length];
            try {
                for (int i = 0; i < values.length; i++) {
                    values[i] = KINDS[i] == Kind.DATE ? rows.getDate(i + 1) : rows.getObject(i + 1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return values;
        }

        @Override
        public boolean next() {
            try {
                return rows.next();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
