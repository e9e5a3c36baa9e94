package dev.tidegate.jdbc;

import dev.tidegate.client.Lender;
import dev.tidegate.client.PhysicalConnection;
import dev.tidegate.client.TdsConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;

/**
 * A physical connection in the hands of somebody else's pool. When its user closes it, an open transaction is rolled back and the listeners
 * are told; the session is reset with the next user's first request. One that broke, or could not be put right, is reported as an error,
 * and is of no use any more. Thread-safe.
 */
final class TidegatePooledConnection implements PooledConnection, Lender<Object> {
    private final PhysicalConnection physical;
    private final String url;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lending = new ReentrantLock();
    /** The use that is not over; null: nobody has it. */
    private final AtomicReference<Object> lent = new AtomicReference<>();

    /** @param url without a password */
    TidegatePooledConnection(PhysicalConnection physical, String url) {
        this.physical = physical;
        this.url = url;
    }

    /**
     * Takes the connection from the user who has it, as the specification asks for. Takes as long as {@link PhysicalConnection#takeBack}.
     *
     * @throws SQLException if what that user has left could not be ended; the connection is closed then
     */
    @Override
    public Connection getConnection() throws SQLException {
        lending.lock();
        try {
            if (!physical.isOpen()) {
                throw Failures.connectionClosed();
            }
            if (lent.getAndSet(null) != null) {
                takeBack();
            }
            Object lease = new Object();
            TdsConnection next = physical.lend(this, lease);
            lent.set(lease);
            return new TidegateConnection(next, url);
        } finally {
            lending.unlock();
        }
    }

    private void takeBack() throws SQLException {
        try {
            physical.takeBack();
        } catch (SQLException e) {
            // Else the next user would find what this one has left.
            physical.close();
            throw e;
        }
    }

    @Override
    public void giveBack(Object lease) {
        if (!lent.compareAndSet(lease, null)) {
            return;
        }
        try {
            takeBack();
        } catch (SQLException e) {
            tellError(e);
            return;
        }
        ConnectionEvent event = new ConnectionEvent(this);
        listeners.forEach(listener -> listener.connectionClosed(event));
    }

    @Override
    public void discard(Object lease) {
        if (lent.compareAndSet(lease, null)) {
            physical.close();
            tellError(Failures.connectionClosed());
        }
    }

    private void tellError(SQLException because) {
        ConnectionEvent event = new ConnectionEvent(this, because);
        listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }

    /** Ends it, whoever has it, within {@code closeTimeout}. */
    @Override
    public void close() {
        lent.set(null);
        physical.close();
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        if (listener != null) {
            listeners.add(listener);
        }
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        listeners.remove(listener);
    }

    /** There are none: statements are not kept from one user to the next, as the reset forgets them. */
    @Override
    public void addStatementEventListener(StatementEventListener listener) {}

    @Override
    public void removeStatementEventListener(StatementEventListener listener) {}
}
