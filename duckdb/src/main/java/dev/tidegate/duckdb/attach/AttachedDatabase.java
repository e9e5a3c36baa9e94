package dev.tidegate.duckdb.attach;

import dev.tidegate.client.IsolationLevel;
import dev.tidegate.client.TdsConnection;
import dev.tidegate.client.pool.PoolSettings;
import dev.tidegate.client.pool.PoolStatistics;
import dev.tidegate.client.settings.ConnectionSettings;
import dev.tidegate.tds.token.Column;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** A SQL Server database under the name that DuckDB has it by: its pool, and what is known of its tables. Thread-safe. */
public final class AttachedDatabase implements AutoCloseable {
    private final String alias;
    private final AttachOptions options;
    private final ChangeablePool pool;
    private final RemoteCatalog catalog;
    private final Greeting greeting;
    private final Map<RemoteName, TableFacts> facts = new ConcurrentHashMap<>();
    private final LongAdder refused = new LongAdder();

    private AttachedDatabase(String alias, AttachOptions options, ChangeablePool pool, Greeting greeting) {
        this.alias = alias;
        this.options = options;
        this.pool = pool;
        this.catalog = new RemoteCatalog(options.cacheTtl());
        this.greeting = greeting;
    }

    /**
     * Logs in, so that what is wrong shows now.
     *
     * @throws SQLException naming which of host, port, database and login is wrong, as far as it can be told
     */
    public static AttachedDatabase open(String alias, AttachOptions options, Run run) throws SQLException {
        ChangeablePool pool = new ChangeablePool(options.connection(), options.pool());
        boolean open = false;
        try (TdsConnection connection = pool.acquire(run)) {
            AttachedDatabase database = new AttachedDatabase(alias, options, pool, Greeting.ask(connection, run));
            open = true;
            return database;
        } catch (SQLException e) {
            throw AttachFailures.named(alias, options.connection(), e);
        } finally {
            if (!open) {
                pool.close();
            }
        }
    }

    public String alias() {
        return alias;
    }

    /**
     * Whether both are on one server, as far as it tells or their addresses do: what one locks may be in the way of the other. Servers
     * that say the same of themselves count as one: then less is done at once than could be.
     */
    public boolean isWhereIs(AttachedDatabase other) {
        ConnectionSettings mine = options.connection();
        ConnectionSettings others = other.options.connection();
        return this == other
                || greeting.isOfServerOf(other.greeting)
                || mine.host().equalsIgnoreCase(others.host()) && mine.port() == others.port();
    }

    public AttachOptions options() {
        return options;
    }

    /** The schema of names without one; null if the login has none. */
    public String defaultSchema() {
        return greeting.schema();
    }

    /** Its server has refused a request that push-down has made. */
    public void pushDownRefused() {
        refused.increment();
    }

    /** How often the server has refused such requests. */
    public long pushDownsRefused() {
        return refused.sum();
    }

    public PoolStatistics statistics() {
        return pool.statistics();
    }

    /** A connection of the pool, at the isolation level that ATTACH has asked for; its close gives it back. */
    public TdsConnection acquire(Run run) throws SQLException {
        return isolated(pool.acquire(run), run);
    }

    /**
     * As {@link #acquire}, if there is one for which nobody has to be waited for; it may have to be opened.
     *
     * @param limit for that, and for the case that somebody else is quicker
     * @return empty if there is none, or not in time
     */
    public Optional<TdsConnection> acquireSpare(Duration limit, Run run) throws SQLException {
        TdsConnection spare = pool.acquireSpare(run.atMost(limit));
        return spare == null ? Optional.empty() : Optional.of(isolated(spare, run));
    }

    /** How many connections more the pool would give at this moment without a wait for somebody else's. */
    public int spare() {
        return pool.spare();
    }

    private TdsConnection isolated(TdsConnection connection, Run run) throws SQLException {
        if (options.isolation() == IsolationLevel.CURRENT) {
            return connection;
        }
        boolean ready = false;
        try {
            run.isolate(connection, options.isolation());
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** As {@link #acquire}, with a transaction begun on it; its close rolls back what was not committed. */
    public TdsConnection begin(Run run) throws SQLException {
        TdsConnection connection = pool.acquire(run);
        boolean ready = false;
        try {
            run.begin(connection, options.isolation());
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    /** Of its pool, as they are now. */
    public PoolSettings poolSettings() {
        return pool.settings();
    }

    /**
     * Changes a setting of the pool, for whoever takes a connection from now on. Connections in use stay with their users.
     *
     * @param option as ATTACH has it
     * @throws SQLException 22023 naming what is wrong
     */
    public void set(String option, String value) throws SQLException {
        pool.change(AttachOptions.changed(pool.settings(), option, value));
    }

    /** Tells the catalog what a definition has changed. */
    public void changed(Consumer<RemoteCatalog> change) {
        change.accept(catalog);
    }

    /** A table was made that everybody can see: all is known of it. */
    public void made(RemoteName table, List<Column> columns, long rows) {
        facts.put(table, new TableFacts(OptionalLong.of(rows), Optional.of(Set.of())));
        catalog.made(table, columns);
    }

    /** Looks up on this connection. */
    public RemoteCatalog.Lookup lookup(TdsConnection connection, Run run) {
        return new WithFacts(connection, run);
    }

    /** What all but transactions know of it. */
    public RemoteCatalog catalog() {
        return catalog;
    }

    /** What is known beside the columns, once they have been asked for. */
    public TableFacts facts(RemoteName table) {
        return facts.getOrDefault(table, TableFacts.NONE);
    }

    public void clearCache() {
        catalog.clear();
    }

    /** What runs on its connections is cancelled. Takes the connection's {@code closeTimeout} and a second at most. */
    @Override
    public void close() {
        pool.close();
    }

    /** Who asks for columns is told them, and the facts are kept here. */
    private final class WithFacts implements RemoteCatalog.Lookup {
        private final TdsConnection connection;
        private final Run run;

        WithFacts(TdsConnection connection, Run run) {
            this.connection = connection;
            this.run = run;
        }

        @Override
        public List<RemoteName> tables() throws SQLException {
            return new CatalogQueries(connection, run, options).tables();
        }

        @Override
        public Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException {
            facts.putAll(new FactQueries(connection, run).facts(tables));
            return new CatalogQueries(connection, run, options).columns(tables);
        }
    }
}
