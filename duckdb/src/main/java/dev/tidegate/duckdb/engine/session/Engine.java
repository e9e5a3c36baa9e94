package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.attach.AttachOptions;
import dev.tidegate.duckdb.attach.AttachedDatabase;
import dev.tidegate.duckdb.attach.PasswordProviders;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.catalog.Attachments;
import dev.tidegate.duckdb.engine.catalog.Backstage;
import dev.tidegate.duckdb.engine.catalog.Mentions;
import dev.tidegate.duckdb.load.LoadFunctions;
import dev.tidegate.duckdb.scan.ResultTables;
import dev.tidegate.duckdb.sql.EngineStatement.Attach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.duckdb.DuckDBConnection;

/**
 * What all engine connections to one DuckDB instance share: attached databases and secrets. It ends with the last of them. Thread-safe.
 */
public final class Engine {
    private final String function =
            "tidegate_scan_" + UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong lastSession = new AtomicLong();
    private final Map<Long, EngineSession> sessions = new ConcurrentHashMap<>();
    private final Secrets secrets = new Secrets();
    private final PasswordProviders passwords = new PasswordProviders(System::getenv);
    private final LoadFunctions loads = new LoadFunctions();
    private final BiPredicate<Engine, EngineSession> leaving;
    private final Attachments attached;
    private final ResultTables results;

    /** @param leaving forgets the session, and says whether it was the last one, after which nobody joins */
    public Engine(DuckDBConnection any, BiPredicate<Engine, EngineSession> leaving) throws SQLException {
        this.leaving = leaving;
        Connection own = any.duplicate();
        boolean open = false;
        try {
            this.attached = new Attachments(new Backstage(own, function, sessions::get));
            this.results = new ResultTables(own);
            open = true;
        } finally {
            if (!open) {
                own.close();
            }
        }
    }

    /** Whether a connection is to the DuckDB instance of this engine: it knows the engine's function then. */
    public boolean isOf(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT count(*) > 0 FROM duckdb_functions() WHERE function_name = ?")) {
            query.setString(1, function);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    public EngineSession join(DuckDBConnection connection) throws SQLException {
        EngineSession session = new EngineSession(this, connection, lastSession.incrementAndGet());
        sessions.put(session.id(), session);
        return session;
    }

    /** @return whether it was the last */
    public boolean leave(EngineSession session) {
        return sessions.remove(session.id()) != null && sessions.isEmpty();
    }

    /** Of a session that is closed; the last one ends the engine. */
    void left(EngineSession session) throws SQLException {
        if (leaving.test(this, session)) {
            attached.close();
        }
    }

    public PasswordProviders passwords() {
        return passwords;
    }

    public Collection<EngineSession> sessions() {
        return sessions.values();
    }

    /** By which DuckDB gives rows away. */
    public LoadFunctions loads() {
        return loads;
    }

    /** By which DuckDB reads answers of servers that a statement gets while it runs. */
    public ResultTables results() {
        return results;
    }

    public Attachments attached() {
        return attached;
    }

    public Secrets secrets() {
        return secrets;
    }

    public void attach(Attach statement, EngineSession session) throws SQLException {
        if (attached.find(statement.alias()) != null) {
            if (statement.ifNotExists()) {
                return;
            }
            if (!statement.orReplace()) {
                throw new SQLException("database " + statement.alias() + " is already attached", "42P04");
            }
        }
        AttachedDatabase database = AttachedDatabase.open(
                statement.alias(),
                AttachOptions.of(statement.url(), secrets.completed(statement.options()), passwords),
                session.run());
        AttachedViews views = new AttachedViews(database, attached.backstage());
        boolean kept = false;
        try {
            Mentions defined = session.definedViews();
            if (defined.contains(statement.alias())) {
                views.alwaysMentioned(defined);
            }
            attached.add(views, statement.orReplace());
            kept = true;
        } finally {
            if (!kept) {
                database.close();
            }
        }
    }
}
