package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.token.EnvChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The session's transaction on its H2 connection: one at most, whatever the nesting of BEGIN TRANSACTION. Used by one thread. */
final class Transactions {
    private static final AtomicLong DESCRIPTORS = new AtomicLong(0x1_0000_0000L);

    private final Connection connection;
    private final Map<String, Savepoint> savepoints = new LinkedHashMap<>();
    private int count;
    private long descriptor;
    private String name = "";

    Transactions(Connection connection) {
        this.connection = connection;
    }

    int count() {
        return count;
    }

    boolean isOpen() {
        return count > 0;
    }

    /** Zero if no transaction is open. */
    long descriptor() {
        return descriptor;
    }

    void begin(String transactionName, ResponseSink sink) throws SQLException {
        if (count == 0) {
            connection.setAutoCommit(false);
            descriptor = DESCRIPTORS.incrementAndGet();
            name = transactionName;
            count = 1;
            sink.environment(new EnvChange.Transaction(EnvChange.BEGIN_TRANSACTION, descriptor, 0));
        } else {
            count++;
        }
    }

    /** @throws SqlServerException 3902 if no transaction is open */
    void commit(ResponseSink sink) throws SqlServerException, SQLException {
        if (count == 0) {
            throw new SqlServerException(
                    3902, 1, 16, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.");
        }
        if (count > 1) {
            count--;
            return;
        }
        connection.commit();
        end(EnvChange.COMMIT_TRANSACTION, sink);
    }

    /**
     * @param target name of the transaction or of a savepoint; empty for the whole transaction
     * @throws SqlServerException 3903 if no transaction is open, 6401 if there is no such name
     */
    void rollback(String target, ResponseSink sink) throws SqlServerException, SQLException {
        if (count == 0) {
            throw new SqlServerException(
                    3903, 1, 16, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.");
        }
        if (!target.isEmpty() && !target.equalsIgnoreCase(name)) {
            Savepoint savepoint = savepoints.get(target.toLowerCase(Locale.ROOT));
            if (savepoint == null) {
                throw new SqlServerException(
                        6401,
                        1,
                        16,
                        "Cannot roll back " + target + ". No transaction or savepoint of that name was found.");
            }
            connection.rollback(savepoint);
            return;
        }
        connection.rollback();
        end(EnvChange.ROLLBACK_TRANSACTION, sink);
    }

    /** @throws SqlServerException 628 if no transaction is open */
    void save(String savepoint) throws SqlServerException, SQLException {
        if (count == 0) {
            throw new SqlServerException(
                    628, 0, 16, "Cannot issue SAVE TRANSACTION when there is no active transaction.");
        }
        savepoints.put(savepoint.toLowerCase(Locale.ROOT), connection.setSavepoint());
    }

    private void end(int change, ResponseSink sink) throws SQLException {
        long ended = descriptor;
        connection.setAutoCommit(true);
        count = 0;
        descriptor = 0;
        name = "";
        savepoints.clear();
        sink.environment(new EnvChange.Transaction(change, 0, ended));
    }

    /** Ends the transaction without telling anyone: the session is reset or closed. */
    void discard() throws SQLException {
        if (count > 0) {
            connection.rollback();
            connection.setAutoCommit(true);
            count = 0;
            descriptor = 0;
            name = "";
            savepoints.clear();
        }
    }

    void isolate(IsolationLevel level) throws SQLException {
        String h2 = switch (level) {
            case READ_UNCOMMITTED -> "READ UNCOMMITTED";
            case REPEATABLE_READ -> "REPEATABLE READ";
            case SERIALIZABLE -> "SERIALIZABLE";
            case SNAPSHOT -> "SNAPSHOT";
            case CURRENT, READ_COMMITTED -> "READ COMMITTED";
        };
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + h2);
        }
    }
}
