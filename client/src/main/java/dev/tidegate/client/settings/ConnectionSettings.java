package dev.tidegate.client.settings;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * The values of all {@link ConnectionProperty properties} of a connection, checked. Immutable; two settings are equal if their values
 * are, so they can be the key of a pool.
 */
public final class ConnectionSettings {
    private final Map<ConnectionProperty, String> given;
    /** Null: the password is a property, or there is none. */
    private final PasswordSource passwordSource;
    /** Pools are looked up by their settings for every connection that is taken. */
    private final int hash;

    private ConnectionSettings(Map<ConnectionProperty, String> given, PasswordSource passwordSource) {
        this.given = given;
        this.passwordSource = passwordSource;
        this.hash = Objects.hash(given, passwordSource);
    }

    /** True if {@link #parse} takes URLs of this form. */
    public static boolean accepts(String url) {
        return url != null && (JdbcUrl.accepts(url) || MssqlUri.accepts(url));
    }

    /**
     * Settings of a URL {@code jdbc:tidegate://host[\instance][:port][;name=value]…} or {@code
     * mssql://user:password@host:port/database?name=value}, and properties, which go before what the URL says.
     *
     * @param info may be null
     * @throws SQLNonTransientConnectionException (08001) naming what is wrong with the URL or a property
     */
    public static ConnectionSettings parse(String url, Properties info) throws SQLNonTransientConnectionException {
        try {
            Builder builder = builder();
            if (JdbcUrl.accepts(url)) {
                JdbcUrl.read(url, builder::setOnce);
            } else if (MssqlUri.accepts(url)) {
                MssqlUri.read(url, builder::setOnce);
            } else {
                throw new PropertyException(
                        "not a URL for this driver; it takes jdbc:tidegate://host… and mssql://host…", null);
            }
            if (info != null) {
                for (String name : info.stringPropertyNames()) {
                    builder.set(ConnectionProperty.named(name), info.getProperty(name));
                }
            }
            return builder.build();
        } catch (PropertyException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        }
    }

    public static Builder builder() {
        return new Builder(new EnumMap<>(ConnectionProperty.class), null);
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(new EnumMap<>(given), passwordSource);
    }

    /**
     * The password to log in with: of the {@link Builder#passwordSource source} if there is one, which is asked now.
     *
     * @return empty if there is none
     * @throws SQLException what the source says; 28000 if it gives nothing
     */
    public String password() throws SQLException {
        if (passwordSource == null) {
            return Objects.requireNonNullElse(get(ConnectionProperty.PASSWORD), "");
        }
        String password = passwordSource.password(
                toBuilder().set(ConnectionProperty.PASSWORD, null).build());
        if (password == null) {
            throw new SQLInvalidAuthorizationSpecException("the source of the password gave none", "28000");
        }
        return password;
    }

    /** The value, or the property's default; null if it has neither. */
    public String get(ConnectionProperty property) {
        String value = given.get(property);
        return value != null ? value : property.defaultValue();
    }

    /** True if the value was given rather than taken from the default. */
    public boolean isGiven(ConnectionProperty property) {
        return given.containsKey(property);
    }

    /** @throws ClassCastException if the property is not a {@link ValueKind.Flag} */
    public boolean flag(ConnectionProperty property) {
        return Boolean.parseBoolean(valueOf(property, ValueKind.Flag.class));
    }

    /** @throws ClassCastException if the property is not a {@link ValueKind.Whole} number */
    public int number(ConnectionProperty property) {
        return Integer.parseInt(valueOf(property, ValueKind.Whole.class));
    }

    private String valueOf(ConnectionProperty property, Class<? extends ValueKind> kind) {
        if (!kind.isInstance(property.kind())) {
            throw new ClassCastException(property + " is not a " + kind.getSimpleName());
        }
        return get(property);
    }

    public String host() {
        return get(ConnectionProperty.SERVER_NAME);
    }

    public int port() {
        return number(ConnectionProperty.PORT_NUMBER);
    }

