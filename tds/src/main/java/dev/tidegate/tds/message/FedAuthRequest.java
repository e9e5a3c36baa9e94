package dev.tidegate.tds.message;

import dev.tidegate.tds.LittleEndian;
import dev.tidegate.tds.TdsProtocolException;
import java.util.Arrays;

/**
 * The data of LOGIN7's FEDAUTH feature ([MS-TDS] 2.2.6.4, FedAuth feature option).
 *
 * @param library one of the constants
 * @param echo what the server's PRELOGIN said as FEDAUTHREQUIRED
 * @param workflow with {@link #ENTRA}: one of the workflow constants, else 0
 * @param token with {@link #SECURITY_TOKEN}: the access token in UTF-16LE, else null
 * @param nonce with {@link #SECURITY_TOKEN}: {@link Prelogin#NONCE_LENGTH} bytes if the PRELOGINs had one, else null
 */
public record FedAuthRequest(int library, boolean echo, int workflow, byte[] token, byte[] nonce) {
    /** The token comes with the login itself. */
    public static final int SECURITY_TOKEN = 0x01;
    /** Microsoft Entra ID: the token follows in a message of its own after FEDAUTHINFO. */
    public static final int ENTRA = 0x02;

    public static final int WORKFLOW_PASSWORD = 0x01;
    public static final int WORKFLOW_INTEGRATED = 0x02;
    public static final int WORKFLOW_INTERACTIVE = 0x03;

    public static FedAuthRequest securityToken(byte[] token, boolean echo, byte[] nonce) {
        return new FedAuthRequest(SECURITY_TOKEN, echo, 0, token, nonce);
    }

    public static FedAuthRequest entra(int workflow, boolean echo) {
        return new FedAuthRequest(ENTRA, echo, workflow, null, null);
    }

    /** @throws TdsProtocolException if the data is not that of a library that is known here */
    public static FedAuthRequest parse(byte[] data) throws TdsProtocolException {
        if (data.length == 0) {
            throw new TdsProtocolException("the FEDAUTH feature has no data", -1);
        }
        int library = (data[0] & 0xFF) >>> 1;
        boolean echo = (data[0] & 1) != 0;
        return switch (library) {
            case SECURITY_TOKEN -> parseSecurityToken(data, echo);
            case ENTRA -> {
                if (data.length != 2) {
                    throw new TdsProtocolException(
                            "the FEDAUTH feature has " + data.length + " bytes where its library has 2", -1);
                }
                yield entra(data[1] & 0xFF, echo);
            }
            default -> throw new TdsProtocolException("the FEDAUTH library " + library + " is not known", -1);
        };
    }

    private static FedAuthRequest parseSecurityToken(byte[] data, boolean echo) throws TdsProtocolException {
        long length = data.length < 5 ? -1 : LittleEndian.getInt(data, 1) & 0xFFFF_FFFFL;
        long rest = data.length - 5 - length;
        if (length < 0 || rest != 0 && rest != Prelogin.NONCE_LENGTH) {
            throw new TdsProtocolException(
                    "the FEDAUTH feature has " + data.length + " bytes and claims a token of " + length, -1);
        }
        int end = 5 + (int) length;
        return securityToken(
                Arrays.copyOfRange(data, 5, end), echo, rest == 0 ? null : Arrays.copyOfRange(data, end, data.length));
    }

    byte[] toBytes() {
        byte options = (byte) (library << 1 | (echo ? 1 : 0));
        if (library != SECURITY_TOKEN) {
            return new byte[] {options, (byte) workflow};
        }
        int nonceLength = nonce == null ? 0 : nonce.length;
        byte[] data = new byte[5 + token.length + nonceLength];
        data[0] = options;
        LittleEndian.putInt(data, 1, token.length);
        System.arraycopy(token, 0, data, 5, token.length);
        if (nonce != null) {
            System.arraycopy(nonce, 0, data, 5 + token.length, nonceLength);
        }
        return data;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "FedAuthRequest[library=" + library + ", workflow=" + workflow + "]";
    }
}
