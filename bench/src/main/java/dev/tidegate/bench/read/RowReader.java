package dev.tidegate.bench.read;

import dev.tidegate.bench.data.Tally;
import java.io.IOException;
import java.sql.SQLException;

/** One way to read the whole result of a query, over and over on one connection. Used by one thread. */
public interface RowReader extends AutoCloseable {
    /**
     * Reads it as a program does that uses this way.
     *
     * @return rows
     */
    long read() throws Exception;

    /**
     * Reads it and looks at every value, wherever it has gone.
     *
     * @throws UnsupportedOperationException if values never come out here
     */
    default Tally check() throws Exception {
        throw new UnsupportedOperationException("no values are looked at");
    }

    @Override
    void close() throws SQLException, IOException;
}
