package dev.tidegate.duckdb.engine.function;

import dev.tidegate.client.Item;
import dev.tidegate.client.Response;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.RemoteCatalog;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.statement.Translated;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.scan.ScanSchema;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions {@code mssql_query}, {@code mssql_execute} and so on: their calls in a statement are replaced by what DuckDB can run.
 * Arguments are texts as they stand.
 */
public final class EngineFunctions {
    private static final Set<String> NAMES = Set.of(
            "mssql_query",
            "mssql_execute",
            "mssql_pool_stats",
            "mssql_settings",
            "mssql_set",
            "mssql_tables",
            "mssql_progress",
            "mssql_clear_cache");

    private final EngineSession session;
    private final SqlStatement statement;
    private final List<ScanFunction> borrowed = new ArrayList<>();
    private final List<Translated.Step> steps = new ArrayList<>();

    public EngineFunctions(EngineSession session, SqlStatement statement) {
        this.session = session;
        this.statement = statement;
    }

    public static boolean in(SqlStatement statement) {
        return statement.tokens().stream()
                .anyMatch(token -> token.kind() == Token.Kind.WORD && NAMES.contains(token.foldedName()));
    }

    /** Of a statement that is looked at now and run later: {@code mssql_execute} would run at once. */
    public static void refuseExecute(SqlStatement statement) throws SQLException {
        if (in(statement) && statement.tokens().stream().anyMatch(token -> token.isWord("mssql_execute"))) {
            throw new SQLFeatureNotSupportedException(
                    "mssql_execute cannot be prepared or batched; give its text to Statement.execute", "0A000");
        }
    }

    public Translated translate(Map<RemoteName, SQLException> undescribed) throws SQLException {
        List<Token> tokens = statement.tokens();
        StringBuilder sql = new StringBuilder();
        boolean whole = false;
        int copied = 0;
        try {
            for (int i = 0; i + 1 < tokens.size(); i++) {
                if (tokens.get(i).kind() == Token.Kind.WORD
                        && NAMES.contains(tokens.get(i).foldedName())
                        && tokens.get(i + 1).isPunctuation('(')) {
                    Call call = call(i);
                    sql.append(statement.text(), copied, tokens.get(i).start());
                    sql.append(replaced(call));
                    copied = tokens.get(call.last()).end();
                    i = call.last();
                }
            }
            whole = true;
        } finally {
            if (!whole) {
                session.giveBack(borrowed);
            }
        }
        sql.append(statement.text().substring(copied));
        if (statement.begins("CALL")) {
            sql.replace(tokens.get(0).start(), tokens.get(0).end(), "FROM");
        }
        Translated.Step before = steps.isEmpty() ? null : this::runSteps;
        return new Translated(sql.toString(), before, null, null, List.copyOf(borrowed), undescribed);
    }

    private void runSteps() throws SQLException {
        for (Translated.Step step : steps) {
            step.run();
        }
    }

    private record Call(String name, List<String> arguments, int last) {}

    private Call call(int at) throws SQLException {
        List<Token> tokens = statement.tokens();
        String name = tokens.get(at).foldedName();
        List<String> arguments = new ArrayList<>();
        int next = at + 2;
        while (next < tokens.size() && !tokens.get(next).isPunctuation(')')) {
            Token argument = tokens.get(next);
            if (!argument.isPlainString() && argument.kind() != Token.Kind.NUMBER) {
                throw new SQLSyntaxErrorException(
                        name + ": argument " + (arguments.size() + 1)
                                + " has to be a text or a number as it stands, such as $$…$$",
                        "42601");
            }
            arguments.add(argument.isPlainString() ? argument.string() : argument.text());
            next++;
            if (next < tokens.size() && tokens.get(next).isPunctuation(',')) {
                next++;
            }
        }
        if (next == tokens.size()) {
            throw new SQLSyntaxErrorException(name + ": the parenthesis has no end", "42601");
        }
        return new Call(name, arguments, next);
    }

    private String replaced(Call call) throws SQLException {
        return switch (call.name()) {
            case "mssql_query" -> query(call);
            case "mssql_execute" -> execute(call);
            case "mssql_pool_stats" -> poolStats(call);
            case "mssql_clear_cache" -> clearCache(call);
            case "mssql_settings" -> settings(call);
            case "mssql_set" -> set(call);
            case "mssql_tables" -> tables(call);
            default -> EngineTables.progress(session.engine().sessions());
        };
    }

    private static void expect(Call call, int least, int most, String what) throws SQLException {
        if (call.arguments().size() < least || call.arguments().size() > most) {
            throw new SQLSyntaxErrorException(call.name() + " takes " + what, "42601");
        }
    }

    private String query(Call call) throws SQLException {
        expect(call, 2, 2, "the name of an attached database and a query in T-SQL");
        if (statement.begins("CREATE") && definesView()) {
            throw new SQLFeatureNotSupportedException(
                    "mssql_query cannot be part of a view or macro; make a view of it on the server, or a table here",
                    "0A000");
        }
        AttachedDatabase database =
                session.attached().named(call.arguments().get(0)).database();
        String sql = call.arguments().get(1);
        if (database.options().readOnly()) {
            ReadOnlyQuery.check(sql);
        }
        List<Column> columns =
                session.remote().read(database, session.run(), (connection, run) -> describe(connection, sql, run));
        ScanSchema schema = ScanSchema.of(columns, Set.of());
        ScanFunction function = session.attached()
                .backstage()
                .functions()
                .take(new ScanSource.Query(database, Tsql.text(sql), schema, columns.size()));
        borrowed.add(function);
        return "(" + schema.select(function.call(), function.names()::of) + ")";
    }

