package dev.tidegate.client.sweep;

import java.sql.SQLException;

/**
 * What a client was told of its dialogue.
 *
 * @param commit what became of its transaction, as far as the client can know
 * @param failure null if every call succeeded
 */
record Outcome(Commit commit, SQLException failure) {
    enum Commit {
        DONE,
        NOT_DONE,
        UNKNOWN
    }

    static Outcome done() {
        return new Outcome(Commit.DONE, null);
    }

    /** Of a failure before there was a commit. */
    static Outcome failed(SQLException failure) {
        return new Outcome(Commit.NOT_DONE, failure);
    }

    /** Of a failure of the commit itself. */
    static Outcome ofCommit(SQLException failure) {
        return new Outcome("08007".equals(failure.getSQLState()) ? Commit.UNKNOWN : Commit.NOT_DONE, failure);
    }

    /** Whether so many rows in the table are what was told. */
    boolean admits(long rows, long whole) {
        return switch (commit) {
            case DONE -> rows == whole;
            case NOT_DONE -> rows == 0;
            case UNKNOWN -> rows == 0 || rows == whole;
        };
    }
}
