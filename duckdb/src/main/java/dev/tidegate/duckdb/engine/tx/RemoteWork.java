package dev.tidegate.duckdb.engine.tx;

import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Run;
import java.sql.SQLException;

/**
 * Where everything that an engine connection does on servers gets its connection from. Requests are to be sent through the {@link Run}, so
 * that a cancel and the statement's limit reach them.
 */
public final class RemoteWork {
    /** What is done on a connection to a server. It leaves the connection ready for the next request, and does not close it. */
    public interface Work<T> {
        T on(TdsConnection connection, Run run) throws SQLException;
    }

    /** For what only reads: look-ups, and queries whose whole answer the work reads. */
    public <T> T read(AttachedDatabase database, Run run, Work<T> work) throws SQLException {
        try (TdsConnection connection = database.acquire()) {
            return work.on(connection, run);
        }
    }

    /**
     * All or nothing: the work's own transaction is committed once the work returns, and rolled back if it throws anything.
     *
     * @throws SQLException 25006 if the database is attached READ_ONLY; with SQLState 08007 if nobody knows whether the commit took place
     */
    public <T> T write(AttachedDatabase database, Run run, Work<T> work) throws SQLException {
        checkWritable(database);
        try (TdsConnection connection = database.begin()) {
            T result;
            try {
                result = work.on(connection, run);
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(connection, e);
                throw e;
            }
            connection.commit();
            return result;
        }
    }

    /**
     * As {@link #write}, for text of a user that may have transactions of its own: outside of a transaction it runs as it is.
     *
     * @throws SQLException 25000 if it leaves a transaction open, which is rolled back
     */
    public <T> T writeAsItIs(AttachedDatabase database, Run run, Work<T> work) throws SQLException {
        checkWritable(database);
        try (TdsConnection connection = database.acquire()) {
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

    private static void checkWritable(AttachedDatabase database) throws SQLException {
        if (database.options().readOnly()) {
            throw new SQLException(database.alias() + " is attached READ_ONLY", "25006");
        }
    }

    private static void rollBack(TdsConnection connection, Throwable first) {
        try {
            if (connection.inTransaction()) {
                connection.rollback();
            }
        } catch (SQLException secondary) {
            first.addSuppressed(secondary);
        }
    }
}
