package dev.tidegate.duckdb.engine.session;

import dev.tidegate.duckdb.attach.Parallelism;
import dev.tidegate.duckdb.attach.RemoteName;
import dev.tidegate.duckdb.attach.Run;
import dev.tidegate.duckdb.engine.catalog.AttachedViews;
import dev.tidegate.duckdb.engine.catalog.Attachments;
import dev.tidegate.duckdb.engine.catalog.Mentions;
import dev.tidegate.duckdb.engine.catalog.TransactionViews;
import dev.tidegate.duckdb.engine.scan.ScanConditions;
import dev.tidegate.duckdb.engine.scan.ScanFunction;
import dev.tidegate.duckdb.engine.scan.ScanOwner;
import dev.tidegate.duckdb.engine.scan.ScanSource;
import dev.tidegate.duckdb.engine.session.TargetNames.Target;
import dev.tidegate.duckdb.engine.tx.RemoteWork;
import dev.tidegate.duckdb.push.remote.Tsql;
import dev.tidegate.duckdb.sql.SqlStatement;
import dev.tidegate.duckdb.write.Local;
import dev.tidegate.tds.token.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/** One connection of an application: what its statements see and share, and what they have running. */
public final class EngineSession implements ScanOwner {
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
    private Object owner;

    private final RemoteWork remote = new RemoteWork();
    private final Transactions transactions = new Transactions(this);
    private final TransactionViews seen;
    private final ScanConditions conditions = new ScanConditions();
    private final ParallelScans parallelScans = new ParallelScans(this);
    private final PushDownSettings settings = new PushDownSettings();

    private final AtomicBoolean closed = new AtomicBoolean();
    /** Null until it was asked for. */
    private volatile Boolean streams;
    /** A temporary table of the last statement; null if it has none. Guarded by {@link #running}. */
    private String left;

    /** Of the last statement, whose result is still to be read; null if there is none. Guarded by {@link #running}. */
    private StatementTransaction unread;

    private volatile Run run = new Run(Duration.ZERO);
    /** Once a default database was chosen, any name may be one of an attached database. */
    private volatile boolean defaultsChosen;

    public EngineSession(Engine engine, DuckDBConnection duckdb, long id) throws SQLException {
        this.engine = engine;
        this.duckdb = duckdb;
        this.id = id;
        this.seen = new TransactionViews(remote, engine.attached().backstage(), id);
        remote.autoCommit(duckdb.getAutoCommit());
        execute("SET VARIABLE " + ScanFunction.OWNER + " = " + id + "::BIGINT");
        if (!duckdb.getAutoCommit()) {
            // A duplicate has it from its original, and must not be in a transaction before its first statement.
            duckdb.commit();
            remote.autoCommit(false);
        }
    }

    public long id() {
        return id;
    }

    public Engine engine() {
        return engine;
    }

    public DuckDBConnection duckdb() {
        return duckdb;
    }

    /** What all connections to this DuckDB instance have attached. */
    public Attachments attached() {
        return engine.attached();
    }

    public ReentrantLock running() {
        return running;
    }

    @Override
    public Run run() {
        return run;
    }

