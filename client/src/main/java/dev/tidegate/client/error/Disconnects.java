package dev.tidegate.client.error;

import dev.tidegate.tds.token.ServerMessage;
import dev.tidegate.tds.type.UnreadableValueException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/** Tells errors after which a connection is of no use from those that concern a statement only. */
public final class Disconnects {
    /** Messages of lower severity after which the server closes the connection all the same. */
    private static final Set<Integer> ENDING =
            Set.of(233, 596, 6005, 10053, 10054, 17142, 17143, 18456, 40197, 40501, 40613);

    private Disconnects() {}

    /** True if {@code thrown}, a cause, or a chained exception means that the connection is gone. */
    public static boolean isDisconnect(Throwable thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 32; t = t.getCause(), depth++) {
            if (t instanceof IOException) {
                // Its bytes were in order: the row was read to its end, and the connection goes on.
                return !(t instanceof UnreadableValueException);
            }
            if (t instanceof SQLException exception) {
                int chained = 0;
                for (SQLException e = exception; e != null && chained < 256; e = e.getNextException(), chained++) {
                    if (isDisconnect(e)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isDisconnect(SQLException e) {
        if (e instanceof DatabaseError error) {
            ServerMessage message = error.serverMessage();
            if (ENDING.contains(e.getErrorCode()) || message != null && message.severity() >= 20) {
                return true;
            }
            return message == null && SqlStates.LINK_BROKEN.equals(e.getSQLState());
        }
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }
}
