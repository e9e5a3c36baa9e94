package dev.tidegate.duckdb.attach;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.PasswordSource;
import dev.tidegate.client.settings.PropertyException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * What an ATTACH says, checked.
 *
 * @param schemaFilter null: all schemas
 * @param tableFilter null: all tables
 * @param isolation of what runs on its connections; CURRENT: the server's default
 * @param cacheTtl how long names and columns that were looked up are used; zero: until the cache is cleared
 * @param transactionBuffer bytes of rows that a query of a transaction may leave in memory when another one needs the connection
 * @param parallel by how many connections a table is read
 * @param parallelRows how many rows a table has at least that is read by several
 */
public record AttachOptions(
        ConnectionSettings connection,
        PoolSettings pool,
        Pattern schemaFilter,
        Pattern tableFilter,
        boolean readOnly,
        IsolationLevel isolation,
        Duration cacheTtl,
        long transactionBuffer,
        Parallelism parallel,
        long parallelRows) {

    private static final Duration DEFAULT_TTL = Duration.ofMinutes(5);
    /** Reading them takes about half a second, beside which the round trips to divide a table do not count. */
    private static final long DEFAULT_PARALLEL_ROWS = 500_000;

    /** MiB. */
    private static final long DEFAULT_BUFFER = 64;

    /** MiB: no more than can be counted in bytes. */
    private static final long MOST_BUFFER = Long.MAX_VALUE >> 20;

    private static final String PASSWORD_ENV = "password_env";
    private static final String PASSWORD_PROVIDER = "password_provider";

    /**
     * @param url a URL of the driver, or a connection string as ADO.NET has it; may be empty if {@code options} name the server
     * @param options of the statement, which go before the URL; in lower case
     * @param passwords where one may come from that is in neither
     * @throws SQLException naming the option that is wrong; never a value that may be a secret
     */
    public static AttachOptions of(String url, Map<String, String> options, PasswordProviders passwords)
            throws SQLException {
        Map<String, String> rest = new HashMap<>(options);
        try {
            Pattern schemas = pattern(rest, "schema_filter");
            Pattern tables = pattern(rest, "table_filter");
            boolean readOnly = flag(rest, "read_only") | flag(rest, "readonly");
            IsolationLevel isolation = isolation(rest.remove("isolation"));
            Duration ttl = seconds(rest, "cache_ttl", DEFAULT_TTL);
            long buffer = Math.multiplyExact(mebibytes(rest, "transaction_buffer", DEFAULT_BUFFER), 1L << 20);
            Parallelism parallel = Parallelism.of("parallel", rest.getOrDefault("parallel", "auto"));
            rest.remove("parallel");
            String rows = rest.remove("parallel_rows");
            long parallelRows = rows == null ? DEFAULT_PARALLEL_ROWS : whole("parallel_rows", rows);
            PoolSettings pool = pool(rest);
            Properties properties = new Properties();
            String variable = rest.remove(PASSWORD_ENV);
            if (variable != null) {
                properties.setProperty("password", passwords.variable(variable));
            }
            String provider = rest.remove(PASSWORD_PROVIDER);
            PasswordSource source = provider == null ? null : passwords.provider(provider);
            for (Map.Entry<String, String> option : rest.entrySet()) {
                properties.setProperty(named(option.getKey()).propertyName(), option.getValue());
            }
            ConnectionSettings login = connection(url, properties).toBuilder()
                    .passwordSource(source)
                    .build();
            return new AttachOptions(
                    login, pool, schemas, tables, readOnly, isolation, ttl, buffer, parallel, parallelRows);
        } catch (PropertyException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        } catch (IllegalArgumentException e) {
            throw new SQLSyntaxErrorException(e.getMessage(), "22023", e);
        }
    }

    /** As {@link #of(String, Map, PasswordProviders)}, with nothing but the environment to take a password from. */
    public static AttachOptions of(String url, Map<String, String> options, UnaryOperator<String> environment)
            throws SQLException {
        return of(url, options, new PasswordProviders(environment));
    }

    /**
     * Whether every option is known, without a look at the values.
     *
     * @throws SQLException 22023 naming the first that is not
     */
    public static void checkNames(Map<String, String> options) throws SQLException {
        try {
            options.keySet().stream()
                    .filter(option -> !option.equals(PASSWORD_ENV) && !option.equals(PASSWORD_PROVIDER))
                    .forEach(AttachOptions::named);
        } catch (IllegalArgumentException e) {
            throw new SQLSyntaxErrorException(e.getMessage(), "22023", e);
        }
    }

    private static ConnectionSettings connection(String url, Properties properties) throws SQLException {
        String server = url;
        if (!ConnectionSettings.accepts(url)) {
            Map<String, String> parts = url.isBlank() ? Map.of() : ado(url);
            parts.forEach((name, value) -> {
                if (!name.equals("server")) {
                    properties.putIfAbsent(name, value);
                }
            });
            server = "jdbc:tidegate://" + parts.getOrDefault("server", "");
        }
        return ConnectionSettings.parse(server, properties);
    }

    private static Map<String, String> ado(String url) {
        if (!AdoString.accepts(url)) {
            throw new IllegalArgumentException(
                    "not a URL of a SQL Server; ATTACH takes mssql://host…, jdbc:tidegate://host… and Server=host;…");
        }
        return AdoString.read(url);
    }

    /** Options are written with underscores, or as the property is. */
    private static ConnectionProperty named(String option) {
        return switch (option) {
            case "host" -> ConnectionProperty.SERVER_NAME;
            default ->
                Arrays.stream(ConnectionProperty.values())
                        .filter(property -> property.name().equalsIgnoreCase(option))
                        .findFirst()
                        .orElseGet(() -> ConnectionProperty.named(option));
        };
    }

    private static PoolSettings pool(Map<String, String> options) {
        PoolSettings.Builder pool = PoolSettings.builder();
        for (PoolProperty property : poolProperties()) {
            String name = property.name().toLowerCase(Locale.ROOT);
            String value = options.remove(name);
            if (value != null) {
                pool.set(property, whole(name, value));
            }
        }
        return pool.build();
    }

    /** Those that the pool of an attached database has. */
    public static List<PoolProperty> poolProperties() {
        return Arrays.stream(PoolProperty.values())
                .filter(property -> property != PoolProperty.MAXIMUM_POOLS)
                .toList();
    }

    /**
     * These settings of a pool with another value for one.
     *
     * @param option as ATTACH has it
     * @throws SQLException 22023 naming what is wrong
     */
    public static PoolSettings changed(PoolSettings before, String option, String value) throws SQLException {
        PoolProperty changed = poolProperties().stream()
                .filter(property -> property.name().equalsIgnoreCase(option)
                        || property.propertyName().equalsIgnoreCase(option))
                .findFirst()
                .orElseThrow(() -> new SQLSyntaxErrorException(
                        "'" + option + "' cannot be changed while the database is attached; what can is "
                                + poolProperties().stream()
                                        .map(property -> property.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")),
                        "22023"));
        try {
            PoolSettings.Builder settings = PoolSettings.builder();
            for (PoolProperty property : poolProperties()) {
                settings.set(property, before.get(property));
            }
            return settings.set(changed, whole(option, value)).build();
        } catch (IllegalArgumentException e) {
            throw new SQLSyntaxErrorException(e.getMessage(), "22023", e);
        }
    }

    private static Duration seconds(Map<String, String> options, String name, Duration otherwise) {
        String value = options.remove(name);
        return value == null ? otherwise : Duration.ofSeconds(whole(name, value));
    }

    private static long mebibytes(Map<String, String> options, String name, long otherwise) {
        String value = options.remove(name);
        return value == null ? otherwise : Math.min(whole(name, value), MOST_BUFFER);
    }

    private static long whole(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " takes a whole number from 0, not '" + value + "'");
    }

    private static boolean flag(Map<String, String> options, String name) {
        String value = options.remove(name);
        if (value == null || value.equalsIgnoreCase("false") || value.equals("0")) {
            return false;
        }
        if (value.equalsIgnoreCase("true") || value.equals("1")) {
            return true;
        }
        throw new IllegalArgumentException(name + " takes true or false, not '" + value + "'");
    }

    private static Pattern pattern(Map<String, String> options, String name) {
        String value = options.remove(name);
        try {
            return value == null ? null : Pattern.compile(value, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    name + " is no regular expression: " + e.getDescription() + " in '" + value + "'", e);
        }
    }

    private static IsolationLevel isolation(String value) {
        if (value == null) {
            return IsolationLevel.CURRENT;
        }
        String folded = value.trim().toUpperCase(Locale.ROOT).replace(' ', '_');
        return Arrays.stream(IsolationLevel.values())
                .filter(level -> level != IsolationLevel.CURRENT && level.name().equals(folded))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("isolation takes read uncommitted, read committed,"
                        + " repeatable read, snapshot or serializable, not '" + value + "'"));
    }
}
