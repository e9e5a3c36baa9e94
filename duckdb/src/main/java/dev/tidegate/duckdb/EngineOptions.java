package dev.tidegate.duckdb;

import dev.tidegate.client.settings.PasswordSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** With what {@link TidegateDuckDB#open(String, EngineOptions)} opens a connection. Immutable. */
public final class EngineOptions {
    private final Map<String, String> duckdb;
    private final Map<String, PasswordSource> passwordProviders;

    private EngineOptions(Map<String, String> duckdb, Map<String, PasswordSource> passwordProviders) {
        this.duckdb = Map.copyOf(duckdb);
        this.passwordProviders = Map.copyOf(passwordProviders);
    }

    /** DuckDB's defaults, and no provider. */
    public static EngineOptions defaults() {
        return new EngineOptions(Map.of(), Map.of());
    }

    /** With a setting of DuckDB's own, such as {@code threads}. */
    public EngineOptions duckdb(String setting, String value) {
        return new EngineOptions(with(duckdb, setting, value), passwordProviders);
    }

    /**
     * With a provider that {@code ATTACH … (PASSWORD_PROVIDER name)} can name. It is asked for the password at every login, on the threads
     * that log in, as long as something is attached that names it. One of the same name that another connection to the same DuckDB instance
     * has brought is replaced for what is attached from then on.
     *
     * @param name in whatever case
     */
    public EngineOptions passwordProvider(String name, PasswordSource provider) {
        return new EngineOptions(duckdb, with(passwordProviders, name, provider));
    }

    private static <T> Map<String, T> with(Map<String, T> map, String name, T value) {
        Map<String, T> more = new HashMap<>(map);
        more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, name));
        return more;
    }

    /** DuckDB's settings. */
    public Properties duckdb() {
        Properties properties = new Properties();
        properties.putAll(duckdb);
        return properties;
    }

    public Map<String, PasswordSource> passwordProviders() {
        return passwordProviders;
    }
}
