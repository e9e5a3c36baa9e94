package dev.tidegate.jdbc.soak;

import java.sql.SQLException;
import java.util.Random;

/** One thing that a user does with the data source, from taking a connection to giving it back. */
interface Work {
    /** @throws SQLException if it failed; what it changed is in the ledger by then */
    void run(Random random) throws SQLException;
}
