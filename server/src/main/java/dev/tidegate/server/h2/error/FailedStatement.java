package dev.tidegate.server.h2.error;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.Constants;

/**
 * What the mapper must know about the statement that failed.
 *
 * @param connection the H2 connection it ran on, used to look up constraints and columns that H2's message does not name in full; null if
 *     there is none any more
 * @param database SQL Server's name of the current database
 * @param verb how the statement begins, in upper case, for instance INSERT or DROP TABLE; empty if unknown
 * @param schema of the statement's target table, or empty
 * @param table the statement's target table, or empty if there is none
 * @param sessionId what {@code @@SPID} shows
 */
public record FailedStatement(
        Connection connection, String database, String verb, String schema, String table, int sessionId) {
    /** @param target as {@code schema.table}, or empty */
    public static FailedStatement of(
            Connection connection, String database, String verb, String target, int sessionId) {
        int dot = target.indexOf('.');
        String schema = dot < 0 ? "" : target.substring(0, dot);
        return new FailedStatement(connection, database, verb, schema, target.substring(dot + 1), sessionId);
    }

    /** {@code schema.table} of the target. */
    String target() {
        return schema.isEmpty() ? table : schema + "." + table;
    }

    /** The table's name as messages about NULL, identity and truncation show it: with its database. */
    String targetWithDatabase() {
        return database + "." + targetInSchema();
    }

    /** The table's name with its schema, also where the statement has not named that. */
    String targetInSchema() {
        return (schema.isEmpty() ? "dbo" : schema) + "." + table;
    }

    /** Whether it ran in a snapshot, in which nothing that others have committed since can be changed. */
    boolean isSnapshot() {
        try {
            return connection != null && connection.getTransactionIsolation() == Constants.TRANSACTION_SNAPSHOT;
        } catch (SQLException e) {
            // The connection has ended, and its snapshot with it.
            return false;
        }
    }
}
