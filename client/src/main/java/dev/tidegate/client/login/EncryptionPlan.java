package dev.tidegate.client.login;

import dev.tidegate.client.settings.Encrypt;
import dev.tidegate.tds.message.Encryption;
import java.io.IOException;

/** What the two PRELOGIN messages have agreed to encrypt ([MS-TDS] 2.2.6.5, ENCRYPTION). */
enum EncryptionPlan {
    NOTHING,
    LOGIN_ONLY,
    EVERYTHING;

    /** What the client says of itself in PRELOGIN. Inside strict TLS the option is ignored. */
    static Encryption request(Encrypt wanted) {
        return wanted == Encrypt.FALSE ? Encryption.OFF : Encryption.ON;
    }

    /** @throws IOException if the server does not give the encryption that is wanted; says what to do */
    static EncryptionPlan agree(Encrypt wanted, Encryption answer) throws IOException {
        return switch (wanted) {
            case STRICT -> EVERYTHING;
            case TRUE ->
                switch (answer) {
                    case ON, REQUIRED -> EVERYTHING;
                    case OFF, NOT_SUPPORTED ->
                        throw new IOException(
                                "encrypt=true, but the server does not offer encryption (it answers " + answer
                                        + "); give the server a certificate, or set encrypt=false if the network is"
                                        + " trusted");
                };
            case FALSE ->
                switch (answer) {
                    case ON, REQUIRED -> EVERYTHING;
                    case OFF -> LOGIN_ONLY;
                    case NOT_SUPPORTED -> NOTHING;
                };
        };
    }
}
