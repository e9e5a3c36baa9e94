package dev.tidegate.server.login;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The SQL logins of a server. Filled by one thread; {@link #accepts} may be called by many once it is filled. */
public final class Logins {
    private final Map<String, PasswordHash> hashes = new HashMap<>();
    private final KeyDerivation derivation;
    private final PasswordHash nobody;

    public Logins() {
        this(KeyDerivation.PBKDF2);
    }

    Logins(KeyDerivation derivation) {
        this.derivation = derivation;
        this.nobody = PasswordHash.ofNobody(derivation);
    }

    /** Adds a login or changes its password. User names ignore case, as with SQL Server's default collation. */
    public void add(String user, String password) {
        if (user.isBlank() || user.length() > 128) {
            throw new IllegalArgumentException("a user name has 1 to 128 characters");
        }
        if (password.length() > 128) {
            throw new IllegalArgumentException("a password has at most 128 characters");
        }
        hashes.put(key(user), PasswordHash.of(password, derivation));
    }

    public boolean isEmpty() {
        return hashes.isEmpty();
    }

    public Logins copy() {
        Logins copy = new Logins(derivation);
        copy.hashes.putAll(hashes);
        return copy;
    }

    /** Takes as long for a user who does not exist as for a wrong password: one derivation and one comparison. */
    public boolean accepts(String user, String password) {
        return hashes.getOrDefault(key(user), nobody).matches(password);
    }

    private static String key(String user) {
        return user.toLowerCase(Locale.ROOT);
    }
}
