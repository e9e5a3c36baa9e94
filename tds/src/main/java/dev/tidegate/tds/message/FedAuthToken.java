package dev.tidegate.tds.message;

import dev.tidegate.tds.TdsProtocolException;
import dev.tidegate.tds.packet.TdsReader;
import dev.tidegate.tds.packet.TdsWriter;
import java.io.IOException;

/**
 * Federated authentication token ([MS-TDS] 2.2.6.3): what a client sends after FEDAUTHINFO.
 *
 * @param token for Microsoft Entra ID the access token in UTF-16LE
 * @param nonce {@link Prelogin#NONCE_LENGTH} bytes from the server's PRELOGIN, signed by the client; null if none was given
 */
public record FedAuthToken(byte[] token, byte[] nonce) {
    /** Longest token accepted, in bytes. */
    public static final int MAX_LENGTH = 1024 * 1024;

    /** Reads the rest of the current message. */
    public static FedAuthToken read(TdsReader in) throws IOException {
        long start = in.position();
        long total = in.readUnsignedInt();
        long length = in.readUnsignedInt();
        byte[] token = in.readBytes(length, MAX_LENGTH, "federated authentication token");
        byte[] nonce = in.atEnd() ? null : in.readBytes(Prelogin.NONCE_LENGTH, Prelogin.NONCE_LENGTH, "nonce");
        if (total != in.position() - start - 4) {
            throw new TdsProtocolException(
                    "the federated authentication token claims " + total + " bytes; the message has "
                            + (in.position() - start - 4),
                    start);
        }
        Payload.expectEnd(in, "federated authentication token");
        return new FedAuthToken(token, nonce);
    }

    public void write(TdsWriter out) throws IOException {
        out.writeInt(4 + token.length + (nonce == null ? 0 : nonce.length));
        out.writeInt(token.length);
        out.writeBytes(token);
        if (nonce != null) {
            out.writeBytes(nonce);
        }
    }

    /** Shows the length only: the token is a secret. */
    @Override
    public String toString() {
        return "FedAuthToken[" + token.length + " bytes]";
    }
}
