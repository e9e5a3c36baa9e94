package dev.tidegate.duckdb.attach;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.client.settings.PropertyException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an ATTACH says, checked.
 *
 * @param schemaFilter null: all schemas
 * @param tableFilter null: all tables
 * @param isolation of what runs on its connections; CURRENT: the server's default
 * @param cacheTtl how long names and columns that were looked up are used; zero: until the cache is cleared
 * @param transactionBuffer bytes of rows that a query of a transaction may leave in memory when another one needs the connection
 */
public record AttachOptions(
        ConnectionSettings connection,
        PoolSettings pool,
        Pattern schemaFilter,
        Pattern tableFilter,
        boolean readOnly,
        IsolationLevel isolation,
        Duration cacheTtl,
        long transactionBuffer) {

    private static final Duration DEFAULT_TTL = Duration.ofMinutes(5);
    /** MiB. */
    private static final long DEFAULT_BUFFER = 64;

    /** MiB: no more than can be counted in bytes. */
    private static final long MOST_BUFFER = Long.MAX_VALUE >> 20;

    /**
     * @param url a URL of the driver, or a connection string as ADO.NET has it; may be empty if {@code options} name the server
     * @param options of the statement, which go before the URL; in lower case
     * @param environment finds an environment variable, or gives null
     * @throws SQLException naming the option that is wrong; never a value that may be a secret
     */
    public static AttachOptions of(String url, Map<String, String> options, UnaryOperator<String> environment)
            throws SQLException {
        Map<String, String> rest = new HashMap<>(options);
        try {
            Pattern schemas = pattern(rest, "schema_filter");
            Pattern tables = pattern(rest, "table_filter");
            boolean readOnly = flag(rest, "read_only");
            IsolationLevel isolation = isolation(rest.remove("isolation"));
            Duration ttl = seconds(rest, "cache_ttl", DEFAULT_TTL);
            long buffer = Math.multiplyExact(mebibytes(rest, "transaction_buffer", DEFAULT_BUFFER), 1L << 20);
            PoolSettings pool = pool(rest);
            Properties properties = new Properties();
            String variable = rest.remove("password_env");
            if (variable != null) {
                properties.setProperty("password", fromEnvironment(variable, environment));
            }
            for (Map.Entry<String, String> option : rest.entrySet()) {
                properties.setProperty(named(option.getKey()).propertyName(), option.getValue());
            }
            return new AttachOptions(
                    connection(url, properties), pool, schemas, tables, readOnly, isolation, ttl, buffer);
        } catch (PropertyException e) {
            throw new SQLNonTransientConnectionException(e.getMessage(), "08001", e);
        } catch (IllegalArgumentException e) {
            throw new SQLSyntaxErrorException(e.getMessage(), "22023", e);
        }
    }

    /**
     * Whether every option is known, without a look at the values.
     *
     * @throws SQLException 22023 naming the first that is not
     */
    public static void checkNames(Map<String, String> options) throws SQLException {
        try {
            options.keySet().forEach(AttachOptions::named);
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
        for (PoolProperty property : PoolProperty.values()) {
            String name = property.name().toLowerCase(Locale.ROOT);
            String value = options.remove(name);
            if (value != null && property != PoolProperty.MAXIMUM_POOLS) {
                pool.set(property, whole(name, value));
            }
        }
        return pool.build();
    }

    private static String fromEnvironment(String variable, UnaryOperator<String> environment) {
        String value = environment.apply(variable);
        if (value == null) {
            throw new IllegalArgumentException("password_env: there is no environment variable " + variable);
        }
        return value;
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
