package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.engine.tx.LocalPart;
import java.sql.SQLException;

/** The transactions of a connection: DuckDB's part, and when the parts on servers begin and end with it. */
public final class Transactions implements LocalPart {
    private final EngineSession session;

    Transactions(EngineSession session) {
        this.session = session;
    }

    public void commitAll() throws SQLException {
        commitAll(this);
    }

    private void commitAll(LocalPart local) throws SQLException {
        try {
            session.remote().commit(local, session.run());
        } finally {
            forgetIfOver();
        }
    }

    public void rollbackAll() throws SQLException {
        try {
            session.remote().rollback(this, session.run());
        } finally {
            session.seen().end();
        }
    }

    /** An aborted transaction is still there after a COMMIT. */
    private void forgetIfOver() {
        if (!session.remote().isAborted()) {
            session.seen().end();
        }
    }

    /** As DuckDB has it: what is open is committed when auto-commit is turned on. */
    public void autoCommit(boolean on) throws SQLException {
        try {
            if (on && !session.duckdb().getAutoCommit()) {
                commitAll(new TurningOn());
            } else {
                session.duckdb().setAutoCommit(on);
            }
        } finally {
            // DuckDB's driver turns it on before it commits, also if that fails.
            if (!session.duckdb().isClosed()) {
                session.remote().autoCommit(session.duckdb().getAutoCommit());
            }
        }
    }

    @Override
    public void check() throws SQLException {
        session.execute(Translated.NOTHING);
    }

    @Override
    public void commit() throws SQLException {
        if (session.duckdb().getAutoCommit()) {
            session.execute("COMMIT");
        } else {
            // DuckDB's driver has to know that its next statement begins another one.
            session.duckdb().commit();
        }
    }

    @Override
    public void rollback() throws SQLException {
        if (session.duckdb().getAutoCommit()) {
            session.execute("ROLLBACK");
        } else {
            session.duckdb().rollback();
        }
    }

    /** DuckDB's driver commits if it has begun something. */
    private final class TurningOn implements LocalPart {
        @Override
        public void check() throws SQLException {
            Transactions.this.check();
        }

        @Override
        public void commit() throws SQLException {
            session.duckdb().setAutoCommit(true);
        }

        @Override
        public void rollback() throws SQLException {
            Transactions.this.rollback();
        }
    }
}
