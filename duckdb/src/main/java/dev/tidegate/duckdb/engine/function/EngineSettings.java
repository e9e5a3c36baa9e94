package dev.tidegate.duckdb.engine.function;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.pool.PoolProperty;
import dev.tidegate.client.settings.ConnectionProperty;
import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.engine.session.PushDownSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code mssql_settings()} lists: every option of ATTACH, derived from where each is declared, with the values of what is attached; and
 * what SET changes for the connection, in rows of no database.
 */
final class EngineSettings {
    private EngineSettings() {}

    /** @param value of an attached database; null if it is nobody's business or not kept */
    private record Setting(
            String name, String defaultValue, String description, Function<AttachedDatabase, String> value) {}

    /** @param connection empty if it was asked about one database */
    static String sql(List<AttachedDatabase> databases, Optional<PushDownSettings> connection) {
        List<Setting> settings = all();
        List<List<String>> rows = new ArrayList<>();
        for (AttachedDatabase database : databases) {
            settings.forEach(setting -> rows.add(row(setting, database)));
        }
        if (databases.isEmpty()) {
            settings.forEach(setting -> rows.add(row(setting, null)));
        }
        connection.ifPresent(own -> rows.addAll(own.rows()));
        return rows.stream()
                .map(row -> row.stream()
                        .map(text -> text == null ? "NULL" : Identifiers.literal(text))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(
                        ", ",
                        "(SELECT * FROM (VALUES ",
                        ") AS settings(database_name, name, value, default_value, description))"));
    }

    private static List<String> row(Setting setting, AttachedDatabase database) {
        return Arrays.asList(
                database == null ? null : database.alias(),
                setting.name(),
                database == null ? setting.defaultValue() : setting.value().apply(database),
                setting.defaultValue(),
                setting.description());
    }

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>(List.of(
                own(
                        "schema_filter",
                        "",
                        "Only schemas whose name this regular expression finds.",
                        options -> text(options.schemaFilter())),
                own(
                        "table_filter",
                        "",
                        "Only tables whose name this regular expression finds.",
                        options -> text(options.tableFilter())),
                own(
                        "read_only",
                        "false",
                        "Nothing that writes is sent.",
                        options -> Boolean.toString(options.readOnly())),
                own(
                        "isolation",
                        "",
                        "Isolation level; set by a request of its own whenever a connection is taken.",
                        options -> options.isolation() == IsolationLevel.CURRENT
                                ? ""
                                : options.isolation()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ')),
                own(
                        "cache_ttl",
                        "300",
                        "Seconds for which names and columns are kept; 0: until mssql_clear_cache.",
                        options -> Long.toString(options.cacheTtl().toSeconds())),
                own(
                        "transaction_buffer",
                        "64",
                        "MiB of rows that a query of a transaction may leave in memory when another needs its connection.",
                        options -> Long.toString(options.transactionBuffer() >> 20)),
                own(
                        "parallel",
                        Parallelism.AUTO.toString(),
                        "By how many connections a large table is read: off, auto or a number; mssql_parallel of a connection goes before"
                                + " it.",
                        options -> options.parallel().toString()),
                own(
                        "parallel_rows",
                        "500000",
                        "How many rows a table has at least that is read by several connections.",
                        options -> Long.toString(options.parallelRows())),
                own("secret", "", "A secret of type mssql that says what the URL does not.", options -> null),
                own("password_env", "", "The environment variable that holds the password.", options -> null),
                own(
                        "password_provider",
                        "",
                        "What the program has brought under this name is asked for the password at each login.",
                        options -> null)));
        for (PoolProperty property : AttachOptions.poolProperties()) {
            all.add(new Setting(
                    property.name().toLowerCase(Locale.ROOT),
                    Integer.toString(property.defaultValue()),
                    property.description(),
                    database -> Integer.toString(database.poolSettings().get(property))));
        }
        for (ConnectionProperty property : ConnectionProperty.values()) {
            all.add(own(
                    property.name().toLowerCase(Locale.ROOT),
                    property.defaultValue() == null ? "" : property.defaultValue(),
                    property.description(),
                    options -> property.isSecret() ? null : options.connection().get(property)));
        }
        return all;
    }

    private static Setting own(
            String name, String defaultValue, String description, Function<AttachOptions, String> value) {
        return new Setting(name, defaultValue, description, database -> value.apply(database.options()));
    }

    private static String text(Pattern pattern) {
        return pattern == null ? "" : pattern.pattern();
    }
}
