package dev.tidegate.client.pool;

import java.sql.SQLException;

/** Where a pool's connections come from. Thread-safe. */
@FunctionalInterface
interface Opener<M> {
    /** Prepares to open one; does nothing yet. */
    Opening<M> prepare();

    /** One connection on its way. */
    interface Opening<M> {
        /**
         * Blocks until there is a connection or an error.
         *
         * @throws SQLException nothing is left behind then
         */
        M open() throws SQLException;

        /** Lets {@link #open} fail soon, wherever it is; from any thread, before or after too. */
        void abort();
    }
}
