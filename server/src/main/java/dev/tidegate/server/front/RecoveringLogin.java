package dev.tidegate.server.front;

import dev.tidegate.server.backend.BackendSession;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.message.LoginFeature;
import dev.tidegate.tds.message.SessionRecovery;
import dev.tidegate.tds.type.Collation;
import java.util.Arrays;
import java.util.Map;

/**
 * A login that takes up a session whose connection was cut ([MS-TDS] 2.2.6.4, feature SESSIONRECOVERY). What the client says of the
 * session's beginning must be this server's own beginning, or it is another server that the session was on.
 */
final class RecoveringLogin {
    private static final int LONGEST_NAME = 128;

    private final SessionRecovery recovery;

    private RecoveringLogin(SessionRecovery recovery) {
        this.recovery = recovery;
    }

    /**
     * @param feature as the login has it
     * @return null if a session begins
     * @throws SqlServerException 18456 if its data has not the form that it must have
     */
    static RecoveringLogin of(LoginFeature feature) throws SqlServerException {
        if (feature.data().length == 0) {
            return null;
        }
        try {
            return new RecoveringLogin(SessionRecovery.parse(feature.data()));
        } catch (TdsProtocolException e) {
            throw refused("its data is not in order: " + e.getMessage());
        }
    }

    /** Where the session was. */
    String database(String loginDatabase) {
        String wanted = recovery.wanted().database();
        return wanted.isEmpty() ? loginDatabase : wanted;
    }

    String language() {
        String wanted = recovery.wanted().language();
        return wanted.isEmpty() ? ServerProduct.LANGUAGE : wanted;
    }

    /**
     * @param initial states of the session as it is now, fresh
     * @throws SqlServerException if the session cannot be brought to where the client wants it
     */
    void restore(BackendSession session, String loginDatabase, Map<Integer, byte[]> initial) throws SqlServerException {
        SessionRecovery.State begun = recovery.initial();
        if (!begun.database().isEmpty() && !begun.database().equalsIgnoreCase(loginDatabase)) {
            throw refused("it began in database '" + begun.database() + "', not in '" + loginDatabase + "'");
        }
        if (!begun.language().isEmpty() && !begun.language().equalsIgnoreCase(ServerProduct.LANGUAGE)) {
            throw refused("it began with language '" + begun.language() + "', not with '" + ServerProduct.LANGUAGE + "'");
        }
        requireOwn(begun.collation());
        requireOwn(recovery.wanted().collation());
        for (Map.Entry<Integer, byte[]> state : begun.states().entrySet()) {
            if (!Arrays.equals(state.getValue(), initial.get(state.getKey()))) {
                throw refused("its state " + state.getKey() + " did not begin as sessions of this server do");
            }
        }
        if (language().length() > LONGEST_NAME) {
            throw refused("its language has a name of " + language().length() + " characters");
        }
        session.recover(
                recovery.wanted().database(),
                recovery.wanted().language(),
                recovery.wanted().states());
    }

    private static void requireOwn(Collation collation) throws SqlServerException {
        if (collation != null && !collation.equals(Collation.DEFAULT)) {
            throw refused("its collation is not this server's");
        }
    }

    private static SqlServerException refused(String because) {
        return LoginStep.refused("The session cannot be recovered: " + because + ".");
    }
}
