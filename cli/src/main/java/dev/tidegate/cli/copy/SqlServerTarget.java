package dev.tidegate.cli.copy;

import dev.tidegate.cli.CliException;
import dev.tidegate.cli.ExitCode;
import dev.tidegate.client.BulkLoad;
import dev.tidegate.client.BulkLoadOptions;
import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.Item;
import dev.tidegate.client.RequestOptions;
import dev.tidegate.client.TableName;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.column.Loss;
import dev.tidegate.client.staged.SideBySideLoads;
import dev.tidegate.client.staged.StagingTable;
import dev.tidegate.client.staged.TargetShape;
import dev.tidegate.duckdb.load.BulkLoadTarget;
import dev.tidegate.duckdb.load.QueryLoad;
import dev.tidegate.duckdb.load.RowTarget;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * A table of a SQL Server, loaded by INSERT BULK. All that is done to the database is one transaction. A table that replaces another is
 * filled under a name of its own and takes the other's place at the end, so that readers wait for no longer than the renaming takes.
 *
 * <p>Several sessions load into a heap beside the table, each in a transaction of its own; what they have loaded becomes the table, or goes
 * into it, in one transaction, and is dropped if anything fails.
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
    /** Whether another table has the name until then. */
    private boolean replaces;
    /** Takes the rows of several sessions; null when one loads them. */
    private StagingTable staging;

    private volatile SideBySideLoads loads;

    /**
     * How the rows are loaded.
     *
     * @param measured whether text and binary columns of a new table get a width by the longest value
     * @param order columns of a table that exists by which the rows come sorted; empty if nothing is known of that
     */
    record Loading(
            boolean measured,
            boolean tableLock,
            boolean keepIdentity,
            List<String> order,
            Set<Loss> allowed,
            Parallelism parallelism) {}

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
        List<String> columns = fills ? List.of() : source.tableDefinition(loading.measured());
        if (loading.parallelism().isSeveral()) {
            return fills ? fillSideBySide(source, sent) : createSideBySide(columns, exists, source, sent);
        }
        connection.begin(IsolationLevel.CURRENT);
        if (fills) {
            if (mode.truncates()) {
                // TRUNCATE TABLE is refused for tables that others refer to.
                run("DELETE FROM " + table.sql());
            }
            return load(table, options(locks(), loading.order()), source, sent);
        }
        replaces = exists;
        unfinished = exists ? table.beside() : null;
        RemoteTable made = exists ? unfinished : table;
        run("CREATE TABLE " + made.sql() + " (" + String.join(", ", columns) + ")");
        // Nobody else sees it before the commit.
        return load(made, options(true, List.of()), source, sent);
    }

    private long createSideBySide(List<String> columns, boolean exists, CopySource source, LongConsumer sent)
            throws SQLException {
        makeStaging().create(columns);
        long rows = loadSideBySide(query(source), source, sent);
        connection.begin(IsolationLevel.CURRENT);
        unfinished = new RemoteTable(staging.name().parts());
        replaces = exists;
        return rows;
    }

    private StagingTable makeStaging() throws SQLException {
        staging = StagingTable.beside(connection, this::session, TableName.parse(table.sql()));
        return staging;
    }

    private TdsConnection session() throws SQLException {
        return TdsConnection.open(connection.settings());
    }

    /** The rows go into the table by one INSERT, which the server does by itself. */
    private long fillSideBySide(CopySource source, LongConsumer sent) throws SQLException {
        checkNoTrigger();
        QueryLoad query = query(source);
        List<String> columns;
        boolean identity;
        try (BulkLoad load = connection.bulkLoad(table.sql(), options(loading.tableLock(), List.of()))) {
            List<Column> taken = new BulkLoadTarget(load, query.columnNames()).columns();
            columns = taken.stream().map(Column::name).toList();
            identity = taken.stream().anyMatch(Column::isIdentity);
        }
        makeStaging().like(TableName.parse(table.sql()), columns);
        long rows = loadSideBySide(query, source, sent);
        connection.begin(IsolationLevel.CURRENT);
        if (mode.truncates()) {
            run("DELETE FROM " + table.sql());
        }
        if (identity) {
            run("SET IDENTITY_INSERT " + table.sql() + " ON");
        }
        long inserted = run(staging.insertInto(TableName.parse(table.sql()), columns, locks()));
        if (identity) {
            run("SET IDENTITY_INSERT " + table.sql() + " OFF");
        }
        if (inserted != rows) {
            throw new SQLException("the server took " + inserted + " rows of the " + rows + " that were sent", "58000");
        }
        run("DROP TABLE " + staging.name().sql());
        return rows;
    }

    /** A load by one session fires none, and an INSERT does: the option must not change what a copy does. */
    private void checkNoTrigger() throws SQLException {
        OptionalLong triggers = RowEstimate.number(
                connection,
                "SELECT COUNT(*) FROM " + TableName.parse(table.sql()).catalog() + "sys.triggers WHERE is_disabled = 0 AND parent_id = OBJECT_ID("
                        + TableName.literal(table.sql()) + ")");
        if (triggers.orElse(0) > 0) {
            throw new CliException(
                    ExitCode.FAILED,
                    name() + " has triggers, which a load with --parallel would fire, and one without does not; leave it"
                            + " out, or disable them");
        }
    }

    private long loadSideBySide(QueryLoad query, CopySource source, LongConsumer sent) throws SQLException {
        List<String> names = query.columnNames();
        try (SideBySideLoads several = new SideBySideLoads()) {
            running = query;
            loads = several;
            several.open(
                    this::session,
                    staging.name(),
                    loading.parallelism().connections(),
                    options(true, List.of()));
            List<RowTarget> targets = new ArrayList<>();
            for (BulkLoad load : several.loads()) {
                targets.add(new BulkLoadTarget(load, names));
            }
            long rows = query.run(engine.loadFunctions(), targets, sent);
            checkCount(several.finish(), rows);
            return rows;
        } catch (SQLException e) {
            throw source.explain(e);
        }
    }

    @Override
    public void commit() throws SQLException {
        if (unfinished != null) {
            // In this order nothing is gone yet when a step is refused.
            RemoteTable replaced = replaces ? table.beside() : null;
            if (replaces) {
                run(table.rename(replaced));
            }
            run(unfinished.rename(table));
            if (replaces) {
                run("DROP TABLE " + replaced.sql());
            }
        }
        connection.commit();
        staging = null;
    }

    @Override
    public void undo() throws SQLException {
        if (connection.isOpen() && connection.inTransaction()) {
            connection.rollback();
        }
        if (staging != null) {
            staging.drop();
        }
    }

    @Override
    public void cancel() {
        connection.cancel();
        SideBySideLoads several = loads;
        if (several != null) {
            several.cancel();
        }
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

    private QueryLoad query(CopySource source) throws SQLException {
        Optional<String> texts = source.texts();
        return texts.isPresent()
                ? QueryLoad.ofTexts(engine.connection(), texts.get(), loading.allowed())
                : new QueryLoad(engine.connection(), source.sql(), loading.allowed());
    }

    private BulkLoadOptions options(boolean tableLock, List<String> order) {
        return BulkLoadOptions.builder()
                .tableLock(tableLock)
                .order(order)
                .keepIdentity(loading.keepIdentity())
                .keepNulls(true)
                .checkConstraints(true)
                .build();
    }

    private static void checkCount(long confirmed, long rows) throws SQLException {
        if (confirmed != rows) {
            throw new SQLException(
                    "the server confirmed " + confirmed + " rows of the " + rows + " that were sent", "58000");
        }
    }

    /** A table that was just emptied is locked by that already. One that is only added to is others' to read meanwhile. */
    private boolean locks() {
        return loading.tableLock() || mode.truncates() && isHelpedByTableLock();
    }

    private boolean isHelpedByTableLock() {
        try {
            return TargetShape.of(connection, TableName.parse(table.sql())).isHelpedByTableLock();
        } catch (SQLException e) {
            // A server that does not tell is loaded without the lock; the copy does not depend on it.
            return false;
        }
    }

    private long load(RemoteTable into, BulkLoadOptions options, CopySource source, LongConsumer sent)
            throws SQLException {
        QueryLoad query = query(source);
        running = query;
        try (BulkLoad load = connection.bulkLoad(into.sql(), options)) {
            long rows = query.run(new BulkLoadTarget(load, query.columnNames()), sent);
            checkCount(load.finish(), rows);
            return rows;
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

    /** @return rows changed */
    private long run(String sql) throws SQLException {
        long changed = 0;
        try (var response = connection.execute(sql, RequestOptions.DEFAULTS)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                changed += item instanceof Item.UpdateCount count ? count.count() : 0;
            }
        }
        return changed;
    }

    @Override
    public long bytesWritten() {
        SideBySideLoads several = loads;
        return connection.bytesSent() + (several == null ? 0 : several.bytesSent());
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
