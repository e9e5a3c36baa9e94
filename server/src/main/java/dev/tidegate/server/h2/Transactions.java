package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.ResponseSink;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.tds.token.EnvChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The session's transaction on its H2 connection: one at most, whatever the nesting of BEGIN TRANSACTION. Used by one thread. */
final class Transactions {
    private static final AtomicLong DESCRIPTORS = new AtomicLong(0x1_0000_0000L);

    /** A place in the transaction: its rows and its definitions. */
    private record Place(Savepoint rows, int definitions) {}

    private final Connection connection;
    private final NameClaims claims;
    private final CatalogLog log = new CatalogLog();
    private final Map<String, Place> savepoints = new LinkedHashMap<>();
    private int count;
    private long descriptor;
    private String name = "";
    /** An error was caught that leaves nothing to do but to roll the whole transaction back. */
    private boolean doomed;
    /** The isolation that is to come when the transaction has ended; null if none. H2 cannot change it before. */
    private IsolationLevel later;

    Transactions(Connection connection, NameClaims claims) {
        this.connection = connection;
        this.claims = claims;
    }

    /** What the transaction has defined. */
    CatalogLog log() {
        return log;
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

    /** From now on an open transaction can be read in and rolled back, nothing else. */
    void doom() {
        doomed = count > 0;
    }

    boolean isDoomed() {
        return doomed;
    }

    /** @throws SqlServerException 3930 if the transaction is doomed */
    void checkWritable() throws SqlServerException {
        if (doomed) {
            throw KnownError.TRANSACTION_DOOMED.exception();
        }
    }

    /** @throws SqlServerException 3930 if the open transaction is doomed */
    void begin(String transactionName, ResponseSink sink) throws SqlServerException, SQLException {
        checkWritable();
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

    /** @throws SqlServerException 3902 if no transaction is open, 3930 if it is doomed */
    void commit(ResponseSink sink) throws SqlServerException, SQLException {
        if (count == 0) {
            throw KnownError.COMMIT_WITHOUT_BEGIN.exception();
        }
        checkWritable();
        if (count > 1) {
            count--;
            return;
        }
        log.committing();
        connection.commit();
        log.committed();
        end(EnvChange.COMMIT_TRANSACTION, sink);
    }

    /**
     * @param target name of the transaction or of a savepoint; empty for the whole transaction
     * @throws SqlServerException 3903 if no transaction is open, 6401 if there is no such name, 3931 if it is a savepoint of
     *     a doomed transaction
     */
    void rollback(String target, ResponseSink sink) throws SqlServerException, SQLException {
        if (count == 0) {
            throw KnownError.ROLLBACK_WITHOUT_BEGIN.exception();
        }
        if (!target.isEmpty() && !target.equalsIgnoreCase(name)) {
            Place place = savepoints.get(target.toLowerCase(Locale.ROOT));
            if (place == null) {
                throw KnownError.SAVEPOINT_MISSING.exception(target);
            }
            if (doomed) {
                throw KnownError.DOOMED_TO_SAVEPOINT.exception();
            }
            log.undoTo(place.definitions);
            connection.rollback(place.rows);
            forgetAfter(target.toLowerCase(Locale.ROOT));
            return;
        }
        rollbackAll();
        end(EnvChange.ROLLBACK_TRANSACTION, sink);
    }

    /** @throws SqlServerException 628 if no transaction is open, 3930 if it is doomed */
    void save(String savepoint) throws SqlServerException, SQLException {
        if (count == 0) {
            throw KnownError.SAVE_WITHOUT_TRANSACTION.exception();
        }
        checkWritable();
        // the same name again means the later place, which is also the last one
        savepoints.remove(savepoint.toLowerCase(Locale.ROOT));
        savepoints.put(savepoint.toLowerCase(Locale.ROOT), new Place(connection.setSavepoint(), log.mark()));
    }

    private void forgetAfter(String savepoint) {
        List<String> names = new ArrayList<>(savepoints.keySet());
        names.subList(names.indexOf(savepoint) + 1, names.size()).forEach(savepoints::remove);
    }

    /** Definitions come back before the rows do: both ends of a table that was copied are there then. */
    private void rollbackAll() throws SQLException {
        try {
            log.undoTo(0);
        } finally {
            connection.rollback();
        }
    }

    private void forget() throws SQLException {
        connection.setAutoCommit(true);
        claims.endTransaction();
        count = 0;
        descriptor = 0;
        name = "";
        doomed = false;
        savepoints.clear();
        if (later != null) {
            IsolationLevel level = later;
            later = null;
            isolate(level);
        }
    }

    private void end(int change, ResponseSink sink) throws SQLException {
        long ended = descriptor;
        forget();
        sink.environment(new EnvChange.Transaction(change, 0, ended));
    }

    /** Ends the transaction without telling anyone: the session is reset or closed. */
    void discard() throws SQLException {
        if (count > 0) {
            try {
                rollbackAll();
            } finally {
                forget();
            }
        }
    }

    /** From now on, or from the end of an open transaction on: H2 would commit it. */
    void isolate(IsolationLevel level) throws SQLException {
        if (count > 0) {
            later = level;
            return;
        }
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
