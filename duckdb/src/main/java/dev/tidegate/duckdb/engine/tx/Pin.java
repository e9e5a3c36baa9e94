package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteCatalog;
import dev.tidegate.duckdb.attach.Run;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The connection that a transaction has of one database, taken at its first use. One request runs on it at a time: whoever wants it while a
 * query is being read keeps the rest of that query's rows in memory first. Thread-safe.
 */
final class Pin {
    private final AttachedDatabase database;
    /** Held while the server is asked, and for each batch of rows. {@link #close} does without. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile TdsConnection connection;
    private volatile boolean over;
    /** The server's, of the transaction. */
    private long number;

    /** The query whose rows are still coming over the connection. */
    private PinnedRows reading;

    /** What the transaction knows; only a commit makes its changes everybody's. */
    private final RemoteCatalog catalog;

    private final List<Consumer<RemoteCatalog>> changes = new CopyOnWriteArrayList<>();

    Pin(AttachedDatabase database) {
        this.database = database;
        this.catalog = database.catalog().copy();
    }

    AttachedDatabase database() {
        return database;
    }

    RemoteCatalog catalog() {
        return catalog;
    }

    void changed(Consumer<RemoteCatalog> change) {
        change.accept(catalog);
        changes.add(change);
    }

    boolean hasChanged() {
        return !changes.isEmpty();
    }

    ReentrantLock lock() {
        return lock;
    }

    <T> T use(Run run, RemoteWork.Work<T> work) throws SQLException {
        lock.lock();
        try {
            TdsConnection mine = free(run);
            T result = work.on(mine, run);
            checkInTransaction(mine);
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** @param failed is told of what ends the reading before its end */
    RowBatches query(Run run, String sql, List<Parameter> parameters, Consumer<Throwable> failed) throws SQLException {
        lock.lock();
        try {
            TdsConnection mine = free(run);
            boolean begun = false;
            try {
                ResponseBatches rows = ResponseBatches.of(run.execute(mine, sql, parameters));
                reading = new PinnedRows(this, rows, run, failed);
                begun = true;
                return reading;
            } finally {
                if (!begun) {
                    run.left(mine);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Of the query that was being read; by who holds the lock. */
    void left(PinnedRows rows, Run run) throws SQLException {
        if (reading == rows) {
            reading = null;
            run.left(connection);
            if (!over) {
                checkInTransaction(connection);
            }
        }
    }

    private TdsConnection free(Run run) throws SQLException {
        if (connection == null) {
            open(run);
        }
        if (reading != null) {
            reading.keepRest(database.options().transactionBuffer());
        }
        return connection;
    }

    private void open(Run run) throws SQLException {
        if (over) {
            throw Failures.closed();
        }
        TdsConnection fresh = database.begin(run);
        number = fresh.transaction();
        connection = fresh;
        if (over) {
            // Who has ended it meanwhile may have seen no connection yet.
            fresh.close();
            throw Failures.closed();
        }
    }

    private void checkInTransaction(TdsConnection mine) throws SQLException {
        if (mine.transaction() != number) {
            throw Failures.endedMeanwhile(database.alias());
        }
    }

    /** The connection goes back to its pool, whatever becomes of it. */
    void commit(Run run) throws SQLException {
        lock.lock();
        try {
            TdsConnection mine = connection;
            if (mine == null) {
                return;
            }
            over = true;
            boolean committed = false;
            try (TdsConnection last = mine) {
                drop();
                checkInTransaction(last);
                run.commit(last);
                if (last.inTransaction()) {
                    throw Failures.notEnded(database.alias());
                }
                committed = true;
            } finally {
                publish(committed);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What may have been committed is looked up by whoever asks next. */
    private void publish(boolean committed) {
        if (changes.isEmpty()) {
            database.catalog().learn(catalog);
        } else if (committed) {
            changes.forEach(database::changed);
        } else {
            database.clearCache();
        }
    }

    /** A connection on which that fails is ended, and the server rolls back by itself: then there is nothing to tell. */
    void rollback(Run run) {
        lock.lock();
        try {
            over = true;
            if (connection != null) {
                rollBack(connection, run);
            }
        } finally {
            lock.unlock();
        }
    }

    private void rollBack(TdsConnection mine, Run run) {
        try (TdsConnection last = mine) {
            drop();
            if (last.hasLostTransaction() || last.isOpen() && last.inTransaction()) {
                run.rollback(last);
            }
        } catch (SQLException e) {
            mine.discard();
        }
    }

    private void drop() throws SQLException {
        if (reading != null) {
            reading.drop();
        }
    }

    /** From any thread, while others use it: what runs on it is cancelled, and rolled back by the pool. */
    void close() {
        over = true;
        TdsConnection mine = connection;
        if (mine != null) {
            mine.close();
        }
    }
}
