package dev.tidegate.arrow.read;

import dev.tidegate.client.column.Misfit;
import dev.tidegate.client.column.ResponseBatches;
import dev.tidegate.client.column.RowBatches;
import dev.tidegate.tds.row.ColumnSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of a query as record batches, read as they arrive: at any time there is one batch in memory. A batch is given once all its rows
 * have come; the last one only after the server's word that the query has ended well.
 *
 * <p>Errors are {@link IOException}s whose cause is the {@link SQLException}. After one the reader is over, its buffers are released, and
 * the connection is ready for the next request unless its line has failed. One thread reads; {@link #close} may come from any thread, and
 * makes a read that waits end with an error.
 */
public final class QueryReader extends ArrowReader {
    /** Rows that are decoded at once; the size of the batch is looked at between. */
    private static final int MOST_AT_ONCE = 1024;

    private static final int FIRST = 64;

    /** What a column without text takes in a batch. */
    private static final int MOST_FIXED_BYTES = 1 << 30;

    private final RowBatches rows;
    private final Schema schema;
    private final BatchSink[] sinks;
    private final ColumnSink[] entrances;
    private final int batchRows;
    private final int batchBytes;
    private final int atOnce;
    private final ReentrantLock reading = new ReentrantLock();
    /** Rows of the batch before: the next one is likely to have as many. */
    private int usual;

    private int reserved;
    private int filled;
    private long given;
    private boolean ended;
    private boolean freed;
    private IOException failure;

    private QueryReader(
            RowBatches rows, List<ReadColumn> columns, BufferAllocator allocator, ArrowReadOptions options) {
        super(allocator);
        this.rows = rows;
        this.schema = new Schema(columns.stream().map(ReadColumn::field).toList());
        this.sinks = columns.stream().map(column -> column.newSink(allocator)).toArray(BatchSink[]::new);
        this.entrances = new ColumnSink[sinks.length];
        int widest = 1;
        for (int i = 0; i < sinks.length; i++) {
            entrances[i] = sinks[i].entrance();
            widest = Math.max(widest, sinks[i].width());
        }
        this.batchRows = Math.min(options.batchRows(), MOST_FIXED_BYTES / widest);
        this.batchBytes = options.batchBytes();
        this.atOnce = columns.stream().anyMatch(ReadColumn::isLong) ? 1 : MOST_AT_ONCE;
    }

    /**
     * Reads a result from its first row on; the reader closes it.
     *
     * @throws SQLException for a column that Arrow has no type for; the result is closed then
     */
    public static QueryReader of(RowBatches rows, BufferAllocator allocator, ArrowReadOptions options)
            throws SQLException {
        try {
            return new QueryReader(rows, new ReadMapping(options).columns(rows.columns()), allocator, options);
        } catch (SQLException | RuntimeException e) {
            try {
                rows.close();
            } catch (SQLException secondary) {
                e.addSuppressed(secondary);
            }
            throw e;
        }
    }

    /**
     * Reads the next batch into {@link #getVectorSchemaRoot()}, whose vectors drop the batch before.
     *
     * @return false at the end of the result
     * @throws IOException whose cause is an {@link SQLException}
     * @throws org.apache.arrow.memory.OutOfMemoryException if the allocator's limit is too small for the batch
     */
    @Override
    public boolean loadNextBatch() throws IOException {
        reading.lock();
        try {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure.getCause());
            }
            prepareLoadNextBatch();
            if (ended) {
                return false;
            }
            int count = readRows();
            if (count > 0) {
                give(count);
            }
            return count > 0;
        } catch (Misfit e) {
            throw failed(e.after(given + filled));
        } catch (SQLException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        } finally {
            reading.unlock();
        }
    }

    private int readRows() throws SQLException {
        filled = 0;
        reserved = 0;
        while (filled < batchRows && isRoomLeft()) {
            // Few at first: a result of one row need not have room for a thousand.
            int wanted = Math.min(Math.min(atOnce, batchRows - filled), Math.max(FIRST, filled));
            reserve(filled + wanted);
            int got = rows.read(entrances, wanted);
            if (got == 0) {
                ended = true;
                break;
            }
            for (BatchSink sink : sinks) {
                sink.advance(got);
            }
            filled += got;
        }
        usual = filled;
        return filled;
    }

    private void reserve(int needed) {
        if (needed > reserved) {
            reserved = Math.min(batchRows, Math.max(needed, Math.max(usual, 2 * reserved)));
            for (BatchSink sink : sinks) {
                sink.reserve(reserved);
            }
        }
    }

    private boolean isRoomLeft() {
        for (BatchSink sink : sinks) {
            if (sink.variableBytes() >= batchBytes) {
                return false;
            }
        }
        return true;
    }

    private void give(int count) throws IOException {
        List<FieldVector> vectors = getVectorSchemaRoot().getFieldVectors();
        for (int i = 0; i < sinks.length; i++) {
            sinks[i].moveTo(vectors.get(i));
        }
        getVectorSchemaRoot().setRowCount(count);
        given += count;
    }

    private IOException failed(SQLException cause) {
        failure = new IOException(cause.getMessage(), cause);
        abandon(failure);
        return failure;
    }

    /** Nothing of the running batch stays, and the connection is freed of the rest of the result. */
    private void abandon(Throwable because) {
        if (failure == null) {
            failure = new IOException(because.toString(), because);
        }
        for (BatchSink sink : sinks) {
            sink.release();
        }
        try {
            rows.close();
        } catch (SQLException secondary) {
            because.addSuppressed(secondary);
        }
    }

    /** Rows of the batches given so far. */
    public long rowsRead() {
        return given;
    }

    /** Ends the query without waiting, from any thread: a read that waits ends with an error. */
    public void cancel() {
        if (rows instanceof ResponseBatches response) {
            response.cancel();
        }
    }

    /** Always 0: a connection counts its bytes itself, see {@code TdsConnection.bytesReceived}. */
    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }

    /** Ends the query if it still runs: it is cancelled on the server, and the connection is ready for the next request. */
    @Override
    public void close(boolean closeReadSource) throws IOException {
        IOException failed = null;
        try {
            // Before the lock: whoever reads is woken by it.
            closeReadSource();
        } catch (IOException e) {
            failed = e;
        }
        reading.lock();
        try {
            free();
        } finally {
            reading.unlock();
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void free() throws IOException {
        if (!freed) {
            freed = true;
            if (failure == null) {
                failure = new IOException("the reader is closed");
            }
            for (BatchSink sink : sinks) {
                sink.release();
            }
            super.close(false);
        }
    }

    @Override
    protected void closeReadSource() throws IOException {
        try {
            rows.close();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
