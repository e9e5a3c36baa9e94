package dev.tidegate.cli.copy;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Rows of a SQL Server, read over one connection; each {@link #sql} runs the query anew. */
final class SqlServerSource implements CopySource {
    private final Engine engine;
    private final TdsConnection connection;
    private final String query;
    private final String table;
    private final String name;
    private final Set<Loss> allowed;
    private final boolean ownsConnection;
    private volatile ResultTable current;
    private List<Column> columns;
    private boolean handedOut;

    private SqlServerSource(
            Engine engine,
            TdsConnection connection,
            String query,
            String table,
            String name,
            Set<Loss> allowed,
            boolean ownsConnection) {
        this.engine = engine;
        this.connection = connection;
        this.query = query;
        this.table = table;
        this.name = name;
        this.allowed = allowed;
        this.ownsConnection = ownsConnection;
    }

    /** @param table null when {@code query} is not simply all of a table */
    static SqlServerSource open(
            Engine engine, ConnectionSettings settings, String query, String table, Set<Loss> allowed)
            throws SQLException {
        TdsConnection connection = TdsConnection.open(settings);
        String name = (table == null ? "the query" : table) + " at " + settings.host();
        return new SqlServerSource(engine, connection, query, table, name, allowed, true);
    }

    /** A source on a connection that stays open when the source is closed. */
    static SqlServerSource over(
            Engine engine, TdsConnection connection, String query, String table, String name, Set<Loss> allowed) {
        return new SqlServerSource(engine, connection, query, table, name, allowed, false);
    }

    @Override
    public String sql() throws SQLException {
        if (current == null || handedOut) {
            start();
        }
        handedOut = true;
        return current.sql();
    }

    @Override
    public Map<String, String> columns() throws SQLException {
        if (current == null) {
            start();
        }
        // DuckDB only binds this: it asks for the columns, which stay known when the rows have been read.
        return engine.columns(current.sql());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OptionalLong expectedRows() {
        return table == null ? OptionalLong.empty() : RowEstimate.of(connection, table);
    }

    @Override
    public OptionalLong rowsRead() {
        ResultTable reading = current;
        return reading == null ? OptionalLong.empty() : OptionalLong.of(reading.rows());
    }

    @Override
    public long bytesRead() {
        return connection.bytesReceived();
    }

    @Override
    public List<String> tableDefinition(boolean measured) throws SQLException {
        if (current == null) {
            start();
        }
        return DeclaredColumns.of(columns, current.columnNames());
    }

    @Override
    public SQLException explain(SQLException reported) {
        return current == null ? reported : current.explain(reported);
    }

    @Override
    public void cancel() {
        connection.cancel();
    }

    @Override
    public void close() throws SQLException {
        try {
            endCurrent();
        } finally {
            if (ownsConnection) {
                connection.close();
            }
        }
    }

    private void start() throws SQLException {
        endCurrent();
        ResponseBatches batches = ResponseBatches.run(connection, query, RequestOptions.DEFAULTS);
        columns = batches.columns();
        current = engine.results().open(batches, allowed);
        handedOut = false;
    }

    private void endCurrent() throws SQLException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
