package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.RemoteCatalog;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where everything that an engine connection does on servers gets its connection from: outside of a transaction from the pool, in one the
 * connection that the transaction has taken at its first use of the database. Requests are to be sent through the {@link Run}, so that a
 * cancel and the statement's limit reach them.
 *
 * <p>In a transaction each failure here, of whatever kind, leaves it aborted, as DuckDB's own failures do: nothing but a rollback is
 * accepted then. Thread-safe: scans of a statement come from several threads; {@link #close} waits for none of them.
 */
public final class RemoteWork {
    /** What is done on a connection to a server. It leaves the connection ready for the next request, and does not close it. */
    public interface Work<T> {
        T on(TdsConnection connection, Run run) throws SQLException;
    }

    /** Guards the three below. Held for moments only. */
    private final ReentrantLock lock = new ReentrantLock();

    private Transaction transaction;
    private boolean autoCommit = true;
    private boolean closed;

    /** For what only reads: look-ups, and queries whose whole answer the work reads. */
    public <T> T read(AttachedDatabase database, Run run, Work<T> work) throws SQLException {
        Transaction present = present();
        if (present != null) {
            return present.use(database, run, work);
        }
        try (TdsConnection connection = database.acquire(run)) {
            return work.on(connection, run);
        }
    }

    /**
     * Begins to read the one result of a query; close it in any case.
     *
     * <p>In a transaction a second query may begin before the first was read to its end: the rest of the first is kept in memory then.
     *
     * @throws SQLException 54000 if that would be more than {@code TRANSACTION_BUFFER} allows; from a later read likewise
     */
    public RowBatches query(AttachedDatabase database, Run run, String sql) throws SQLException {
        return query(database, run, sql, List.of());
    }

    /** As {@link #query(AttachedDatabase, Run, String)}, with values for the names in the text. */
    public RowBatches query(AttachedDatabase database, Run run, String sql, List<Parameter> parameters)
            throws SQLException {
        Transaction present = present();
        return present != null
                ? present.query(database, run, sql, parameters)
                : PooledRows.of(database.acquire(run), run, sql, parameters);
    }

    /**
     * Begins to read a table, by several connections if that may be worth it; close all parts in any case. In a transaction its one connection
     * reads it: only that sees what the transaction has changed.
     *
     * @param wish how many connections may be used
     * @param request reads those rows for which a condition holds, or all
     */
    public List<ScanPart> scan(
            AttachedDatabase database,
            Run run,
            RemoteName table,
            Parallelism wish,
            Function<Optional<Tsql>, Tsql> request)
            throws SQLException {
        if (wish.connections() > 1 && present() == null) {
            return Division.of(database, run, table, wish, request);
        }
        Tsql all = request.apply(Optional.empty());
        return List.of(new WholePart(query(database, run, all.sql(), all.parameters())));
    }

    /** Names of the tables and views that the filters let through; asks the server only if that is not known. */
    public List<RemoteName> tables(AttachedDatabase database, Run run) throws SQLException {
        return catalog(database).tables(new CatalogLookup(this, database, run), run);
    }

    /** Schemas that are known to have been made, whether or not there are tables in them. */
    public Set<String> schemas(AttachedDatabase database) throws SQLException {
        return catalog(database).schemas();
    }

    /** As {@link RemoteCatalog#goneSchemas}. */
    public Set<String> goneSchemas(AttachedDatabase database) throws SQLException {
        return catalog(database).goneSchemas();
    }

    /** As {@link RemoteCatalog#columns}. */
    public Map<RemoteName, List<Column>> columns(
            AttachedDatabase database, Collection<RemoteName> tables, Run run, Map<RemoteName, SQLException> failures)
            throws SQLException {
        return catalog(database).columns(tables, new CatalogLookup(this, database, run), run, failures);
    }

    private RemoteCatalog catalog(AttachedDatabase database) throws SQLException {
        Transaction present = present();
        return present != null ? present.catalog(database) : database.catalog();
    }

    /**
     * Tells the catalog what a definition has changed: that of this transaction at once, everybody's once it has been committed.
     *
     * @param change may be done to several catalogs
     */
    public void changed(AttachedDatabase database, Consumer<RemoteCatalog> change) throws SQLException {
        Transaction present = present();
        if (present != null) {
            present.changed(database, change);
        } else {
            database.changed(change);
        }
    }

    /**
     * All or nothing: outside of a transaction, the work's own is committed once the work returns, and rolled back if it throws anything.
     * The work must not wait for a query of DuckDB's that reads the same database: in a transaction that needs the connection that the work has.
     *
     * @throws SQLException 25006 if the database is attached READ_ONLY; with SQLState 08007 if nobody knows whether the commit took place
     */
    public <T> T write(AttachedDatabase database, Run run, Work<T> work) throws SQLException {
        Transaction present = present();
        if (present != null) {
            return present.write(database, run, work);
        }
        checkWritable(database);
        try (TdsConnection connection = database.begin(run)) {
            T result;
            try {
                result = work.on(connection, run);
            } catch (SQLException | RuntimeException | Error e) {
                Failures.after(e, () -> rollBack(connection, run));
                throw e;
            }
            boolean committed = false;
            try {
                run.commit(connection);
                committed = true;
            } finally {
                if (!committed) {
                    // It may have taken place all the same.
                    database.clearCache();
                }
            }
            return result;
        }
    }

    /**
     * As {@link #write}, for text of a user that may have transactions of its own: outside of a transaction it runs as it is.
     *
     * @throws SQLException 25000 if it leaves a transaction open, which is rolled back
     */
    public <T> T writeAsItIs(AttachedDatabase database, Run run, Work<T> work) throws SQLException {
        Transaction present = present();
        if (present != null) {
            return present.write(database, run, work);
        }
        checkWritable(database);
        try (TdsConnection connection = database.acquire(run)) {
            T result = work.on(connection, run);
            if (connection.inTransaction()) {
                throw new SQLException(
                        "the text has left a transaction open on the server, which was rolled back; commit it in the"
                                + " text, or write BEGIN and COMMIT around the statement",
                        "25000");
            }
            return result;
        }
    }

    static void checkWritable(AttachedDatabase database) throws SQLException {
        if (database.options().readOnly()) {
            throw Failures.readOnly(database.alias() + " is attached READ_ONLY");
        }
    }

    private static void rollBack(TdsConnection connection, Run run) throws SQLException {
        if (connection.inTransaction()) {
            run.rollback(connection);
        }
    }

    /** @return null outside of one */
    private Transaction present() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw Failures.closed();
            }
            if (transaction == null && !autoCommit) {
                transaction = new Transaction(false);
            }
            return transaction;
        } finally {
            lock.unlock();
        }
    }

    /** @throws SQLException 25P02 if only a rollback is accepted now */
    public void checkNotAborted() throws SQLException {
        Transaction present = present();
        if (present != null) {
            present.checkNotAborted();
        }
    }

    /** Whether there is a transaction of which only a rollback is accepted. */
    public boolean isAborted() {
        lock.lock();
        try {
            return transaction != null && transaction.isAborted();
        } finally {
            lock.unlock();
        }
    }

    public boolean inTransaction() throws SQLException {
        return present() != null;
    }

    /** Whether the present transaction has changed definitions of the database. */
    public boolean hasChanged(AttachedDatabase database) throws SQLException {
        Transaction present = present();
        return present != null && present.hasChanged(database);
    }

    /** Whether the present transaction has used the database. */
    public boolean uses(AttachedDatabase database) throws SQLException {
        Transaction present = present();
        return present != null && present.uses(database);
    }

    /** DuckDB has begun a transaction. */
    public void begun(boolean readOnly, Run run) throws SQLException {
        Transaction before;
        lock.lock();
        try {
            if (closed) {
                throw Failures.closed();
            }
            before = transaction;
            transaction = new Transaction(readOnly);
        } finally {
            lock.unlock();
        }
        if (before != null) {
            // Somebody has ended it on DuckDB's own connection.
            before.rollback(run);
        }
    }

    /** @param on false: from now on there is always a transaction, which begins with what comes first in it */
    public void autoCommit(boolean on) {
        lock.lock();
        try {
            autoCommit = on;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Commits: what was only read, then the server that was written to, then DuckDB. The first that fails has the others rolled back.
     *
     * @throws HalfCommittedException if it is DuckDB that fails, once a server has committed
     * @throws SQLException 25P02 if only a rollback is accepted, and the transaction is still there; 08007 if the outcome on the server is
     *     unknown; any other error: nothing was committed. It is over but with 25P02
     */
    public void commit(LocalPart local, Run run) throws SQLException {
        Transaction present = present();
        if (present == null) {
            local.commit();
            return;
        }
        present.prepareCommit(local);
        try {
            present.commit(local, run);
        } finally {
            over(present);
        }
    }

    /** Rolls back DuckDB's part and the servers', each whatever becomes of the others. A server that fails has rolled back by itself. */
    public void rollback(LocalPart local, Run run) throws SQLException {
        Transaction present = present();
        if (present == null) {
            local.rollback();
            return;
        }
        try {
            local.rollback();
        } finally {
            over(present);
            present.rollback(run);
        }
    }

    private void over(Transaction which) {
        lock.lock();
        try {
            if (transaction == which) {
                transaction = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whatever runs is cut off, and rolled back. Takes {@code closeTimeout} for each database at most. Idempotent. */
    public void close() {
        Transaction last;
        lock.lock();
        try {
            closed = true;
            last = transaction;
            transaction = null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
