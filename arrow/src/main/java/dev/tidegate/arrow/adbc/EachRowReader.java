package dev.tidegate.arrow.adbc;

import dev.tidegate.arrow.read.QueryReader;
import dev.tidegate.client.Parameter;
import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The results of one query run with several rows of parameters, one after the other: each row's begins with a batch of its own, and runs
 * once all of the one before has been read. Errors are those of {@link QueryReader}. One thread reads; {@link #close} may come from any.
 */
final class EachRowReader extends ArrowReader {
    private final Query query;
    private final Iterator<List<Parameter>> rest;
    private final Schema schema;
    private volatile QueryReader current;
    private volatile boolean closed;
    private long bytesOfEarlier;

    /** Runs the query with one row of parameters. */
    @FunctionalInterface
    interface Query {
        QueryReader run(List<Parameter> parameters) throws SQLException;
    }

    /** @param rows at least one; the query runs with the first of them now */
    EachRowReader(BufferAllocator allocator, Query query, List<List<Parameter>> rows) throws SQLException, IOException {
        super(allocator);
        this.query = query;
        this.rest = rows.iterator();
        this.current = query.run(rest.next());
        this.schema = current.getVectorSchemaRoot().getSchema();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        while (!current.loadNextBatch()) {
            if (!rest.hasNext()) {
                return false;
            }
            turnToNextRow();
        }
        try (ArrowRecordBatch batch = new VectorUnloader(current.getVectorSchemaRoot()).getRecordBatch()) {
            loadRecordBatch(batch);
        }
        return true;
    }

    private void turnToNextRow() throws IOException {
        bytesOfEarlier += current.bytesRead();
        current.close();
        try {
            current = query.run(rest.next());
            if (closed) {
                // It came between two results, and met the one that was over.
                current.close();
            }
            Schema other = current.getVectorSchemaRoot().getSchema();
            if (!isLike(other)) {
                throw new SQLDataException(
                        "the query has other columns for another row of parameters: " + other + " in place of "
                                + schema,
                        "42804");
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What the server calls a type may differ by the value: the width of a text, for instance. */
    private boolean isLike(Schema other) {
        List<Field> fields = schema.getFields();
        List<Field> others = other.getFields();
        boolean like = fields.size() == others.size();
        for (int i = 0; like && i < fields.size(); i++) {
            like = fields.get(i).getName().equals(others.get(i).getName())
                    && fields.get(i).getType().equals(others.get(i).getType());
        }
        return like;
    }

    @Override
    public long bytesRead() {
        return bytesOfEarlier + current.bytesRead();
    }

    @Override
    protected void closeReadSource() throws IOException {
        closed = true;
        current.close();
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
