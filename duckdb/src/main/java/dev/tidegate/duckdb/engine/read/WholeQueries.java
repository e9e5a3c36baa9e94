package dev.tidegate.duckdb.engine.read;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.catalog.Mentions;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.engine.session.EngineSession;
import dev.tidegate.duckdb.engine.session.TargetNames;
import dev.tidegate.duckdb.push.Mode;
import dev.tidegate.duckdb.push.PushDown;
import dev.tidegate.duckdb.push.QueryPushDown;
import dev.tidegate.duckdb.push.remote.RemoteColumn;
import dev.tidegate.duckdb.push.remote.RemoteTable;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.scan.ScanSchema;
import dev.tidegate.duckdb.sql.QualifiedName;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SELECTs over one attached database that its server answers as a whole. */
public final class WholeQueries {
    private static final List<String> READING = List.of("SELECT", "FROM", "WITH");

    /** A condition that is never true, of which DuckDB makes an empty answer without asking anybody. */
    private static final String NEVER = "1 = 0";

    private final EngineSession session;

    public WholeQueries(EngineSession session) {
        this.session = session;
    }

    /**
     * A query in DuckDB's place.
     *
     * @param sql reads the answer, in the names and types that the statement has in DuckDB
     * @param function that it reads with, borrowed until the answer is read
     * @param columns by what the function calls them, their names in the request
     */
    public record Pushed(
            AttachedDatabase database, Tsql request, String sql, ScanFunction function, Map<String, String> columns) {}

    /** @return empty if the statement is DuckDB's to run */
    public Optional<Pushed> push(SqlStatement statement) throws SQLException {
        Mode mode = session.settings().queries();
        if (mode == Mode.OFF || !isQuery(statement) || !mentionsTables(statement)) {
            return Optional.empty();
        }
        return find(tables -> QueryPushDown.of(session.duckdb(), statement.text(), tables, mode))
                        instanceof PushDown.Pushed pushed
                ? Optional.of(answered(pushed))
                : Optional.empty();
    }

    /**
     * An INSERT of a query's rows into a table of the database that has all of the query's.
     *
     * @param columns that the query's are for
     */
    public PushDown insert(SqlStatement query, RemoteTable target, List<RemoteColumn> columns) throws SQLException {
        Mode mode = session.settings().queries();
        if (!isQuery(query) || !mentionsTables(query)) {
            return new PushDown.NotPushed("no query of an attached table");
        }
        return find(tables -> QueryPushDown.insert(session.duckdb(), query.text(), tables, mode, target, columns));
    }

    private interface Search {
        PushDown among(Function<List<String>, Optional<RemoteTable>> tables) throws SQLException;
    }

    private PushDown find(Search search) throws SQLException {
        Set<ScanSource> meant = new HashSet<>();
        Set<ScanSource> bound = session.conditions().watch();
        PushDown found;
        try {
            found = search.among(path -> table(path, meant));
        } finally {
            session.conditions().end();
        }
        if (found instanceof PushDown.Pushed pushed) {
            // DuckDB has bound the statement meanwhile, and knows best which tables its names mean.
            if (!bound.equals(meant)) {
                return new PushDown.NotPushed("a name that means something else to DuckDB");
            }
            if (pushed.request().sql().contains(NEVER)) {
                return new PushDown.NotPushed("a condition that is never true");
            }
        }
        return found;
    }

    private static boolean isQuery(SqlStatement statement) {
        return statement.tokens().stream()
                .filter(token -> !token.isPunctuation('('))
                .findFirst()
                .filter(first -> READING.stream().anyMatch(first::isWord))
                .isPresent();
    }

    private boolean mentionsTables(SqlStatement statement) {
        Mentions mentions = Mentions.of(statement);
        return session.attached().all().stream()
                .anyMatch(views -> !views.scanned(mentions).isEmpty());
    }

    private Optional<RemoteTable> table(List<String> path, Set<ScanSource> meant) {
        Optional<AttachedViews.Scanned> scanned;
        try {
            scanned = new TargetNames(session)
                    .table(new QualifiedName(path))
                    .flatMap(target -> session.attached().all().stream()
                            .filter(views -> views.database() == target.database())
                            .findFirst()
                            .flatMap(views -> views.scanned(target.name())));
        } catch (SQLException e) {
            // What a name means is DuckDB's to say then.
            return Optional.empty();
        }
        scanned.ifPresent(found -> meant.add(found.source()));
        return scanned.map(found -> found.source().remote(found.function().names()));
    }

    private Pushed answered(PushDown.Pushed pushed) throws SQLException {
        AttachedDatabase database = session.attached().named(pushed.database()).database();
        List<Column> columns = IntStream.range(0, pushed.columns().size())
                .mapToObj(i -> new Column("c" + (i + 1), pushed.columns().get(i).type(), Column.NULLABLE))
                .toList();
        ScanSchema schema = ScanSchema.of(columns, Set.of());
        String list = IntStream.range(0, columns.size())
                .mapToObj(i -> "CAST(" + schema.name(i) + " AS "
                        + pushed.columns().get(i).duckdbType() + ") AS "
                        + Identifiers.duckdb(pushed.columns().get(i).name()))
                .collect(Collectors.joining(", "));
        ScanFunction function = session.attached()
                .backstage()
                .functions()
                .take(new ScanSource.Answer(database, pushed.request(), schema, columns));
        String inner = schema.select(function.call(), function.names()::of);
        return new Pushed(
                database,
                pushed.request(),
                "SELECT " + list + " FROM (" + inner + ") AS answer",
                function,
                IntStream.range(0, columns.size())
                        .boxed()
                        .collect(Collectors.toMap(function.names()::of, schema::name)));
    }
}
