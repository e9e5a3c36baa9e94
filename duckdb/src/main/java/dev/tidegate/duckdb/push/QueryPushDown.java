package dev.tidegate.duckdb.push;

import dev.tidegate.duckdb.push.PushDown.NotPushed;
import dev.tidegate.duckdb.push.PushDown.Pushed;
import dev.tidegate.duckdb.push.PushDown.ResultColumn;
import dev.tidegate.duckdb.push.ast.Node;
import dev.tidegate.duckdb.push.ast.SqlParser;
import dev.tidegate.duckdb.push.query.InsertTranslator;
import dev.tidegate.duckdb.push.query.NullOrder;
import dev.tidegate.duckdb.push.query.QueryTranslator;
import dev.tidegate.duckdb.push.query.Translated;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.push.translate.DuckType;
import dev.tidegate.duckdb.push.translate.Scalar;
import dev.tidegate.duckdb.push.translate.Untranslatable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A SELECT that the server runs as a whole, because all of its tables are in one attached database. */
public final class QueryPushDown {
    static final String COLLATION = "a default_collation of this session";

    private QueryPushDown() {}

    /**
     * Translates a SELECT. Nothing runs, neither in DuckDB nor on a server; DuckDB binds the statement, and its names and types are those of
     * the answer.
     *
     * @param tables the remote table of a name, whose one to three parts are those that the statement gives; empty for all others, also for
     *     names that a table, view or macro of DuckDB has there
     * @throws SQLException if DuckDB refuses the statement
     */
    public static PushDown of(
            Connection duckdb, String sql, Function<List<String>, Optional<RemoteTable>> tables, Mode mode)
            throws SQLException {
        return of(
                duckdb,
                sql,
                tables,
                mode,
                true,
                (translated, database, columns) -> new Pushed(translated.sql(), database, columns));
    }

    /**
     * Translates an INSERT of a SELECT's rows; otherwise as {@link #of}.
     *
     * @param target where all of the SELECT's tables have to be, too
     * @param columns that those of the SELECT are for
     */
    public static PushDown insert(
            Connection duckdb,
            String sql,
            Function<List<String>, Optional<RemoteTable>> tables,
            Mode mode,
            RemoteTable target,
            List<RemoteColumn> columns)
            throws SQLException {
        return of(duckdb, sql, tables, mode, false, (translated, database, found) -> {
            if (!database.equals(target.database()) || found.size() != columns.size()) {
                throw new Untranslatable("tables of another database");
            }
            return new Pushed(InsertTranslator.insert(translated, target, columns), database, List.of());
        });
    }

    /** What a translated query becomes. */
    private interface Form {
        Pushed of(Translated translated, String database, List<ResultColumn> columns) throws Untranslatable;
    }

    private static PushDown of(
            Connection duckdb,
            String sql,
            Function<List<String>, Optional<RemoteTable>> tables,
            Mode mode,
            boolean ordered,
            Form form)
            throws SQLException {
        if (mode == Mode.OFF) {
            return new NotPushed("push-down of whole queries is off");
        }
        Node query = new SqlParser(duckdb).select(sql).orElse(null);
        if (query == null) {
            return new NotPushed("not one SELECT");
        }
        if (comparesByCollation(duckdb)) {
            return new NotPushed(COLLATION);
        }
        QueryTranslator translator = new QueryTranslator(mode.rules(), nullOrder(duckdb), tables);
        Translated translated;
        try {
            translated = translator.translate(query, ordered);
        } catch (Untranslatable e) {
            return new NotPushed(e.getMessage());
        }
        if (translated.sql().parameterCount() > Tsql.MAX_PARAMETERS) {
            return new NotPushed("more constants than a request takes");
        }
        if (OwnFunctions.isAnyRedefined(duckdb, translator.functions())) {
            return new NotPushed("a function that this database has redefined");
        }
        List<Described> described = describe(duckdb, sql);
        if (described.size() != translated.outputs().size()) {
            return new NotPushed("DuckDB finds other columns");
        }
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < described.size(); i++) {
            DuckType expected = DuckType.of(described.get(i).type());
            Scalar value = translated.outputs().get(i).value();
            if (!expected.equals(value.duck())) {
                return new NotPushed(
                        "column " + (i + 1) + " is " + expected + " in DuckDB, and " + value.duck() + " on the server");
            }
            columns.add(
                    new ResultColumn(described.get(i).name(), described.get(i).type(), value.type()));
        }
        try {
            return form.of(translated, translator.database(), columns);
        } catch (Untranslatable e) {
            return new NotPushed(e.getMessage());
        }
    }

    private record Described(String name, String type) {}

    private static List<Described> describe(Connection duckdb, String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE " + sql)) {
            List<Described> columns = new ArrayList<>();
            while (rows.next()) {
                columns.add(new Described(rows.getString("column_name"), rows.getString("column_type")));
            }
            return columns;
        }
    }

    /** Whether the session's text is compared otherwise than code by code. */
    static boolean comparesByCollation(Connection duckdb) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('default_collation')")) {
            row.next();
            String collation = row.getString(1);
            return collation != null && !collation.isEmpty() && !collation.equalsIgnoreCase("binary");
        }
    }

    /**
     * For what runs in one database: tables of others are none to it.
     *
     * @param tables as for {@link #of}
     */
    static QueryTranslator translator(
            Connection duckdb, Mode mode, String database, Function<List<String>, Optional<RemoteTable>> tables)
            throws SQLException {
        return new QueryTranslator(
                mode.rules(),
                nullOrder(duckdb),
                path -> tables.apply(path).filter(table -> table.database().equals(database)));
    }

    static NullOrder nullOrder(Connection duckdb) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('default_order'), current_setting('default_null_order')")) {
            row.next();
            boolean descending = row.getString(1).toUpperCase(Locale.ROOT).startsWith("DESC");
            NullOrder.Placement placement =
                    switch (row.getString(2).toUpperCase(Locale.ROOT).replace(' ', '_')) {
                        case "NULLS_FIRST", "FIRST", "NULL_FIRST" -> NullOrder.Placement.FIRST;
                        case "NULLS_FIRST_ON_ASC_LAST_ON_DESC", "SQLITE", "MYSQL" ->
                            NullOrder.Placement.FIRST_ON_ASC_LAST_ON_DESC;
                        case "NULLS_LAST_ON_ASC_FIRST_ON_DESC", "POSTGRES" ->
                            NullOrder.Placement.LAST_ON_ASC_FIRST_ON_DESC;
                        default -> NullOrder.Placement.LAST;
                    };
            return new NullOrder(descending, placement);
        }
    }
}