    /** Whether results are read from DuckDB while they are made. A property of the connection, which costs much to ask for. */
    public boolean streams() throws SQLException {
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

    public PushDownSettings settings() {
        return settings;
    }

    @Override
    public ScanConditions conditions() {
        return conditions;
    }

    @Override
    public Parallelism parallelism(ScanSource source, Tsql condition) throws SQLException {
        return parallelScans.of(source, condition);
    }

    /** Whether scans that begin now may use several connections. */
    public ParallelScans parallelScans() {
        return parallelScans;
    }

    @Override
    public RemoteWork remote() {
        return remote;
    }

    /** Of the present transaction. */
    public TransactionViews seen() {
        return seen;
    }

    public Transactions transactions() {
        return transactions;
    }

    /**
     * Called by who holds {@link #running}.
     *
     * @param whose the statement by which it can be cancelled; null: none
     */
    public Run begin(Duration limit, Object whose) throws SQLException {
        Run next = new Run(limit);
        parallelScans.end();
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
        endUnread();
        dropLeft();
        return next;
    }

    void endsWithItsResult(StatementTransaction transaction) {
        unread = transaction;
    }

    /**
     * A result was read to its end, or closed. Waits for nothing: a statement that runs at this moment has ended the transaction before it
     * began.
     *
     * @param of which it is the result
     */
    public void resultEnded(Run of) throws SQLException {
        if (running.tryLock()) {
            try {
                if (run == of && !closed.get()) {
                    endUnread();
                }
            } finally {
                running.unlock();
            }
        }
    }

    private void endUnread() throws SQLException {
        StatementTransaction ended = unread;
        unread = null;
        if (ended != null) {
            ended.commit();
        }
    }

    /** Ends DuckDB's part of what runs. */
    public interface Interrupt {
        void run() throws Throwable;
    }

    /**
     * Ends what the statement runs, or what is still to be read of what it ran; what another statement runs meanwhile is not hit. Waits
     * for nothing.
     */
    public void cancel(Object whose, Interrupt duckdb) throws Throwable {
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

    /** Also if the cancel is only under way: DuckDB hears of it first. */
    public boolean isCancelled(Run which) {
        turn.lock();
        try {
            return which.isCancelled();
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #cancel}, if another thread runs the statement at this moment: its close would wait for the end otherwise. */
    public void cancelOfOthers(Object whose, Interrupt duckdb) throws Throwable {
        if (running.isLocked() && !running.isHeldByCurrentThread()) {
            cancel(whose, duckdb);
        }
    }

    /** @param table quoted; temporary, and dropped before the next statement */
    public void dropLater(String table) {
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

    /** What was borrowed of the functions is not read any more. */
    public void giveBack(List<ScanFunction> borrowed) throws SQLException {
        attached().backstage().giveBack(borrowed);
    }

    /** From now on any name may be one of an attached database. */
    public void defaultsChosen() {
        defaultsChosen = true;
    }

    /** In which the tables that the transaction has made or changed have other names; its views are made. */
    public SqlStatement asSeen(SqlStatement statement) throws SQLException {
        return seen.translated(statement);
    }

    /** Of the attached tables that it may mean. */
    public Map<RemoteName, SQLException> makeViews(SqlStatement statement) throws SQLException {
        if (attached().isEmpty()) {
            return Map.of();
        }
        Mentions mentions = Mentions.of(statement);
        boolean all = mentions.anyOf(CATALOGS)
                || statement.begins("DESCRIBE") && statement.tokens().size() == 1;
        Map<RemoteName, SQLException> undescribed = new LinkedHashMap<>();
        for (AttachedViews views : attached().all()) {
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
    public List<Column> columns(Target table) throws SQLException {
        Map<RemoteName, SQLException> failures = new LinkedHashMap<>();
        List<Column> columns = remote.columns(table.database(), List.of(table.name()), run, failures)
                .get(table.name());
        if (columns == null) {
            throw failures.get(table.name());
        }
        return columns;
    }

    /** What a query scans, as DuckDB binds it now. */
    public Set<ScanSource> bound(String query) throws SQLException {
        Set<ScanSource> bound = conditions.watch();
        try {
            duckdb.prepareStatement(query).close();
            return bound;
        } finally {
            conditions.end();
        }
    }

    /** DuckDB's side of the statement that runs. */
    public Local local() throws SQLException {
        return new Local(duckdb, remote.inTransaction(), run);
    }

    /** For DuckDB's own questions about what tables there are. */
    public void makeAllViews() throws SQLException {
        for (AttachedViews views : attached().all()) {
            seen.make(views, some -> some.makeAll(remote, run));
        }
    }

    /** What the views of local databases mention. */
    public Mentions definedViews() throws SQLException {
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
    public interface Steps<T> {
        T run() throws SQLException;
    }

    /** Runs all of it in one transaction: the one that there is, or one of its own. */
    public <T> T atomically(Steps<T> steps) throws SQLException {
        if (remote.inTransaction()) {
            return steps.run();
        }
        execute("BEGIN TRANSACTION");
        remote.begun(false, run);
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

    public void execute(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends what runs, on servers too; then DuckDB's part. */
    public void close() throws SQLException {
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
