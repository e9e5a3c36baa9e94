package dev.tidegate.duckdb.engine.session;

import java.sql.SQLException;

/**
 * The DuckDB transaction in which a statement and what has to be known for it are run: the one that is open, or one for this statement
 * alone, which ends as the statement's own would have ended.
 */
public final class StatementTransaction {
    private final EngineSession session;
    private final boolean own;

    private StatementTransaction(EngineSession session, boolean own) {
        this.session = session;
        this.own = own;
    }

    /** @return null if the statement's transaction cannot be ended here, because its result is read later */
    public static StatementTransaction begin(EngineSession session) throws SQLException {
        if (session.remote().inTransaction()) {
            return new StatementTransaction(session, false);
        }
        if (session.streams()) {
            return null;
        }
        session.execute("BEGIN TRANSACTION");
        return new StatementTransaction(session, true);
    }

    public boolean isOwn() {
        return own;
    }

    public void commit() throws SQLException {
        if (own) {
            session.execute("COMMIT");
        }
    }

    public void rollBack(Throwable first) {
        if (own) {
            try {
                session.execute("ROLLBACK");
            } catch (SQLException secondary) {
                first.addSuppressed(secondary);
            }
        }
    }
}
