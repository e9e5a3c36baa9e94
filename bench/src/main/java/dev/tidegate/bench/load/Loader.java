package dev.tidegate.bench.load;

import java.io.IOException;
import java.sql.SQLException;

/** One way to load a table, over and over on one connection. Used by one thread. */
public interface Loader extends AutoCloseable {
    /** @return rows that the server has confirmed; those that were sent where the driver does not tell */
    long load() throws SQLException, IOException;

    @Override
    void close() throws SQLException, IOException;
}
