package dev.tidegate.duckdb.engine;

import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.TargetNames.Target;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.sql.EngineStatement;
import dev.tidegate.duckdb.sql.EngineStatement.Attach;
import dev.tidegate.duckdb.sql.EngineStatement.CreateSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Detach;
import dev.tidegate.duckdb.sql.EngineStatement.DropSecret;
import dev.tidegate.duckdb.sql.EngineStatement.Transaction;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.sql.StatementReader;
import dev.tidegate.duckdb.write.Local;
import dev.tidegate.tds.token.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/** One connection of an application: what its statements become, and what they have running. */
final class EngineSession {
    /** A variable of the DuckDB connection, by which a scan finds the session that it belongs to. */
    static final String VARIABLE = "tidegate_session";

    /** Whoever asks for one of these may see any table. */
    private static final Set<String> CATALOGS = Set.of(
            "show",
            "information_schema",
            "duckdb_tables",
            "duckdb_views",
            "duckdb_columns",
            "duckdb_schemas",
            "pg_catalog",
            "pg_tables",
            "pg_views",
            "pg_class",
            "pg_attribute",
            "sqlite_master");

    private static final Set<String> DEFINITIONS = Set.of("view", "macro", "function");

    private final Engine engine;
    private final DuckDBConnection duckdb;
    private final long id;
    /** Statements of a connection run one after the other. */
    private final ReentrantLock running = new ReentrantLock();
    /** Held while a statement takes its turn, and while one is cancelled, so that a cancel is not late by a statement. */
    private final ReentrantLock turn = new ReentrantLock();
    /** Whose statement runs, or ran last; under {@link #turn}. */
    private Execution owner;

    private final RemoteWork remote = new RemoteWork();
    private final Transactions transactions = new Transactions(this);
    private final TransactionViews seen = new TransactionViews(this);
    private final ScanConditions conditions = new ScanConditions();
    private final PushDownSettings settings = new PushDownSettings();
    private final Writes writes = new Writes(this);

    private final AtomicBoolean closed = new AtomicBoolean();
    /** Null until it was asked for. */
    private volatile Boolean streams;
    /** A temporary table of the last statement; null if it has none. Guarded by {@link #running}. */
    private String left;

    private volatile Run run = new Run(Duration.ZERO);
    /** Once a default database was chosen, any name may be one of an attached database. */
    private volatile boolean defaultsChosen;

    EngineSession(Engine engine, DuckDBConnection duckdb, long id) throws SQLException {
        this.engine = engine;
        this.duckdb = duckdb;
        this.id = id;
        remote.autoCommit(duckdb.getAutoCommit());
        execute("SET VARIABLE " + VARIABLE + " = " + id + "::BIGINT");
        if (!duckdb.getAutoCommit()) {
            // A duplicate has it from its original, and must not be in a transaction before its first statement.
            duckdb.commit();
            remote.autoCommit(false);
        }
    }

    long id() {
        return id;
    }

    Engine engine() {
        return engine;
    }

    DuckDBConnection duckdb() {
        return duckdb;
    }

    /** @param session null for a connection that is not the engine's */
    static Run runOf(EngineSession session) {
        return session == null ? new Run(Duration.ZERO) : session.run;
    }

    /** @param session null for a connection that is not the engine's */
    static RemoteWork remoteOf(EngineSession session) {
        return session == null ? new RemoteWork() : session.remote;
    }

    ReentrantLock running() {
        return running;
    }

    /** Of the statement that runs, or ran last. */
    Run run() {
        return run;
    }

    /** Whether results are read from DuckDB while they are made. A property of the connection, which costs much to ask for. */
    boolean streams() throws SQLException {
        Boolean known = streams;
        if (known == null) {
            try (Statement statement = duckdb.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT value = 'true' FROM duckdb_settings() WHERE name = 'jdbc_stream_results'")) {
                known = row.next() && row.getBoolean(1);
            }
            streams = known;
        }
        return known;
    }

    PushDownSettings settings() {
        return settings;
    }

    /** What scans that are bound now need to read. */
    ScanConditions conditions() {
        return conditions;
    }

    /** What its statements do on servers goes through this. */
    RemoteWork remote() {
        return remote;
    }

    /** Of the present transaction. */
    TransactionViews seen() {
        return seen;
    }

