package dev.tidegate.client.pool;

import dev.tidegate.client.Lender;
import dev.tidegate.client.TdsConnection;

/**
 * A connection that a pool keeps for one user, who may not need it: its session is not touched before {@link #connection}, and has nothing
 * to be put right if that is never called. Thread-safe; over once it is closed, by its user or the pool.
 */
public final class Reservation extends Lease<PooledSession> implements AutoCloseable {
    private final Lender<Lease<PooledSession>> lender;

    /** Has the user's object, so that it is not lost for as long as the connection is in somebody's hands. */
    private record On(Object behalf, Lender<Lease<PooledSession>> lender) implements Lender<Lease<PooledSession>> {
        @Override
        public void giveBack(Lease<PooledSession> lease) {
            lender.giveBack(lease);
        }

        @Override
        public void discard(Lease<PooledSession> lease) {
            lender.discard(lease);
        }
    }

    /** @param lender to whom it goes back; whoever has the reservation has the lender */
    Reservation(Entry<PooledSession> entry, Throwable origin, Lender<Lease<PooledSession>> lender) {
        super(entry, origin, false);
        this.lender = lender;
    }

    /**
     * The connection, in the state that a login leaves it in, for the first caller; it is not kept here, so that it can be lost. Its close
     * ends the reservation.
     *
     * @param user see {@link #lentAs}; null: what is returned by this
     * @return null if the reservation was over before, or somebody has the connection
     */
    public TdsConnection connection(Object user) {
        return beginUse(() -> member().lend(user == null ? lender : new On(user, lender), this));
    }

    /**
     * From now on the connection is taken back, which is logged as a warning, should this object be lost without the reservation being over.
     *
     * @param user what the user has
     */
    @Override
    public void lentAs(Object user) {
        super.lentAs(user);
    }

    /** False once it is over, or the connection is known to be broken. Does not ask the server. */
    public boolean isOpen() {
        return !isOver() && member().isOpen();
    }

    /** True once its user has closed it, or the pool has. */
    @Override
    public boolean isOver() {
        return super.isOver();
    }

    /** The connection goes back to its pool. */
    @Override
    public void close() {
        lender.giveBack(this);
    }

    /** The connection is ended instead of going back: its user does not trust it any more. */
    public void discard() {
        lender.discard(this);
    }
}
