package dev.tidegate.arrow;

import dev.tidegate.arrow.load.ArrowLoad;
import dev.tidegate.arrow.load.ArrowLoadOptions;
import dev.tidegate.arrow.read.ArrowReadOptions;
import dev.tidegate.arrow.read.Parameterized;
import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.Parameter;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.column.ResponseBatches;
import java.sql.SQLException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/** The entrance: queries as Arrow record batches, and record batches as bulk loads. */
public final class TidegateArrow {
    private TidegateArrow() {}

    /** As {@link #query(TdsConnection, String, List, BufferAllocator, ArrowReadOptions)}, with the usual options. */
    public static QueryReader query(
            TdsConnection connection, String sql, List<Parameter> params, BufferAllocator allocator)
            throws SQLException {
        return query(connection, sql, params, allocator, ArrowReadOptions.DEFAULTS);
    }

    /**
     * Runs a query, whose rows are read as record batches while they arrive. The connection takes no other request until the reader has come
     * to its end or was closed.
     *
     * @param sql one query; of a batch of statements the first result is read, and a second one is an error
     * @param params named as in the text ({@code @id}); one without a name is {@code @p1}, {@code @p2}, … by its place
     * @param allocator where the batches live, until the reader is closed
     * @throws SQLException if the query fails before its first row, gives no rows at all, or has a column that Arrow has no type for
     */
    public static QueryReader query(
            TdsConnection connection,
            String sql,
            List<Parameter> params,
            BufferAllocator allocator,
            ArrowReadOptions options)
            throws SQLException {
        Response response = Parameterized.run(connection, sql, params, options.request());
        return QueryReader.of(ResponseBatches.of(response), allocator, options);
    }

    /** As {@link #load(TdsConnection, String, ArrowReader, ArrowLoadOptions)}, with the usual options. */
    public static long load(TdsConnection connection, String table, ArrowReader reader) throws SQLException {
        return load(connection, table, reader, ArrowLoadOptions.DEFAULTS);
    }

    /**
     * Loads all record batches of a reader into a table. Columns are paired by name, ignoring case where that tells them apart; those of the
     * table that the reader lacks get their defaults. Values go from Arrow's buffers into packets, and those of a dictionary from there.
     * Without a {@code batchSize} all rows are stored or none, also within the caller's own transaction.
     *
     * @param table as T-SQL would have it: one to three parts, quoted where need be
     * @param reader read to its end, not closed; not one of a query that runs on the same connection
     * @return rows that the server has confirmed
     * @throws dev.tidegate.client.column.UnstorableValueException naming column and row of a value that the target cannot hold
     * @throws SQLException if a column does not exist or takes no such type, the reader fails, or the server refuses
     */
    public static long load(TdsConnection connection, String table, ArrowReader reader, ArrowLoadOptions options)
            throws SQLException {
        return ArrowLoad.run(connection, table, reader, options);
    }
}
