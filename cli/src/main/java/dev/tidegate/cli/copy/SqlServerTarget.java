package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.duckdb.Loss;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A table of a SQL Server, loaded by INSERT BULK.
 *
 * <p>Rows for an existing table go into it in one transaction. A new table, and one that replaces another, is filled under a name of its
 * own and gets its place in a last short transaction, so that nobody sees it unfinished.
 */
final class SqlServerTarget implements CopyTarget {
    private static final int OBJECT_NOT_FOUND = 208;

    private final Engine engine;
    private final TdsConnection connection;
    private final RemoteTable table;
    private final WriteMode mode;
    private final Loading loading;

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
        boolean exists = exists();
        if (exists && !mode.keepsExisting() && !mode.replaces()) {
            throw new CliException(
                    ExitCode.FAILED,
                    name() + " exists already; say what to do with it: --append, --truncate or --replace");
        }
        if (!exists && !mode.createsMissing()) {
            throw new CliException(ExitCode.FAILED, "there is no " + name() + "; --create makes it");
        }
        return exists && mode.keepsExisting() ? fill(source, sent) : make(source, sent, exists);
    }

    private long fill(CopySource source, LongConsumer sent) throws SQLException {
        connection.begin(IsolationLevel.CURRENT);
        try {
            if (mode.truncates()) {
                // TRUNCATE TABLE is refused for tables that others refer to, and DELETE can be rolled back everywhere.
                run("DELETE FROM " + table.sql());
            }
            long rows = load(table, source, sent);
            connection.commit();
            return rows;
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private long make(CopySource source, LongConsumer sent, boolean exists) throws SQLException {
        RemoteTable unfinished = table.unfinished();
        String definition = String.join(", ", source.tableDefinition(loading.measured()));
        run("CREATE TABLE " + unfinished.sql() + " (" + definition + ")");
        try {
            long rows = load(unfinished, source, sent);
            takePlace(unfinished, exists);
            return rows;
        } catch (SQLException | RuntimeException e) {
            drop(unfinished, e);
            throw e;
        }
    }

    private void takePlace(RemoteTable unfinished, boolean exists) throws SQLException {
        connection.begin(IsolationLevel.CURRENT);
        try {
            if (exists) {
                run("DROP TABLE " + table.sql());
            }
            run(unfinished.rename(table));
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    private long load(RemoteTable into, CopySource source, LongConsumer sent) throws SQLException {
        QueryLoad query = new QueryLoad(engine.connection(), source.sql(), loading.allowed());
        BulkLoadOptions options = BulkLoadOptions.builder()
                .tableLock(loading.tableLock())
                .keepIdentity(loading.keepIdentity())
                .keepNulls(true)
                .checkConstraints(true)
                .build();
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

    private boolean exists() throws SQLException {
        try {
            run("SELECT TOP (0) * FROM " + table.sql());
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

    private void rollback(Exception primary) {
        try {
            if (connection.isOpen() && connection.inTransaction()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            primary.addSuppressed(e);
        }
    }

    private void drop(RemoteTable unfinished, Exception primary) {
        try {
            if (connection.isOpen()) {
                run("DROP TABLE " + unfinished.sql());
            }
        } catch (SQLException e) {
            primary.addSuppressed(e);
        }
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