    private boolean definesView() {
        return statement.tokens().stream()
                .limit(5)
                .anyMatch(token -> token.isWord("VIEW") || token.isWord("MACRO") || token.isWord("FUNCTION"));
    }

    /** The server says what columns there would be, and reads no row. */
    private static List<Column> describe(TdsConnection connection, String sql, Run run) throws SQLException {
        List<Column> columns = null;
        try (Response response = run.execute(connection, "SET FMTONLY ON;\n" + sql + "\n;SET FMTONLY OFF")) {
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.Rows rows) {
                    if (columns != null) {
                        throw new SQLException(
                                "mssql_query: the text gives more than one result; leave one SELECT in it", "21000");
                    }
                    columns = rows.columns();
                }
            }
        } finally {
            run.left(connection);
        }
        if (columns == null) {
            throw new SQLException(
                    "mssql_query: the text gives no result; use mssql_execute for what is not a query", "02000");
        }
        return columns;
    }

    /** It runs at once: it is a statement of its own. */
    private String execute(Call call) throws SQLException {
        expect(call, 2, 2, "the name of an attached database and T-SQL");
        if (!isAlone(call)) {
            throw new SQLSyntaxErrorException(
                    "mssql_execute stands alone in its statement: CALL mssql_execute('…', $$…$$)", "42601");
        }
        AttachedDatabase database =
                session.attached().named(call.arguments().get(0)).database();
        String sql = call.arguments().get(1);
        long changed;
        try {
            changed = session.remote()
                    .writeAsItIs(database, session.run(), (connection, run) -> changedRows(connection, sql, run));
        } catch (SQLException e) {
            // What comes before an error in the text has had its effect.
            database.clearCache();
            throw e;
        }
        session.remote().changed(database, RemoteCatalog::clear);
        return value(changed + "::BIGINT AS changed_rows");
    }

    private static long changedRows(TdsConnection connection, String sql, Run run) throws SQLException {
        long changed = 0;
        try (Response response = run.execute(connection, sql)) {
            for (Item item = response.next(); item != null; item = response.next()) {
                if (item instanceof Item.UpdateCount count) {
                    changed += count.count();
                }
            }
        } finally {
            run.left(connection);
        }
        return changed;
    }

    private boolean isAlone(Call call) {
        return call.last() == statement.tokens().size() - 1
                && statement.tokens().stream()
                        .takeWhile(token -> !token.isWord("mssql_execute"))
                        .allMatch(token -> token.isWord("SELECT")
                                || token.isWord("CALL")
                                || token.isWord("FROM")
                                || token.isOperator("*"));
    }

    /** As a column, or as a table of one. */
    private String value(String column) {
        boolean isTable =
                !statement.begins("SELECT") || statement.tokens().stream().anyMatch(token -> token.isWord("FROM"));
        return isTable ? "(SELECT " + column + ")" : column;
    }

    private String poolStats(Call call) throws SQLException {
        return PoolReport.sql(chosen(call));
    }

    private String settings(Call call) throws SQLException {
        return EngineSettings.sql(
                chosen(call), call.arguments().isEmpty() ? Optional.of(session.settings()) : Optional.empty());
    }

    private String tables(Call call) throws SQLException {
        List<AttachedDatabase> chosen = chosen(call);
        Map<AttachedDatabase, List<RemoteName>> names = new LinkedHashMap<>();
        for (AttachedDatabase database : chosen) {
            names.put(database, session.remote().tables(database, session.run()));
        }
        return EngineTables.names(names);
    }

    private List<AttachedDatabase> chosen(Call call) throws SQLException {
        expect(call, 0, 1, "nothing, or the name of an attached database");
        if (call.arguments().isEmpty()) {
            return session.attached().all().stream()
                    .map(AttachedViews::database)
                    .sorted(Comparator.comparing(AttachedDatabase::alias))
                    .toList();
        }
        return List.of(session.attached().named(call.arguments().get(0)).database());
    }

    /** It changes the setting at each execution: it may be prepared. */
    private String set(Call call) throws SQLException {
        expect(call, 3, 3, "the name of an attached database, the name of a setting, and its value");
        AttachedDatabase database =
                session.attached().named(call.arguments().get(0)).database();
        String option = call.arguments().get(1);
        String value = call.arguments().get(2);
        AttachOptions.changed(database.poolSettings(), option, value);
        steps.add(() -> database.set(option, value));
        return value("true AS changed");
    }

    private String clearCache(Call call) throws SQLException {
        expect(call, 0, 1, "nothing, or the name of an attached database");
        if (call.arguments().isEmpty()) {
            session.attached().all().forEach(views -> views.database().clearCache());
        } else {
            session.attached().named(call.arguments().get(0)).database().clearCache();
        }
        return value("true AS cleared");
    }
}
