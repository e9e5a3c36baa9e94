package dev.tidegate.duckdb.engine.catalog;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.Token;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the present transaction of a connection sees of attached databases. DuckDB shows a transaction each database as it was when the
 * transaction first used it, so views that are made later are made in a database of their own, which takes the place of the attached one in
 * the statements that follow. It is also where tables stand that only this transaction has, because it has made them. Used by who holds
 * the connection's lock for statements.
 */
public final class TransactionViews {
    public interface Maker {
        Map<RemoteName, SQLException> make(AttachedViews views) throws SQLException;
    }

    /** @param version of the views when the transaction last looked: with another one, there are some that it does not see */
    private record Seen(AttachedViews views, long version) {}

    private final RemoteWork remote;
    private final Backstage backstage;
    /** Of the connection. */
    private final long id;

    private final Map<AttachedViews, Seen> seen = new ConcurrentHashMap<>();
    private final List<AttachedViews> made = new CopyOnWriteArrayList<>();

    public TransactionViews(RemoteWork remote, Backstage backstage, long id) {
        this.remote = remote;
        this.backstage = backstage;
        this.id = id;
    }

    /** Has the views made where the statement that comes next sees them. */
    public Map<RemoteName, SQLException> make(AttachedViews attached, Maker maker) throws SQLException {
        if (!remote.inTransaction()) {
            return maker.make(attached);
        }
        Seen before = seen.get(attached);
        AttachedViews now = before == null ? attached : before.views();
        if (now == attached && remote.hasChanged(attached.database())) {
            now = inPlaceOf(attached);
        }
        Map<RemoteName, SQLException> failures = maker.make(now);
        if (before != null && now == before.views() && now.version() != before.version()) {
            now = inPlaceOf(attached);
            failures = maker.make(now);
        }
        seen.put(attached, new Seen(now, now.version()));
        return failures;
    }

    private AttachedViews inPlaceOf(AttachedViews attached) throws SQLException {
        String alias = attached.database().alias() + " in transaction " + id + "." + (made.size() + 1);
        AttachedViews views = attached.as(alias);
        backstage.with(duckdb -> backstage.execute("ATTACH ':memory:' AS " + Identifiers.duckdb(alias)));
        made.add(views);
        return views;
    }

    /** The statement with the names of the databases that have others in their place. */
    public SqlStatement translated(SqlStatement statement) throws SQLException {
        StringBuilder text = new StringBuilder();
        int copied = 0;
        for (int i = 0; !made.isEmpty() && i + 2 < statement.tokens().size(); i++) {
            AttachedViews instead = instead(statement.tokens(), i);
            if (instead != null) {
                Token token = statement.tokens().get(i);
                text.append(statement.text(), copied, token.start()).append(Identifiers.duckdb(instead.alias()));
                copied = token.end();
            }
        }
        if (copied == 0) {
            return statement;
        }
        text.append(statement.text().substring(copied));
        return SqlStatement.split(text.toString()).get(0);
    }

    /** The name as it was before it was {@link #translated}. */
    public List<String> given(List<String> path) {
        for (Map.Entry<AttachedViews, Seen> entry : seen.entrySet()) {
            if (entry.getValue().views().alias().equals(path.get(0))) {
                List<String> given = new ArrayList<>(path);
                given.set(0, entry.getKey().alias());
                return given;
            }
        }
        return path;
    }

    /** A name before a dot may also be that of a table or column: it counts if a schema or table comes behind it. */
    private AttachedViews instead(List<Token> tokens, int at) {
        if (!tokens.get(at).isName()
                || !tokens.get(at + 1).isPunctuation('.')
                || !tokens.get(at + 2).isName()
                || at > 0 && tokens.get(at - 1).isPunctuation('.')) {
            return null;
        }
        String alias = tokens.get(at).foldedName();
        for (Map.Entry<AttachedViews, Seen> entry : seen.entrySet()) {
            AttachedViews attached = entry.getKey();
            AttachedViews views = entry.getValue().views();
            if (views != attached
                    && attached.alias().toLowerCase(Locale.ROOT).equals(alias)
                    && views.has(tokens.get(at + 2).foldedName())) {
                return views;
            }
        }
        return null;
    }

    /** The transaction is over, and what has become of it is told by others: an empty database that cannot be dropped changes nothing. */
    public void end() {
        List<AttachedViews> last = List.copyOf(made);
        made.clear();
        seen.clear();
        for (AttachedViews views : last) {
            try {
                backstage.with(duckdb -> {
                    views.forget();
                    backstage.execute("DETACH " + Identifiers.duckdb(views.alias()));
                });
            } catch (SQLException e) {
                // It goes with the DuckDB instance.
            }
        }
    }
}
