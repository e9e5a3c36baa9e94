package dev.tidegate.server.backend;

import dev.tidegate.tds.token.Column;
import java.util.List;
import java.util.Map;

/**
 * One session: what a SQL Server connection is to the server. Calls come one at a time, except {@link #cancel} and {@link #close},
 * which any thread may call while another call runs.
 *
 * <p>SQL errors are given to the {@link ResponseSink} as messages, in their place in the response; an exception means that the
 * session itself is lost.
 */
public interface BackendSession extends AutoCloseable {
    /** Runs a batch of T-SQL statements. Ends with exactly one final {@code done} on the sink. */
    void executeBatch(String sql, ResponseSink sink) throws SqlServerException;

    /**
     * Runs a procedure: a system one ({@code sp_executesql}, {@code sp_columns_100}, …) or, later, a user's. Output parameters and
     * the return status go to the sink before its final {@code done}.
     */
    void executeProcedure(ProcedureCall call, ResponseSink sink) throws SqlServerException;

    /**
     * Begins the load that an {@code INSERT BULK} batch announced: that batch ran just before, was remembered by the session and
     * answered with a plain {@code done}. The rows follow with {@link BulkTarget#add}.
     *
     * @param columns the columns that the client will send, as its COLMETADATA describes them
     * @throws SqlServerException 4022 if no INSERT BULK came before
     */
    BulkTarget beginBulkLoad(List<Column> columns) throws SqlServerException;

    /** @param name of the transaction, or empty */
    void begin(String name, IsolationLevel isolation, ResponseSink sink) throws SqlServerException;

    void commit(ResponseSink sink) throws SqlServerException;

    /** @param name of a savepoint to roll back to; empty for the whole transaction */
    void rollback(String name, ResponseSink sink) throws SqlServerException;

    void save(String name, ResponseSink sink) throws SqlServerException;

    /** Descriptor of the open transaction, never zero; zero if there is none. */
    long transactionDescriptor();

    /** Back to the state after the login: rolls back (unless {@code keepTransaction}), drops temp tables, restores settings. */
    void reset(boolean keepTransaction) throws SqlServerException;

    /** What a client needs to take the session up again once its connection was cut; null if this backend cannot do that. */
    default RecoverableState recoverableState() {
        return null;
    }

    /**
     * Puts a fresh session into the state that another one was in when its connection was cut.
     *
     * @param database to go to; empty for that of the login
     * @param language empty for that of the login
     * @param states as {@link #recoverableState} gave them; what is not among them stays
     * @throws SqlServerException if that cannot be done; the session is of no use then
     */
    default void recover(String database, String language, Map<Integer, byte[]> states) throws SqlServerException {
        throw new SqlServerException(18456, 1, 14, "The session cannot be recovered by this server.");
    }

    /** Statements that are prepared in the session now. */
    default int preparedStatements() {
        return 0;
    }

    /**
     * Told once, before the first call.
     *
     * @param cut cuts the session's connection, which ends the session soon after; does not wait, and may come from any thread
     */
    default void cutBy(Runnable cut) {
        // Most backends end no session of their own accord.
    }

    /**
     * Stops the call that runs now, if any, soon; that call then ends by returning, after {@link ResponseSink#cancelled} in place of {@link
     * ResponseSink#done}. One that is as good as done may go to its end instead.
     */
    void cancel();

    /** Rolls back and releases everything. Idempotent. */
    @Override
    void close();
}
