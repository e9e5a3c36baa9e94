package dev.tidegate.server.login;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The costly part of checking a password. Thread-safe. */
@FunctionalInterface
interface KeyDerivation {
    /** PBKDF2 with HMAC-SHA-256. */
    KeyDerivation PBKDF2 = KeyDerivation::pbkdf2;

    byte[] derive(String password, byte[] salt, int iterations, int bits);

    private static byte[] pbkdf2(String password, byte[] salt, int iterations, int bits) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, bits);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks PBKDF2WithHmacSHA256", e);
        } finally {
            key.clearPassword();
        }
    }
}
