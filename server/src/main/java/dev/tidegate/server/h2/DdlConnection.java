package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import dev.tidegate.server.tsql.ast.ObjectName;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.table.Table;

/**
 * Runs statements that define objects, in the session's transaction or in one of their own: either way all or nothing of what they do
 * is there afterwards, and nobody else sees it before its transaction has ended. Used by the session's thread.
 */
final class DdlConnection {
    private final SessionCore core;

    DdlConnection(SessionCore core) {
        this.core = core;
    }

    /** What a statement changes. */
    @FunctionalInterface
    interface Change {
        void make(CatalogChanges catalog) throws SqlServerException, SQLException;
    }

    /** Whether what is done now may have to be undone later. */
    boolean inTransaction() {
        return core.transactions.isOpen();
    }

    /**
     * @param names what the statement defines, so that nobody else uses it
     * @throws SqlServerException 1222 or 1205 if others use it
     */
    void run(Change change, ObjectName... names) throws SqlServerException, SQLException {
        boolean own = !core.transactions.isOpen();
        SessionLocal h2 = core.h2();
        CatalogLog log = core.transactions.log();
        if (own) {
            core.connection.setAutoCommit(false);
        }
        int mark = log.mark();
        SessionLocal.Savepoint start = h2.setSavepoint();
        try {
            for (ObjectName name : names) {
                own(name);
            }
            change.make(new CatalogChanges(core));
            if (own) {
                log.committing();
                core.connection.commit();
                log.committed();
            }
        } catch (SqlServerException | SQLException | RuntimeException e) {
            undo(log, mark, h2, start, e);
            throw e;
        } finally {
            if (own) {
                core.connection.setAutoCommit(true);
                core.claims.endTransaction();
            }
        }
    }

    private static void undo(CatalogLog log, int mark, SessionLocal h2, SessionLocal.Savepoint start, Exception cause) {
        h2.lock();
        try {
            log.undoTo(mark);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        } finally {
            h2.rollbackTo(start);
            h2.unlock();
        }
    }

    /** Takes a name, with its table if it means one. */
    void own(ObjectName name) throws SqlServerException {
        if (!H2Tables.isLocal(name)) {
            String schema = name.schema().isEmpty() ? "dbo" : name.schema();
            core.claims.own(NameClaims.ofObject(schema, name.name()), () -> core.tables.table(name));
        }
    }

    /**
     * A transaction that reads rows as they were at its beginning cannot copy a table that others have changed since.
     *
     * @throws SqlServerException 3961 if they may have
     */
    void checkSeesAll(Table table) throws SqlServerException, SQLException {
        SessionLocal h2 = core.h2();
        boolean snapshot = core.settings.isolation.ordinal() >= IsolationLevel.REPEATABLE_READ.ordinal();
        if (snapshot && table.getMaxDataModificationId() > h2.getSnapshotDataModificationId()) {
            throw KnownError.SNAPSHOT_DEFINITION_CHANGED.exception(core.database.name());
        }
    }

    void ownSchema(String name) throws SqlServerException {
        core.claims.own(NameClaims.ofSchema(name));
    }
}
