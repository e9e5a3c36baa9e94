package dev.tidegate.cli.copy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.LongConsumer;

/** What a copy writes to. All or nothing: a failure leaves the target as it was. */
interface CopyTarget extends AutoCloseable {
    /**
     * Writes all rows of the source.
     *
     * @param sent told the rows sent so far, where the target sees them pass
     * @return rows that the target confirms
     */
    long write(CopySource source, LongConsumer sent) throws SQLException, IOException;

    /** A SELECT in DuckDB's dialect that reads back what the target holds; for {@code --verify}. */
    CopySource readBack() throws SQLException;

    String name();

    /** Size of what was written, in bytes; negative when unknown. */
    default long bytes() {
        return -1;
    }

    @Override
    void close() throws SQLException;
}
