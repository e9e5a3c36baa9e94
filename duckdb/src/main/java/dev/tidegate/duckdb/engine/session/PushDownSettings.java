package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.push.Mode;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How statements of a connection are sent to servers: what {@code SET mssql_…} changes. Thread-safe. */
public final class PushDownSettings {
    private static final String FILTERS = "mssql_filter_pushdown";
    private static final String QUERIES = "mssql_query_pushdown";
    private static final String PARALLEL = "mssql_parallel";
    private static final Set<String> NAMES = Set.of(FILTERS, QUERIES, PARALLEL);
    private static final String DEFAULT_FILTERS = "on";
    private static final String DEFAULT_QUERIES = "auto";

    private volatile boolean filters = true;
    private volatile Mode queries = Mode.AUTO;
    /** Null: what ATTACH says. */
    private volatile Parallelism parallel;

    /** Whether scans send their conditions. */
    public boolean filters() {
        return filters;
    }

    /** Which SELECTs are sent as a whole. */
    public Mode queries() {
        return queries;
    }

    /** By how many connections this one reads a table of the database. */
    Parallelism parallelOf(AttachedDatabase database) {
        Parallelism own = parallel;
        return own == null ? database.options().parallel() : own;
    }

    /** As {@code mssql_settings()} lists them: no database, name, value, default, description. */
    public List<List<String>> rows() {
        Parallelism own = parallel;
        return List.of(
                row(
                        PARALLEL,
                        own == null ? "" : own.toString(),
                        "",
                        "Of this connection, in place of PARALLEL of what is attached: by how many connections a large table is read: off,"
                                + " auto or a number."),
                row(
                        QUERIES,
                        queries.name().toLowerCase(Locale.ROOT),
                        DEFAULT_QUERIES,
                        "Of this connection: whether a SELECT over one database is answered there: off, auto (where the answer is"
                                + " DuckDB's), on (also where the server's own rules decide)."),
                row(
                        FILTERS,
                        filters ? "on" : "off",
                        DEFAULT_FILTERS,
                        "Of this connection: whether scans ask only for the rows that DuckDB's plan needs."));
    }

    private static List<String> row(String name, String value, String defaultValue, String description) {
        return Arrays.asList(null, name, value, defaultValue, description);
    }

    /**
     * What a SET or RESET does.
     *
     * @return empty if it is about a setting of DuckDB's
     * @throws SQLException 22023 for a value that the setting does not have
     */
    public Optional<Translated.Step> change(SqlStatement statement) throws SQLException {
        List<Token> tokens = statement.tokens();
        boolean set = statement.begins("SET");
        if (!set && !statement.begins("RESET")) {
            return Optional.empty();
        }
        int name = tokens.size() > 1
                        && (tokens.get(1).isWord("SESSION") || tokens.get(1).isWord("LOCAL"))
                ? 2
                : 1;
        if (name >= tokens.size() || !tokens.get(name).isName()) {
            return Optional.empty();
        }
        String setting = tokens.get(name).foldedName();
        if (!NAMES.contains(setting)) {
            return Optional.empty();
        }
        String value = set ? value(tokens, name + 1, setting) : null;
        return Optional.of(
                switch (setting) {
                    case FILTERS -> filters(value);
                    case QUERIES -> queries(value);
                    default -> parallel(value);
                });
    }

    private static String value(List<Token> tokens, int from, String setting) throws SQLException {
        boolean isOne = tokens.size() == from + 2
                && (tokens.get(from).isOperator("=") || tokens.get(from).isWord("TO"));
        if (!isOne) {
            throw new SQLException("write SET " + setting + " = VALUE", "42601");
        }
        Token value = tokens.get(from + 1);
        return (value.isPlainString() ? value.string() : value.text()).toLowerCase(Locale.ROOT);
    }

    /** @param value null: the default */
    private Translated.Step filters(String value) throws SQLException {
        boolean wanted = switch (value == null ? DEFAULT_FILTERS : value) {
            case "on", "true", "1" -> true;
            case "off", "false", "0" -> false;
            default -> throw new SQLException(FILTERS + " is on or off, not " + value, "22023");
        };
        return () -> filters = wanted;
    }

    /** @param value null: the default */
    private Translated.Step queries(String value) throws SQLException {
        Mode wanted = switch (value == null ? DEFAULT_QUERIES : value) {
            case "off", "false" -> Mode.OFF;
            case "auto" -> Mode.AUTO;
            case "on", "true" -> Mode.ON;
            default -> throw new SQLException(QUERIES + " is off, auto or on, not " + value, "22023");
        };
        return () -> queries = wanted;
    }

    /** @param value null: the default */
    private Translated.Step parallel(String value) throws SQLException {
        try {
            Parallelism wanted = value == null ? null : Parallelism.of(PARALLEL, value);
            return () -> parallel = wanted;
        } catch (IllegalArgumentException e) {
            throw new SQLException(e.getMessage(), "22023", e);
        }
    }
}
