package dev.tidegate.jdbc;

import dev.tidegate.tds.token.ServerMessage;
import java.sql.SQLWarning;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A bounded chain of warnings: when it is full the oldest go, so that a procedure that prints in a loop costs no memory. Thread-safe.
 */
final class Warnings {
    /** More warnings than this are not kept. */
    static final int MOST = 1_000;

    private static final String STATE = "01000";

    private final Deque<SQLWarning> kept = new ArrayDeque<>();
    private long dropped;

    synchronized void add(SQLWarning warning) {
        if (kept.size() == MOST) {
            kept.removeFirst();
            dropped++;
        }
        kept.addLast(warning);
    }

    void add(ServerMessage message) {
        add(new SQLWarning(message.text(), STATE, message.number()));
    }

    /** Null if there is none. */
    synchronized SQLWarning chain() {
        SQLWarning first = null;
        SQLWarning last = null;
        if (dropped > 0) {
            first = new SQLWarning(dropped + " older warnings were dropped", STATE);
            last = first;
        }
        for (SQLWarning warning : kept) {
            // Rebuilt on each call: a chain handed out before must not grow under its reader.
            SQLWarning copy = new SQLWarning(warning.getMessage(), warning.getSQLState(), warning.getErrorCode());
            if (last == null) {
                first = copy;
            } else {
                last.setNextWarning(copy);
            }
            last = copy;
        }
        return first;
    }

    synchronized void clear() {
        kept.clear();
        dropped = 0;
    }
}
