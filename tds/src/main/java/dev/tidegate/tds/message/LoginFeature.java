package dev.tidegate.tds.message;

import dev.tidegate.tds.packet.Utf16;

/**
 * One entry of LOGIN7's FeatureExt block ([MS-TDS] 2.2.6.4): a feature that the client can use, with its own data. What is not used
 * here is kept as bytes.
 *
 * @param id 1 to 254, see the constants
 */
public record LoginFeature(int id, byte[] data) {
    public static final int SESSION_RECOVERY = 0x01;
    public static final int FEDAUTH = 0x02;
    public static final int COLUMN_ENCRYPTION = 0x04;
    public static final int GLOBAL_TRANSACTIONS = 0x05;
    public static final int AZURE_SQL_SUPPORT = 0x08;
    public static final int DATA_CLASSIFICATION = 0x09;
    public static final int UTF8_SUPPORT = 0x0A;
    public static final int AZURE_SQL_DNS_CACHING = 0x0B;
    public static final int JSON_SUPPORT = 0x0D;
    public static final int VECTOR_SUPPORT = 0x0E;
    public static final int ENHANCED_ROUTING_SUPPORT = 0x0F;
    public static final int USER_AGENT = 0x10;
    static final int TERMINATOR = 0xFF;

    private static final byte[] NOTHING = {};

    public LoginFeature {
        if (id < 1 || id >= TERMINATOR) {
            throw new IllegalArgumentException("a feature's id is 1 to 254, not " + id);
        }
    }

    /** Columns of a {@code _UTF8} collation may come in UTF-8. */
    public static LoginFeature utf8Support() {
        return new LoginFeature(UTF8_SUPPORT, NOTHING);
    }

    /** @param version the highest that the client knows; 1 is the only one */
    public static LoginFeature jsonSupport(int version) {
        return new LoginFeature(JSON_SUPPORT, new byte[] {(byte) version});
    }

    /** @param version the highest that the client knows: 1 for float32 elements, 2 for float16 too */
    public static LoginFeature vectorSupport(int version) {
        return new LoginFeature(VECTOR_SUPPORT, new byte[] {(byte) version});
    }

    public static LoginFeature dnsCaching() {
        return new LoginFeature(AZURE_SQL_DNS_CACHING, NOTHING);
    }

    /** @param agent what the client is, in the form that {@code [MS-TDS]} gives for this feature */
    public static LoginFeature userAgent(String agent) {
        return new LoginFeature(USER_AGENT, Utf16.encode(agent));
    }

    /** The client can recover its session, and begins one. */
    public static LoginFeature sessionRecovery() {
        return new LoginFeature(SESSION_RECOVERY, NOTHING);
    }

    /** The client recovers a session that was cut. */
    public static LoginFeature sessionRecovery(SessionRecovery recovery) {
        return new LoginFeature(SESSION_RECOVERY, recovery.toBytes());
    }

    public static LoginFeature fedAuth(FedAuthRequest request) {
        return new LoginFeature(FEDAUTH, request.toBytes());
    }

    /** Shows the length only: FEDAUTH's bytes are a secret. */
    @Override
    public String toString() {
        return "LoginFeature[0x" + Integer.toHexString(id) + ", " + data.length + " bytes]";
    }
}
