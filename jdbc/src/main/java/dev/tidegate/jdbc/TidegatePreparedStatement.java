package dev.tidegate.jdbc;

import java.sql.SQLException;

/** A statement with {@code ?} markers. Calls of one statement come from one thread; cancel and close from any. */
final class TidegatePreparedStatement extends PreparedExecution {
    TidegatePreparedStatement(TidegateConnection connection, String sql, boolean keysWanted) throws SQLException {
        super(connection, sql, keysWanted);
    }
}
