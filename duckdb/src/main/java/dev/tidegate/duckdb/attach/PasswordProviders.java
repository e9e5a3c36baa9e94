package dev.tidegate.duckdb.attach;

import dev.tidegate.client.settings.PasswordSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Where ATTACH may take a password from that it does not say: the environment, and what the program has brought. Thread-safe. */
public final class PasswordProviders {
    private final Map<String, PasswordSource> named = new ConcurrentHashMap<>();
    private final UnaryOperator<String> environment;

    /** @param environment finds an environment variable, or gives null */
    public PasswordProviders(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** Those of names that there were are replaced. */
    public void add(Map<String, PasswordSource> more) {
        more.forEach((name, source) -> named.put(folded(name), source));
    }

    String variable(String name) {
        String value = environment.apply(name);
        if (value == null) {
            throw new IllegalArgumentException("password_env: there is no environment variable " + name);
        }
        return value;
    }

    PasswordSource provider(String name) {
        PasswordSource source = named.get(folded(name));
        if (source == null) {
            throw new IllegalArgumentException("password_provider: there is no provider " + name
                    + "; give it to TidegateDuckDB.open with EngineOptions.passwordProvider");
        }
        return source;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
