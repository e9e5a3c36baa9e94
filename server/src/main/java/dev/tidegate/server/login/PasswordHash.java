package dev.tidegate.server.login;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/** A password as PBKDF2 with HMAC-SHA-256 keeps it. Immutable. */
final class PasswordHash {
    /** The hashes never leave the memory of this process, and tests log in thousands of times: some milliseconds are enough. */
    private static final int ITERATIONS = 10_000;

    private static final int BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyDerivation derivation;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(KeyDerivation derivation, byte[] salt, byte[] hash) {
        this.derivation = derivation;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash of(String password, KeyDerivation derivation) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        return new PasswordHash(derivation, salt, derivation.derive(password, salt, ITERATIONS, BITS));
    }

    /** A hash that nobody knows the password of. */
    static PasswordHash ofNobody(KeyDerivation derivation) {
        byte[] secret = new byte[BITS / 8];
        RANDOM.nextBytes(secret);
        byte[] salt = Arrays.copyOf(secret, 16);
        return new PasswordHash(derivation, salt, secret);
    }

    /** Whatever the password, and whoever's hash this is: one derivation and one comparison of whole hashes. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derivation.derive(password, salt, ITERATIONS, BITS));
    }

    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
