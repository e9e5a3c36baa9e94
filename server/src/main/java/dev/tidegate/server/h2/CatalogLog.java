package dev.tidegate.server.h2;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the open transaction has changed in H2's catalog, in order, and the way back. H2 undoes what it has stored of a definition
 * together with the rows; the objects in its memory are brought back by the steps here. Used by the session's thread.
 */
final class CatalogLog {
    /** One change. */
    interface Step {
        /** Takes it back, while everything later has been taken back already. */
        void undo() throws SQLException;

        /** What belongs to the transaction, but only at its end. */
        default void committing() throws SQLException {}

        /** What can be done only now that it stays. */
        default void committed() throws SQLException {}
    }

    private final List<Step> steps = new ArrayList<>();

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** A place to come back to. */
    int mark() {
        return steps.size();
    }

    void add(Step step) {
        steps.add(step);
    }

    /** Takes back what came after the mark, the last first; one that fails does not keep the others from it. */
    void undoTo(int mark) throws SQLException {
        SQLException failure = null;
        while (steps.size() > mark) {
            try {
                steps.removeLast().undo();
            } catch (SQLException e) {
                failure = and(failure, e);
            } catch (org.h2.message.DbException e) {
                failure = and(failure, e.getSQLException());
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static SQLException and(SQLException first, SQLException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    void committing() throws SQLException {
        for (Step step : steps) {
            step.committing();
        }
    }

    /** The transaction is committed: removes for good what it had dropped. */
    void committed() {
        for (Step step : steps) {
            try {
                step.committed();
            } catch (SQLException e) {
                // it stays hidden, and is removed when the database is opened again
                System.getLogger(CatalogLog.class.getName()).log(System.Logger.Level.DEBUG, "removal", e);
            }
        }
        steps.clear();
    }
}
