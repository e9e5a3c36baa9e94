package dev.tidegate.client.column;

import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows that several threads read side by side, each through a reader of its own; together the readers give every row once, in no order.
 * Thread-safe. A reader that fails says so to whoever called it, and the others go on: that one decides to {@link #cancel} them.
 */
public interface RowParts extends AutoCloseable {
    /** Of all columns that there are. */
    List<Column> columns();

    /** How many readers there are at most. */
    int readers();

    /**
     * Another reader, for one thread. It ends when there are no rows left for it; who reads to the end of all readers that were handed
     * out has read everything.
     *
     * @param wanted indexes of the columns that the reader gives, in this order; the same for all readers
     * @return null if there are no more readers: those that were handed out will read what is left
     */
    RowBatches reader(int[] wanted) throws SQLException;

    /** True once every row has been read, and the server has said so. */
    boolean isComplete();

    /** Makes all readers end with an error; does not wait for them. */
    void cancel();

    /** Ends all readers, also in their middle. Idempotent. */
    @Override
    void close() throws SQLException;
}
