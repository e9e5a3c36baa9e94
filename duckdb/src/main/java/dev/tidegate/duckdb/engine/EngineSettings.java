package dev.tidegate.duckdb.engine;

import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.duckdb.Identifiers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code mssql_settings()} lists: every option of ATTACH, derived from where each is declared. */
final class EngineSettings {
    private EngineSettings() {}

    static String sql() {
        Stream<List<String>> own = Stream.of(
                List.of("schema_filter", "", "Only schemas whose name this regular expression finds."),
                List.of("table_filter", "", "Only tables whose name this regular expression finds."),
                List.of("read_only", "false", "Nothing that writes is sent."),
                List.of(
                        "isolation",
                        "",
                        "Isolation level; set by a request of its own whenever a connection is taken."),
                List.of(
                        "cache_ttl",
                        "300",
                        "Seconds for which names and columns are kept; 0: until mssql_clear_cache."),
                List.of(
                        "transaction_buffer",
                        "64",
                        "MiB of rows that a query of a transaction may leave in memory when another needs its connection."),
                List.of("secret", "", "A secret of type mssql that says what the URL does not."),
                List.of("password_env", "", "The environment variable that holds the password."));
        Stream<List<String>> pool = Arrays.stream(PoolProperty.values())
                .filter(property -> property != PoolProperty.MAXIMUM_POOLS)
                .map(property -> List.of(
                        property.name().toLowerCase(Locale.ROOT),
                        Integer.toString(property.defaultValue()),
                        property.description()));
        Stream<List<String>> connection = Arrays.stream(ConnectionProperty.values())
                .map(property -> List.of(
                        property.name().toLowerCase(Locale.ROOT),
                        property.defaultValue() == null ? "" : property.defaultValue(),
                        property.description()));
        return Stream.of(own, pool, connection)
                .flatMap(settings -> settings)
                .map(row -> row.stream().map(Identifiers::literal).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(
                        ", ", "(SELECT * FROM (VALUES ", ") AS settings(name, default_value, description))"));
    }
}
