package dev.tidegate.tds.token;

import dev.tidegate.tds.type.Collation;

/** ENVCHANGE ([MS-TDS] 2.2.7.9). */
public sealed interface EnvChange extends Token {
    int DATABASE = 1;
    int LANGUAGE = 2;
    int CHARACTER_SET = 3;
    int PACKET_SIZE = 4;
    int SORT_LCID = 5;
    int SORT_FLAGS = 6;
    int COLLATION = 7;
    int BEGIN_TRANSACTION = 8;
    int COMMIT_TRANSACTION = 9;
    int ROLLBACK_TRANSACTION = 10;
    int ENLIST_DTC = 11;
    int DEFECT_TRANSACTION = 12;
    int MIRROR_PARTNER = 13;
    int PROMOTE_TRANSACTION = 15;
    int TRANSACTION_MANAGER_ADDRESS = 16;
    int TRANSACTION_ENDED = 17;
    int RESET_ACKNOWLEDGED = 18;
    int USER_INSTANCE = 19;
    int ROUTING = 20;
    int ENHANCED_ROUTING = 21;

    /** The type byte. */
    int type();

    /** Types 1 to 6, 13 and 19, whose old and new values are text. */
    record Text(int type, String newValue, String oldValue) implements EnvChange {}

    /** Type 7. Either value may be null: empty on the wire. */
    record CollationChange(Collation newValue, Collation oldValue) implements EnvChange {
        @Override
        public int type() {
            return COLLATION;
        }
    }

    /** Types 8 to 12 and 17: descriptors of eight bytes; zero where the wire has none. */
    record Transaction(int type, long newDescriptor, long oldDescriptor) implements EnvChange {}

    /** Type 18: RESETCONNECTION was done. */
    record ResetAcknowledged() implements EnvChange {
        @Override
        public int type() {
            return RESET_ACKNOWLEDGED;
        }
    }

    /**
     * Type 20, or 21 with a database: connect to another server.
     *
     * @param port 1 to 65,535
     * @param database of enhanced routing, else null
     */
    record Routing(int protocol, int port, String server, String database) implements EnvChange {
        @Override
        public int type() {
            return database == null ? ROUTING : ENHANCED_ROUTING;
        }
    }

    /** Types 15 and 16, and any other: kept as bytes. */
    record Other(int type, byte[] data) implements EnvChange {}
}
