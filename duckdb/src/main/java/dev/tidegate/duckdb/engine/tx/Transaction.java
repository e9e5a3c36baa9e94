package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.Parameter;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteCatalog;
import dev.tidegate.duckdb.attach.Run;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A transaction of DuckDB with its parts on servers: a connection of each database that it has used. Thread-safe. */
final class Transaction {
    private final boolean readOnly;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** Guards the three below. Held for moments only. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<AttachedDatabase, Pin> pins = new LinkedHashMap<>();
    private AttachedDatabase written;
    private boolean closed;

    Transaction(boolean readOnly) {
        this.readOnly = readOnly;
    }

    boolean uses(AttachedDatabase database) {
        lock.lock();
        try {
            return pins.containsKey(database);
        } finally {
            lock.unlock();
        }
    }

    private Pin pin(AttachedDatabase database) throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw Failures.closed();
            }
            return pins.computeIfAbsent(database, Pin::new);
        } finally {
            lock.unlock();
        }
    }

    /** Of one that it has not used, what everybody knows: whoever waits for another's look-up then keeps no connection from him. */
    RemoteCatalog catalog(AttachedDatabase database) throws SQLException {
        return uses(database) ? pin(database).catalog() : database.catalog();
    }

    void changed(AttachedDatabase database, Consumer<RemoteCatalog> change) throws SQLException {
        pin(database).changed(change);
    }

    boolean hasChanged(AttachedDatabase database) {
        lock.lock();
        try {
            Pin pin = pins.get(database);
            return pin != null && pin.hasChanged();
        } finally {
            lock.unlock();
        }
    }

    boolean isAborted() {
        return failure.get() != null;
    }

    void checkNotAborted() throws SQLException {
        Throwable first = failure.get();
        if (first != null) {
            throw Failures.aborted(first);
        }
    }

    /** From now on only a rollback is accepted. */
    void abort(Throwable because) {
        failure.compareAndSet(null, because);
    }

    <T> T use(AttachedDatabase database, Run run, RemoteWork.Work<T> work) throws SQLException {
        checkNotAborted();
        try {
            return pin(database).use(run, work);
        } catch (SQLException | RuntimeException | Error e) {
            abort(e);
            throw e;
        }
    }

    RowBatches query(AttachedDatabase database, Run run, String sql, List<Parameter> parameters) throws SQLException {
        checkNotAborted();
        try {
            return pin(database).query(run, sql, parameters, this::abort);
        } catch (SQLException | RuntimeException | Error e) {
            abort(e);
            throw e;
        }
    }

    <T> T write(AttachedDatabase database, Run run, RemoteWork.Work<T> work) throws SQLException {
        checkNotAborted();
        try {
            checkWritable(database);
        } catch (SQLException e) {
            abort(e);
            throw e;
        }
        return use(database, run, work);
    }

    private void checkWritable(AttachedDatabase database) throws SQLException {
        RemoteWork.checkWritable(database);
        if (readOnly) {
            throw Failures.readOnly("Cannot write to database \"" + database.alias()
                    + "\" - transaction is launched in read-only mode");
        }
        lock.lock();
        try {
            if (written != null && written != database) {
                throw Failures.otherWritten(database.alias(), written.alias());
            }
            written = database;
        } finally {
            lock.unlock();
        }
    }

    /** Those that were only read come first: as long as nothing was committed that was written, all can be rolled back. */
    private List<Pin> inOrderOfCommit() {
        lock.lock();
        try {
            List<Pin> order = new ArrayList<>(pins.values());
            Pin last = pins.get(written);
            if (last != null) {
                order.remove(last);
                order.add(last);
            }
            return order;
        } finally {
            lock.unlock();
        }
    }

    /**
     * DuckDB's COMMIT of a transaction that it has given up rolls back and says nothing, so it is asked before.
     *
     * @throws SQLException 25P02; the transaction is still there
     */
    void prepareCommit(LocalPart local) throws SQLException {
        checkNotAborted();
        if (inOrderOfCommit().isEmpty()) {
            return;
        }
        try {
            local.check();
        } catch (SQLException e) {
            abort(e);
            throw Failures.aborted(e);
        }
    }

    void commit(LocalPart local, Run run) throws SQLException {
        List<Pin> order = inOrderOfCommit();
        Pin writer = null;
        for (Pin pin : order) {
            try {
                pin.commit(run);
                writer = pin.database() == written ? pin : writer;
            } catch (SQLException | RuntimeException | Error e) {
                SQLException unknown =
                        e instanceof SQLException sql && pin.database() == written && Failures.isUnknown(sql)
                                ? Failures.unknown(pin.database().alias(), sql)
                                : null;
                Throwable primary = unknown != null ? unknown : e;
                Failures.after(primary, local::rollback);
                rollback(run);
                if (unknown != null) {
                    throw unknown;
                }
                throw e;
            }
        }
        try {
            local.commit();
        } catch (SQLException | RuntimeException | Error e) {
            // Over in any case, also where DuckDB did not get as far as to try.
            Failures.after(e, () -> rollBackIfOpen(local));
            if (writer != null) {
                throw new HalfCommittedException(writer.database().alias(), e);
            }
            throw e;
        }
    }

    private static void rollBackIfOpen(LocalPart local) {
        try {
            local.rollback();
        } catch (SQLException e) {
            // A commit that fails has ended the transaction: that there is none is what is wanted.
        }
    }

    void rollback(Run run) {
        inOrderOfCommit().forEach(pin -> pin.rollback(run));
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        inOrderOfCommit().forEach(Pin::close);
    }
}