    /** The instance whose port must be looked up; empty if the port is known. */
    public Optional<String> instanceToLookUp() {
        return isGiven(ConnectionProperty.PORT_NUMBER)
                ? Optional.empty()
                : Optional.ofNullable(get(ConnectionProperty.INSTANCE_NAME)).filter(name -> !name.isEmpty());
    }

    public Encrypt encrypt() {
        return Encrypt.valueOf(get(ConnectionProperty.ENCRYPT).toUpperCase(java.util.Locale.ROOT));
    }

    /** Zero: no limit. */
    public Duration loginTimeout() {
        return Duration.ofSeconds(number(ConnectionProperty.LOGIN_TIMEOUT));
    }

    /** Zero: no limit. */
    public Duration queryTimeout() {
        return Duration.ofSeconds(Math.max(0, number(ConnectionProperty.QUERY_TIMEOUT)));
    }

    /** Zero: no limit. */
    public Duration cancelQueryTimeout() {
        return Duration.ofSeconds(Math.max(0, number(ConnectionProperty.CANCEL_QUERY_TIMEOUT)));
    }

    /** Zero: no limit. */
    public Duration socketTimeout() {
        return Duration.ofMillis(number(ConnectionProperty.SOCKET_TIMEOUT));
    }

    /** Zero: at once. */
    public Duration closeTimeout() {
        return Duration.ofMillis(number(ConnectionProperty.CLOSE_TIMEOUT));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionSettings settings
                && given.equals(settings.given)
                && Objects.equals(passwordSource, settings.passwordSource);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The values that were given; secrets are left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ConnectionSettings[");
        given.forEach((property, value) -> text.append(text.charAt(text.length() - 1) == '[' ? "" : "; ")
                .append(property.propertyName())
                .append('=')
                .append(property.isSecret() ? "***" : value));
        return text.append(']').toString();
    }

    /** Collects values; every value is checked when it is set. Not thread-safe. */
    public static final class Builder {
        private final Map<ConnectionProperty, String> values;
        private PasswordSource passwordSource;

        private Builder(Map<ConnectionProperty, String> values, PasswordSource passwordSource) {
            this.values = values;
            this.passwordSource = passwordSource;
        }

        /** @param source is asked for the password at each login, whatever the property says; null takes it back */
        public Builder passwordSource(PasswordSource source) {
            passwordSource = source;
            return this;
        }

        /**
         * @param value null takes the value back
         * @throws PropertyException if the value is not allowed
         */
        public Builder set(ConnectionProperty property, String value) {
            if (value == null) {
                values.remove(property);
            } else {
                values.put(property, property.normalize(value));
            }
            return this;
        }

        public Builder host(String host) {
            return set(ConnectionProperty.SERVER_NAME, host);
        }

        public Builder port(int port) {
            return set(ConnectionProperty.PORT_NUMBER, Integer.toString(port));
        }

        public Builder database(String database) {
            return set(ConnectionProperty.DATABASE_NAME, database);
        }

        public Builder login(String user, String password) {
            return set(ConnectionProperty.USER, user).set(ConnectionProperty.PASSWORD, password);
        }

        /** A URL must not say two things of one property, whatever name it uses for it. */
        void setOnce(ConnectionProperty property, String value) {
            String before = values.get(property);
            set(property, value);
            if (before != null && !before.equals(values.get(property))) {
                throw new PropertyException(
                        "property " + property.propertyName() + " is given twice with different values", null);
            }
        }

        /** @throws PropertyException if no server was named, or two values contradict each other */
        public ConnectionSettings build() {
            ConnectionSettings settings = new ConnectionSettings(new EnumMap<>(values), passwordSource);
            if (Objects.requireNonNullElse(settings.host(), "").isBlank()) {
                throw new PropertyException("no server is named: put a host into the URL or set serverName", null);
            }
            if (settings.encrypt() == Encrypt.STRICT && settings.flag(ConnectionProperty.TRUST_SERVER_CERTIFICATE)) {
                throw new PropertyException(
                        "trustServerCertificate=true does not go with encrypt=strict; name the certificate with"
                                + " serverCertificate, or its authority with trustStore",
                        null);
            }
            return settings;
        }
    }
}
