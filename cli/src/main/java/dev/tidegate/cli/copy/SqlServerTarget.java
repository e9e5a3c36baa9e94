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
 * <p>The rows go into the table in one transaction. A table that replaces another is filled under a name of its own and gets its place in a
 * last short transaction.
 */
final class SqlServerTarget implements CopyTarget {
    private static final int OBJECT_NOT_FOUND = 208;
    private static final int PROCEDURE_NOT_FOUND = 2812;

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
        boolean exists = exists(table);
        if (exists && !mode.keepsExisting() && !mode.replaces()) {
            throw new CliException(
                    ExitCode.FAILED,
                    name() + " exists already; say what to do with it: --append, --truncate or --replace");
        }
        if (!exists && !mode.createsMissing()) {
            throw new CliException(ExitCode.FAILED, "there is no " + name() + "; --create makes it");
        }
        if (!exists) {
            return create(source, sent);
        }
        return mode.keepsExisting() ? fill(source, sent) : replace(source, sent);
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

    /** Creates the table and fills it in one transaction; where tables are not part of transactions, it is dropped by hand. */
    private long create(CopySource source, LongConsumer sent) throws SQLException {
        connection.begin(IsolationLevel.CURRENT);
        try {
            run("CREATE TABLE " + table.sql() + columns(source));
            long rows = load(table, source, sent);
            connection.commit();
            return rows;
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            drop(table, e);
            throw e;
        }
    }

    private long replace(CopySource source, LongConsumer sent) throws SQLException {
        RemoteTable unfinished = table.unfinished();
        String columns = columns(source);
        run("CREATE TABLE " + unfinished.sql() + columns);
        try {
            long rows = load(unfinished, source, sent);
            takePlace(unfinished, columns);
            return rows;
        } catch (SQLException | RuntimeException e) {
            drop(unfinished, e);
            throw e;
        }
    }

    private String columns(CopySource source) throws SQLException {
        return " (" + String.join(", ", source.tableDefinition(loading.measured())) + ")";
    }

    private void takePlace(RemoteTable finished, String columns) throws SQLException {
        if (!canRename(finished)) {
            run("DROP TABLE " + table.sql());
            run("CREATE TABLE " + table.sql() + columns);
            run("INSERT INTO " + table.sql() + " SELECT * FROM " + finished.sql());
            run("DROP TABLE " + finished.sql());
            return;
        }
        connection.begin(IsolationLevel.CURRENT);
        try {
            run("DROP TABLE " + table.sql());
            run(finished.rename(table));
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollback(e);
            throw e;
        }
    }

    /** Asked by giving the table the name that it has, before the table in whose place it goes is touched. */
    private boolean canRename(RemoteTable finished) throws SQLException {
        try {
            run(finished.rename(finished));
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == PROCEDURE_NOT_FOUND) {
                return false;
            }
            // Some servers refuse the same name again: they know the procedure, then.
            return true;
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
            if (connection.isOpen() && exists(unfinished)) {
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
