package dev.tidegate.server.login;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A password as PBKDF2 with HMAC-SHA-256 keeps it. Immutable. */
final class PasswordHash {
    /** The hashes never leave the memory of this process, and tests log in thousands of times: some milliseconds are enough. */
    private static final int ITERATIONS = 10_000;

    private static final int BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash of(String password) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return new PasswordHash(salt, derive(password, salt));
    }

    /** A hash that nobody knows the password of. */
    static PasswordHash ofNobody() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        byte[] salt = Arrays.copyOf(secret, 16);
        return new PasswordHash(salt, secret);
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt));
    }

    private static byte[] derive(String password, byte[] salt) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BITS);
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

    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
