package dev.tidegate.server.backend;

import dev.tidegate.tds.token.Column;
import java.util.List;

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

    /** Stops the call that runs now, if any, soon; that call then ends as the front's attention handling expects: by returning. */
    void cancel();

    /** Rolls back and releases everything. Idempotent. */
    @Override
    void close();
}
