package dev.tidegate.cli.copy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/**
 * What a copy writes to, all or nothing: {@link #write} puts the rows where nobody takes them for the target's, {@link #commit} makes
 * them the target's in one step, {@link #undo} takes them away again. Used by one thread, but for {@link #cancel}.
 */
interface CopyTarget extends AutoCloseable {
    /**
     * Writes all rows of the source.
     *
     * @param sent told the rows sent so far, where the target sees them pass
     * @return rows that the target confirms
     */
    long write(CopySource source, LongConsumer sent) throws SQLException, IOException;

    /** Makes the rows visible, and lasting. */
    void commit() throws SQLException, IOException;

    /** Leaves the target as it was, after a failure of {@link #write} or {@link #commit}, however far that came. */
    void undo() throws SQLException, IOException;

    /** Makes a running {@link #write} end with an error; does not wait for it. Any thread. */
    void cancel();

    /** A SELECT in DuckDB's dialect that reads back what the target holds; for {@code --verify}. */
    CopySource readBack() throws SQLException;

    String name();

    /** Bytes sent over the wire or written to the file so far; negative when unknown. Any thread. */
    default long bytesWritten() {
        return -1;
    }

    /** How much of the rows is written, 0 to 1, where the target can tell without having counted them; else negative. Any thread. */
    default double progress() {
        return -1;
    }

    /** Size of the file that was written, in bytes; negative when it is none. */
    default long bytes() {
        return -1;
    }

    @Override
    void close() throws SQLException;
}
