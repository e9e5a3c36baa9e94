package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.Identifiers;
import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.PasswordProviders;
import dev.tidegate.duckdb.load.LoadFunctions;
import dev.tidegate.duckdb.scan.ResultTables;
import dev.tidegate.duckdb.sql.EngineStatement.Attach;
import dev.tidegate.duckdb.sql.EngineStatement.CreateSecret;
import dev.tidegate.duckdb.sql.EngineStatement.DropSecret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.duckdb.DuckDBConnection;

/**
 * What all engine connections to one DuckDB instance share: attached databases and secrets. It ends with the last of them. Thread-safe.
 */
final class Engine {
    private final String prefix =
            "tidegate_scan_" + UUID.randomUUID().toString().substring(0, 8) + "_";
    private final AtomicLong lastSession = new AtomicLong();
    private final Map<Long, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, AttachedViews> attached = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> secrets = new ConcurrentHashMap<>();
    private final PasswordProviders passwords = new PasswordProviders(System::getenv);
    private final LoadFunctions loads = new LoadFunctions();
    private final BiPredicate<Engine, EngineSession> leaving;
    private final Backstage backstage;
    private final ResultTables results;
    /** Under the backstage's lock. */
    private boolean closed;

    /** @param leaving forgets the session, and says whether it was the last one, after which nobody joins */
    Engine(DuckDBConnection any, BiPredicate<Engine, EngineSession> leaving) throws SQLException {
        this.leaving = leaving;
        Connection own = any.duplicate();
        boolean open = false;
        try {
            this.backstage = new Backstage(own, prefix, sessions::get);
            this.results = new ResultTables(own);
            open = true;
        } finally {
            if (!open) {
                own.close();
            }
        }
    }

    /** Whether a connection is to the DuckDB instance of this engine: it knows the engine's functions then. */
    boolean isOf(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count(*) > 0 FROM duckdb_functions() WHERE function_name = ?")) {
            query.setString(1, prefix + "0");
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    EngineSession join(DuckDBConnection connection) throws SQLException {
        EngineSession session = new EngineSession(this, connection, lastSession.incrementAndGet());
        sessions.put(session.id(), session);
        return session;
    }

    /** @return whether it was the last */
    boolean leave(EngineSession session) {
        return sessions.remove(session.id()) != null && sessions.isEmpty();
    }

    /** Of a session that is closed; the last one ends the engine. */
    void left(EngineSession session) throws SQLException {
        if (leaving.test(this, session)) {
            close();
        }
    }

    PasswordProviders passwords() {
        return passwords;
    }

    Collection<EngineSession> sessions() {
        return sessions.values();
    }

    /** By which DuckDB gives rows away. */
    LoadFunctions loads() {
        return loads;
    }

    /** By which DuckDB reads answers of servers that a statement gets while it runs. */
    ResultTables results() {
        return results;
    }

    Backstage backstage() {
        return backstage;
    }

    Collection<AttachedViews> attached() {
        return attached.values();
    }

    /** @return null if the engine has attached nothing under this name */
    AttachedViews find(String alias) {
        return attached.get(folded(alias));
    }

    AttachedViews named(String alias) throws SQLException {
        AttachedViews found = find(alias);
        if (found == null) {
            throw new SQLException("no SQL Server database is attached as " + alias, "3D000");
        }
        return found;
    }

    void attach(Attach statement, EngineSession session) throws SQLException {
        if (find(statement.alias()) != null) {
            if (statement.ifNotExists()) {
                return;
            }
            if (!statement.orReplace()) {
                throw new SQLException("database " + statement.alias() + " is already attached", "42P04");
            }
        }
        Map<String, String> options = new HashMap<>(secret(statement));
        options.putAll(statement.options());
        options.remove("secret");
        AttachedDatabase database = AttachedDatabase.open(
                statement.alias(), AttachOptions.of(statement.url(), options, passwords), session.run());
        AttachedViews views = new AttachedViews(database, backstage);
        boolean kept = false;
        try {
            Mentions defined = session.definedViews();
            if (defined.contains(statement.alias())) {
                views.alwaysMentioned(defined);
            }
            backstage.with(duckdb -> {
                if (closed) {
                    throw new SQLException("the connection is closed", "08003");
                }
                AttachedViews old = statement.orReplace() ? attached.remove(folded(statement.alias())) : null;
                if (old != null) {
                    backstage.execute("DETACH " + Identifiers.duckdb(statement.alias()));
                    end(old);
                }
                backstage.execute("ATTACH ':memory:' AS " + Identifiers.duckdb(statement.alias()));
                attached.put(folded(statement.alias()), views);
            });
            kept = true;
        } finally {
            if (!kept) {
                database.close();
            }
        }
    }

    private Map<String, String> secret(Attach statement) throws SQLException {
        String name = statement.options().get("secret");
        if (name == null) {
            return Map.of();
        }
        Map<String, String> secret = secrets.get(folded(name));
        if (secret == null) {
            throw new SQLException("there is no secret " + name + " of type mssql", "42704");
        }
        return secret;
    }

    /** After DuckDB has detached its part; what still runs is cancelled. Takes as long as the close of a pool. */
    void detached(String alias) throws SQLException {
        AttachedViews views = attached.remove(folded(alias));
        if (views != null) {
            backstage.with(duckdb -> views.forget());
            views.database().close();
        }
    }

    private static void end(AttachedViews views) {
        views.forget();
        views.database().close();
    }

    void createSecret(CreateSecret statement) throws SQLException {
        AttachOptions.checkNames(statement.options());
        boolean taken = secrets.containsKey(folded(statement.name()));
        if (taken && !statement.orReplace()) {
            if (statement.ifNotExists()) {
                return;
            }
            throw new SQLException("secret " + statement.name() + " already exists", "42710");
        }
        secrets.put(folded(statement.name()), statement.options());
    }

    /** @return false if it is none of the engine's */
    boolean dropSecret(DropSecret statement) {
        return secrets.remove(folded(statement.name())) != null;
    }

    boolean hasSecret(String name) {
        return secrets.containsKey(folded(name));
    }

    private void close() throws SQLException {
        List<AttachedViews> all = new ArrayList<>();
        backstage.with(duckdb -> {
            // An ATTACH that is under way finds this, or is among those that are closed.
            closed = true;
            all.addAll(attached.values());
            attached.clear();
        });
        all.forEach(views -> views.database().close());
        try {
            for (AttachedViews views : all) {
                // Somebody may still have a connection of DuckDB's own.
                backstage.with(duckdb -> {
                    views.forget();
                    backstage.execute(
                            "DETACH " + Identifiers.duckdb(views.database().alias()));
                });
            }
        } finally {
            backstage.close();
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
