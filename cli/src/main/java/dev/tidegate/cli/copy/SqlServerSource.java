package dev.tidegate.cli.copy;

import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.column.RowParts;
import dev.tidegate.client.range.NoSnapshotException;
import dev.tidegate.client.range.TableParts;
import dev.tidegate.duckdb.scan.ResultTable;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rows of a SQL Server, read over one connection, or a table over several; each {@link #sql} reads anew. */
final class SqlServerSource implements CopySource {
    /** How long a moment is waited for in which nobody writes to the table, so that several connections can begin to read it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Engine engine;
    private final TdsConnection connection;
    private final String query;
    private final String table;
    private final String name;
    private final Set<Loss> allowed;
    private final boolean ownsConnection;
    private final Parallelism parallelism;
    /** Those that read beside {@link #connection}, each for as long as one reading of the rows. */
    private final List<TdsConnection> readers = new CopyOnWriteArrayList<>();

    private volatile boolean cancelled;
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
            boolean ownsConnection,
            Parallelism parallelism) {
        this.engine = engine;
        this.connection = connection;
        this.query = query;
        this.table = table;
        this.name = name;
        this.allowed = allowed;
        this.ownsConnection = ownsConnection;
        this.parallelism = parallelism;
    }

    /** @param table null when {@code query} is not simply all of a table; then one connection reads it */
    static SqlServerSource open(
            Engine engine,
            ConnectionSettings settings,
            String query,
            String table,
            Set<Loss> allowed,
            Parallelism parallelism)
            throws SQLException {
        TdsConnection connection = TdsConnection.open(settings);
        String name = (table == null ? "the query" : table) + " at " + settings.host();
        return new SqlServerSource(engine, connection, query, table, name, allowed, true, parallelism);
    }

    /** A source on a connection that stays open when the source is closed. */
    static SqlServerSource over(
            Engine engine, TdsConnection connection, String query, String table, String name, Set<Loss> allowed) {
        return new SqlServerSource(engine, connection, query, table, name, allowed, false, new Parallelism());
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
        return connection.bytesReceived()
                + readers.stream().mapToLong(TdsConnection::bytesReceived).sum();
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
        cancelled = true;
        connection.cancel();
        readers.forEach(TdsConnection::cancel);
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
        if (parallelism.isSeveral()) {
            RowParts parts = parts();
            columns = parts.columns();
            current = engine.results().open(parts, allowed);
        } else {
            ResponseBatches batches = ResponseBatches.run(connection, query, RequestOptions.DEFAULTS);
            columns = batches.columns();
            current = engine.results().open(batches, allowed);
        }
        handedOut = false;
    }

    private RowParts parts() throws SQLException {
        TableName name = TableName.parse(RemoteTable.parse(table).sql());
        try {
            return TableParts.open(this::reader, name, parallelism.connections(), parallelism.sight(), PATIENCE);
        } catch (NoSnapshotException e) {
            throw new SQLException(
                    e.getMessage() + "; without --parallel one connection reads it, with --no-snapshot each range is read"
                            + " for itself",
                    e.getSQLState(),
                    e);
        }
    }

    private TdsConnection reader() throws SQLException {
        TdsConnection reader = TdsConnection.open(connection.settings());
        readers.add(reader);
        if (cancelled) {
            reader.close();
            throw new SQLException("reading " + name + " was cancelled", "57014");
        }
        return reader;
    }

    private void endCurrent() throws SQLException {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
