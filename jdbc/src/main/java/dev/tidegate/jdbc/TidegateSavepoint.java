package dev.tidegate.jdbc;

import java.sql.SQLException;
import java.sql.Savepoint;

/** A savepoint of the current transaction. */
final class TidegateSavepoint implements Savepoint {
    /** The longest name that the server takes. */
    static final int MAX_NAME = 32;

    private final String given;
    private final int id;
    private final long transaction;
    private boolean released;

    /**
     * @param given null for a savepoint without a name
     * @param transaction number of the transaction that it was set in
     */
    TidegateSavepoint(String given, int id, long transaction) {
        this.given = given;
        this.id = id;
        this.transaction = transaction;
    }

    /** What the server knows it by. */
    String serverName() {
        return given != null ? given : "tidegate_" + id;
    }

    void requireIn(long current) throws SQLException {
        if (released || transaction != current) {
            throw Failures.sequence("the savepoint " + serverName() + " is gone: "
                    + (released ? "it was released" : "its transaction has ended"));
        }
    }

    void release() {
        released = true;
    }

    @Override
    public int getSavepointId() throws SQLException {
        if (given != null) {
            throw Failures.sequence("a savepoint with a name has no number");
        }
        return id;
    }

    @Override
    public String getSavepointName() throws SQLException {
        if (given == null) {
            throw Failures.sequence("a savepoint without a name has a number only");
        }
        return given;
    }
}
