package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.column.Loss;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A table of a SQL Server, loaded by INSERT BULK. All that is done to the database is one transaction. A table that replaces another is
 * filled under a name of its own and takes the other's place at the end, so that readers wait for no longer than the renaming takes.
 */
final class SqlServerTarget implements CopyTarget {
    private static final int OBJECT_NOT_FOUND = 208;

    private final Engine engine;
    private final TdsConnection connection;
    private final RemoteTable table;
    private final WriteMode mode;
    private final Loading loading;
    private volatile QueryLoad running;
    /** Holds the rows until the commit gives it the table's name; null when they go into the table itself. */
    private RemoteTable unfinished;

    /**
     * How the rows are loaded.
     *
     * @param measured whether text and binary columns of a new table get the width of the longest value
     */
    record Loading(boolean measured, boolean tableLock, boolean keepIdentity, Set<Loss> allowed) {}

    private SqlServerTarget(
            Engine engine, TdsConnection connection, RemoteTable table, WriteMode mode, Loading loading) {
        this.engine = engine;
        this.connection = connection;
        this.table = table;
        this.mode = mode;
        this.loading = loading;
    }

    static SqlServerTarget open(
            Engine engine, ConnectionSettings settings, String table, WriteMode mode, Loading loading)
            throws SQLException {
        RemoteTable remote = RemoteTable.parse(table);
        return new SqlServerTarget(engine, TdsConnection.open(settings), remote, mode, loading);
    }

    @Override
    public long write(CopySource source, LongConsumer sent) throws SQLException {
        boolean exists = exists(table);
        if (exists && !mode.keepsExisting() && !mode.replaces()) {
            throw new CliException(
                    ExitCode.FAILED,
                    name() + " exists already; say what to do with it: --append, --truncate or --replace");
        }
        if (!exists && !mode.createsMissing()) {
            throw new CliException(ExitCode.FAILED, "there is no " + name() + "; --create makes it");
        }
        boolean fills = exists && mode.keepsExisting();
        // Before the transaction, because looking for the widths of the columns takes its time.
        String columns = fills ? "" : String.join(", ", source.tableDefinition(loading.measured()));
        connection.begin(IsolationLevel.CURRENT);
        if (fills) {
            if (mode.truncates()) {
                // TRUNCATE TABLE is refused for tables that others refer to.
                run("DELETE FROM " + table.sql());
            }
            return load(table, source, sent);
        }
        unfinished = exists ? table.beside() : null;
        RemoteTable made = exists ? unfinished : table;
        run("CREATE TABLE " + made.sql() + " (" + columns + ")");
        return load(made, source, sent);
    }

    @Override
    public void commit() throws SQLException {
        if (unfinished != null) {
            // In this order nothing is gone yet when a step is refused.
            RemoteTable replaced = table.beside();
            run(table.rename(replaced));
            run(unfinished.rename(table));
            run("DROP TABLE " + replaced.sql());
        }
        connection.commit();
    }

    @Override
    public void undo() throws SQLException {
        if (connection.isOpen() && connection.inTransaction()) {
            connection.rollback();
        }
    }

    @Override
    public void cancel() {
        connection.cancel();
        QueryLoad load = running;
        try {
            if (load == null) {
                // Nothing of DuckDB's runs but, at most, the source's own look at its columns.
                engine.cancel();
            } else {
                load.cancel();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long load(RemoteTable into, CopySource source, LongConsumer sent) throws SQLException {
        Optional<String> texts = source.texts();
        QueryLoad query = texts.isPresent()
                ? QueryLoad.ofTexts(engine.connection(), texts.get(), loading.allowed())
                : new QueryLoad(engine.connection(), source.sql(), loading.allowed());
        BulkLoadOptions options = BulkLoadOptions.builder()
                .tableLock(loading.tableLock())
                .keepIdentity(loading.keepIdentity())
                .keepNulls(true)
                .checkConstraints(true)
                .build();
        running = query;
        try (BulkLoad load = connection.bulkLoad(into.sql(), options)) {
            long rows = query.run(new BulkLoadTarget(load, query.columnNames()), sent);
            long confirmed = load.finish();
            if (confirmed != rows) {
                throw new SQLException(
                        "the server confirmed " + confirmed + " rows of the " + rows + " that were sent", "58000");
            }
            return confirmed;
        } catch (SQLException e) {
            throw source.explain(e);
        }
    }

    private boolean exists(RemoteTable name) throws SQLException {
        try {
            run("SELECT TOP (0) * FROM " + name.sql());
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == OBJECT_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private void run(String sql) throws SQLException {
        try (var response = connection.execute(sql, RequestOptions.DEFAULTS)) {
            response.finish();
        }
    }

    @Override
    public long bytesWritten() {
        return connection.bytesSent();
    }

    @Override
    public CopySource readBack() {
        return SqlServerSource.over(
                engine, connection, "SELECT * FROM " + table.sql(), table.sql(), name(), loading.allowed());
    }

    @Override
    public String name() {
        return table.shown() + " at " + connection.serverInfo().host();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
