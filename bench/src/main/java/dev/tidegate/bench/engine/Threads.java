package dev.tidegate.bench.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many threads move a table side by side. */
final class Threads {
    /** As many as there are processors; two where there is only one, because several are compared with one. */
    static final int SEVERAL = Math.max(2, Runtime.getRuntime().availableProcessors());

    private Threads() {}

    /** Lets it read and give rows with several threads, in no order. */
    static void atLeast(int wanted, Connection duckdb) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute("SET preserve_insertion_order = false");
            try (ResultSet threads = statement.executeQuery("SELECT current_setting('threads')")) {
                threads.next();
                if (threads.getLong(1) >= wanted) {
                    return;
                }
            }
            statement.execute("SET threads = " + wanted);
        }
    }
}