    Transactions transactions() {
        return transactions;
    }

    /**
     * Called by who holds {@link #running}.
     *
     * @param whose null: no statement's, so that none can be cancelled
     */
    Run begin(Duration limit, Execution whose) throws SQLException {
        Run next = new Run(limit);
        turn.lock();
        try {
            run = next;
            owner = whose;
        } finally {
            turn.unlock();
        }
        if (closed.get()) {
            throw new SQLException("the connection is closed", "08003");
        }
        dropLeft();
        return next;
    }

    /** Ends DuckDB's part of what runs. */
    interface Interrupt {
        void run() throws Throwable;
    }

    /**
     * Ends what the statement runs, or what is still to be read of what it ran; what another statement runs meanwhile is not hit. Waits
     * for nothing.
     */
    void cancel(Execution whose, Interrupt duckdb) throws Throwable {
        turn.lock();
        try {
            if (owner == whose) {
                try {
                    duckdb.run();
                } finally {
                    run.cancel();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #cancel}, if another thread runs the statement at this moment: its close would wait for the end otherwise. */
    void cancelOfOthers(Execution whose, Interrupt duckdb) throws Throwable {
        if (running.isLocked() && !running.isHeldByCurrentThread()) {
            cancel(whose, duckdb);
        }
    }

    /** @param table quoted; temporary, and dropped before the next statement */
    void dropLater(String table) {
        left = table;
    }

    private void dropLeft() {
        String table = left;
        left = null;
        if (table != null) {
            try {
                execute("DROP TABLE IF EXISTS " + table);
            } catch (SQLException e) {
                // In a transaction that has failed; its rollback drops it.
                System.getLogger(EngineSession.class.getName())
                        .log(System.Logger.Level.DEBUG, "left to the rollback", e);
            }
        }
    }

    void defaultsChosen() {
        defaultsChosen = true;
    }

    /**
     * Looks up what the statement needs, which may ask servers for names and columns, but runs nothing there.
     *
     * @throws SQLException what is wrong with a statement of the engine, or an attached database cannot be reached
     */
    Translated translate(SqlStatement statement) throws SQLException {
        Optional<EngineStatement> mine = StatementReader.read(statement);
        if (mine.isPresent()) {
            Optional<Translated> translated = translate(mine.get(), statement);
            if (translated.isPresent()) {
                return translated.get();
            }
        }
        remote.checkNotAborted();
        Optional<Translated> write = writes.translate(statement);
        if (write.isPresent()) {
            return write.get();
        }
        Optional<Translated.Step> setting = settings.change(statement);
        if (setting.isPresent()) {
            return Translated.byEngine(setting.get());
        }
        if (statement.begins("USE") || statement.begins("SET")) {
            defaultsChosen = true;
        }
        Map<RemoteName, SQLException> undescribed = makeViews(statement);
        SqlStatement seenBy = asSeen(statement);
        return EngineFunctions.in(seenBy)
                ? new EngineFunctions(this, seenBy).translate(undescribed)
                : Translated.asItIs(seenBy.text(), undescribed);
    }

    /** In which the tables that the transaction has made or changed have other names; its views are made. */
    SqlStatement asSeen(SqlStatement statement) throws SQLException {
        return seen.translated(statement);
    }

    private Optional<Translated> translate(EngineStatement mine, SqlStatement statement) {
        if (mine instanceof Attach attach) {
            return Optional.of(Translated.byEngine(() -> {
                if (attach.orReplace()) {
                    checkUnused(attach.alias());
                }
                engine.attach(attach, this);
            }));
        }
        if (mine instanceof Transaction transaction) {
            return Optional.of(transactions.translate(transaction, statement.text()));
        }
        if (mine instanceof CreateSecret secret) {
            return Optional.of(Translated.byEngine(() -> engine.createSecret(secret)));
        }
        if (mine instanceof DropSecret secret && engine.hasSecret(secret.name())) {
            return Optional.of(Translated.byEngine(() -> engine.dropSecret(secret)));
        }
        if (mine instanceof Detach detach && engine.find(detach.alias()) != null) {
            // DuckDB has its say first: it does not detach the default database.
            return Optional.of(new Translated(
                    statement.text(),
                    () -> checkUnused(detach.alias()),
                    () -> engine.detached(detach.alias()),
                    null,
                    List.of(),
                    Map.of()));
        }
        return Optional.empty();
    }

    /** As DuckDB does with its own. */
    private void checkUnused(String alias) throws SQLException {
        AttachedViews views = engine.find(alias);
        if (views != null && remote.uses(views.database())) {
            throw new SQLException(
                    "Cannot detach database \"" + alias
                            + "\" because the current transaction has outstanding work on it -"
                            + " commit or rollback first",
                    "25001");
        }
    }

    /** Of the attached tables that it may mean. */
    Map<RemoteName, SQLException> makeViews(SqlStatement statement) throws SQLException {
        if (engine.attached().isEmpty()) {
            return Map.of();
        }
        Mentions mentions = Mentions.of(statement);
        boolean all = mentions.anyOf(CATALOGS)
                || statement.begins("DESCRIBE") && statement.tokens().size() == 1;
        Map<RemoteName, SQLException> undescribed = new LinkedHashMap<>();
        for (AttachedViews views : engine.attached()) {
            boolean named = mentions.contains(views.database().alias());
            if (named && statement.begins("CREATE") && mentions.anyOf(DEFINITIONS)) {
                // Who uses what it defines does not mention the table.
                views.alwaysMentioned(mentions);
            }
            if (all) {
                undescribed.putAll(seen.make(views, some -> some.makeAll(remote, run)));
            } else if (named || defaultsChosen) {
                undescribed.putAll(seen.make(views, some -> some.make(mentions, defaultsChosen, remote, run)));
            } else {
                undescribed.putAll(seen.make(views, some -> some.makeAlwaysMentioned(remote, run)));
            }
        }
        return undescribed;
    }

    /** Of a table or view that is there. */
    List<Column> columns(Target table) throws SQLException {
        Map<RemoteName, SQLException> failures = new LinkedHashMap<>();
        List<Column> columns = remote.columns(table.database(), List.of(table.name()), run, failures)
                .get(table.name());
        if (columns == null) {
            throw failures.get(table.name());
        }
        return columns;
    }

    /** What a query scans, as DuckDB binds it now. */
    Set<ScanSource> bound(String query) throws SQLException {
        Set<ScanSource> bound = conditions.watch();
        try {
            duckdb.prepareStatement(query).close();
            return bound;
        } finally {
            conditions.end();
        }
    }

    /** DuckDB's side of the statement that runs. */
    Local local() throws SQLException {
        return new Local(duckdb, remote.inTransaction(), run);
    }

    /** For DuckDB's own questions about what tables there are. */
    void makeAllViews() throws SQLException {
        for (AttachedViews views : engine.attached()) {
            seen.make(views, some -> some.makeAll(remote, run));
        }
    }

    /** What the views of local databases mention. */
    Mentions definedViews() throws SQLException {
        StringBuilder definitions = new StringBuilder();
        try (Statement statement = duckdb.createStatement();
                ResultSet views = statement.executeQuery(
                        "SELECT sql FROM duckdb_views() WHERE NOT internal AND sql IS NOT NULL")) {
            while (views.next()) {
                definitions.append(views.getString(1)).append("\n;");
            }
        }
        return Mentions.of(definitions.toString());
    }

    /** What a statement does in several steps. */
    interface Steps<T> {
        T run() throws SQLException;
    }

    /** Runs all of it in one transaction: the one that there is, or one of its own. */
    <T> T atomically(Steps<T> steps) throws SQLException {
        if (remote.inTransaction()) {
            return steps.run();
        }
        execute("BEGIN TRANSACTION");
        remote.begun(false);
        try {
            T result = steps.run();
            transactions.commitAll();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            // A commit that fails has ended it, unless there was only a rollback left to do.
            if (remote.inTransaction()) {
                try {
                    transactions.rollbackAll();
                } catch (SQLException secondary) {
                    e.addSuppressed(secondary);
                }
            }
            throw e;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends what runs, on servers too; then DuckDB's part. */
    void close() throws SQLException {
        if (!closed.compareAndSet(false, true)) {
            duckdb.close();
            return;
        }
        run.cancel();
        try {
            remote.close();
        } finally {
            try {
                duckdb.close();
            } finally {
                seen.end();
                engine.left(this);
            }
        }
    }
}
