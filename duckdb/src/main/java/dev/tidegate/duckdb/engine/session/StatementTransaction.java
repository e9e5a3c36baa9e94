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

    public static StatementTransaction begin(EngineSession session) throws SQLException {
        if (session.remote().inTransaction()) {
            return new StatementTransaction(session, false);
        }
        session.execute("BEGIN TRANSACTION");
        return new StatementTransaction(session, true);
    }

    public boolean isOwn() {
        return own;
    }

    public void commit() throws SQLException {
        if (own) {
            try {
                session.execute("COMMIT");
            } catch (SQLException e) {
                rollBack(e);
                throw e;
            }
        }
    }

    /** Where DuckDB makes the result while it is read, the transaction has to last until then. */
    public void commitOnceRead() throws SQLException {
        if (own && session.streams()) {
            session.endsWithItsResult(this);
        } else {
            commit();
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
