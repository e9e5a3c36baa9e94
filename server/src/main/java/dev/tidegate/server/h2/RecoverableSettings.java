package dev.tidegate.server.h2;

import dev.tidegate.server.backend.IsolationLevel;
import dev.tidegate.server.backend.SqlServerException;
import dev.tidegate.server.error.KnownError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a session as session states ([MS-TDS] 2.2.7.21), and back. The numbers are this server's own: a client keeps the values
 * without understanding them. {@link #LOSSES} has no value that could be given back; it says what a reconnect would lose.
 */
final class RecoverableSettings {
    /** A reason a bit: see {@link SessionCore#losses()}. */
    static final int LOSSES = 9;

    /** A bit, because a transaction ends by itself and the others do not: a client may tell them apart by the number of the state. */
    static final int TRANSACTION = 10;

    private static final int SWITCHES = 1;
    private static final int LIMITS = 2;
    private static final int ISOLATION = 3;
    private static final int IDENTITY_INSERT = 4;
    private static final int LIMITS_LENGTH = 20;
    /** Two names and the dot between them. */
    private static final int LONGEST_TABLE = 257;

    private RecoverableSettings() {}

    static Map<Integer, byte[]> encode(SessionSettings settings) {
        Map<Integer, byte[]> states = new LinkedHashMap<>();
        states.put(SWITCHES, new byte[] {(byte) switches(settings)});
        states.put(
                LIMITS,
                ByteBuffer.allocate(LIMITS_LENGTH)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(settings.lockTimeout)
                        .putLong(settings.rowLimit)
                        .putInt(settings.textSize)
                        .array());
        states.put(ISOLATION, new byte[] {(byte) settings.isolation.ordinal()});
        states.put(
                IDENTITY_INSERT,
                settings.identityInsert == null
                        ? new byte[0]
                        : settings.identityInsert.getBytes(StandardCharsets.UTF_16LE));
        return states;
    }

    private static int switches(SessionSettings settings) {
        return (settings.noCount ? 1 : 0)
                | (settings.abortOnError ? 2 : 0)
                | (settings.implicitTransactions ? 4 : 0)
                | (settings.quotedIdentifiers ? 8 : 0)
                | (settings.formatOnly ? 16 : 0);
    }

    /**
     * Sets what the states say; what they do not name stays.
     *
     * @throws SqlServerException if a state is unknown, has no value that it can have, or cannot be brought back
     */
    static void decode(Map<Integer, byte[]> states, SessionSettings into) throws SqlServerException {
        for (Map.Entry<Integer, byte[]> state : states.entrySet()) {
            byte[] value = state.getValue();
            switch (state.getKey()) {
                case SWITCHES -> switches(state.getKey(), value, into);
                case LIMITS -> {
                    require(value.length == LIMITS_LENGTH, state.getKey(), value);
                    ByteBuffer numbers = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
                    into.lockTimeout = numbers.getLong();
                    into.rowLimit = numbers.getLong();
                    into.textSize = numbers.getInt();
                    require(into.lockTimeout >= -1 && into.rowLimit >= 0, state.getKey(), value);
                }
                case ISOLATION -> {
                    IsolationLevel[] levels = IsolationLevel.values();
                    require(value.length == 1 && value[0] > 0 && value[0] < levels.length, state.getKey(), value);
                    into.isolation = levels[value[0]];
                }
                case IDENTITY_INSERT -> {
                    require(value.length % 2 == 0 && value.length <= 2 * LONGEST_TABLE, state.getKey(), value);
                    into.identityInsert = value.length == 0 ? null : new String(value, StandardCharsets.UTF_16LE);
                }
                case LOSSES, TRANSACTION -> {
                    if (value.length != 1 || value[0] != 0) {
                        throw refused("it had a transaction, temporary tables, application locks or cursors, which are"
                                + " gone");
                    }
                }
                default -> throw refused("session state " + state.getKey() + " is not known to this server");
            }
        }
    }

    private static void switches(int id, byte[] value, SessionSettings into) throws SqlServerException {
        require(value.length == 1 && (value[0] & ~31) == 0, id, value);
        into.noCount = (value[0] & 1) != 0;
        into.abortOnError = (value[0] & 2) != 0;
        into.implicitTransactions = (value[0] & 4) != 0;
        into.quotedIdentifiers = (value[0] & 8) != 0;
        into.formatOnly = (value[0] & 16) != 0;
    }

    private static void require(boolean right, int id, byte[] value) throws SqlServerException {
        if (!right) {
            throw refused("session state " + id + " has no value of this server in its " + value.length + " bytes");
        }
    }

    static SqlServerException refused(String because) {
        return KnownError.LOGIN_FAILED
                .with("")
                .saying("The session cannot be recovered: " + because + ".")
                .asServerException(null);
    }
}
