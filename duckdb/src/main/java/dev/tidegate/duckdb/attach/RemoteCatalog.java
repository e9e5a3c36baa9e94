package dev.tidegate.duckdb.attach;

import dev.tidegate.tds.token.Column;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What is known of an attached database: the names of its tables, all by one query, and the columns of those that were asked for. Whoever
 * asks for what somebody else is loading waits for him; no lock is held meanwhile. What failed is not kept. Thread-safe.
 */
public final class RemoteCatalog {
    /** Where the catalog looks things up. */
    public interface Lookup {
        List<RemoteName> tables() throws SQLException;

        /** Columns of these tables, or the server's error, each. */
        Map<RemoteName, Object> columns(List<RemoteName> tables) throws SQLException;
    }

    private record Names(CompletableFuture<List<RemoteName>> tables, long since) {}

    private final Duration ttl;
    private final ConcurrentMap<RemoteName, CompletableFuture<List<Column>>> columns = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Names> names = new ConcurrentHashMap<>();
    private final Set<String> schemas = ConcurrentHashMap.newKeySet();
    private final Set<String> goneSchemas = ConcurrentHashMap.newKeySet();

    /** How often anything was found to be different from what was known. */
    private final AtomicLong version = new AtomicLong();

    /** Of the one that this is a copy of, when it was made. */
    private final long origin;

    /** @param ttl zero: what was found holds until it is cleared */
    public RemoteCatalog(Duration ttl) {
        this(ttl, 0);
    }

    private RemoteCatalog(Duration ttl, long origin) {
        this.ttl = ttl;
        this.origin = origin;
    }

    /** @param run whose time and cancel hold for the wait for another's look-up, too */
    public List<RemoteName> tables(Lookup lookup, Run run) throws SQLException {
        while (true) {
            Names fresh = new Names(new CompletableFuture<>(), System.nanoTime());
            Names present = names.compute("", (key, old) -> old == null || isOld(old) ? fresh : old);
            if (present == fresh) {
                return load(fresh, lookup);
            }
            try {
                return run.await(present.tables());
            } catch (ExecutionException e) {
                // What the other one has failed of, such as its own cancel or limit, is no failure of this one: now it
                // is its turn.
                System.getLogger(RemoteCatalog.class.getName())
                        .log(Level.DEBUG, "another statement's look-up has failed", e.getCause());
            }
        }
    }

    private List<RemoteName> load(Names fresh, Lookup lookup) throws SQLException {
        version.incrementAndGet();
        columns.clear();
        try {
            List<RemoteName> tables = List.copyOf(lookup.tables());
            fresh.tables().complete(tables);
            return tables;
        } catch (SQLException | RuntimeException | Error e) {
            names.remove("", fresh);
            fresh.tables().completeExceptionally(e);
            throw e;
        }
    }

    private boolean isOld(Names found) {
        return !ttl.isZero() && found.tables().isDone() && System.nanoTime() - found.since() > ttl.toNanos();
    }

    /**
     * Columns of these tables; all that are not known yet are looked up together.
     *
     * @param run as for {@link #tables}
     * @param failures takes the server's errors, of tables that cannot be read
     */
    public Map<RemoteName, List<Column>> columns(
            Collection<RemoteName> wanted, Lookup lookup, Run run, Map<RemoteName, SQLException> failures)
            throws SQLException {
        Map<RemoteName, CompletableFuture<List<Column>>> mine = new LinkedHashMap<>();
        Map<RemoteName, CompletableFuture<List<Column>>> all = new LinkedHashMap<>();
        for (RemoteName name : wanted) {
            CompletableFuture<List<Column>> fresh = new CompletableFuture<>();
            CompletableFuture<List<Column>> present = columns.putIfAbsent(name, fresh);
            all.put(name, present == null ? fresh : present);
            if (present == null) {
                mine.put(name, fresh);
            }
        }
        if (!mine.isEmpty()) {
            load(mine, lookup);
        }
        Map<RemoteName, List<Column>> found = new HashMap<>();
        List<RemoteName> notByOthers = new ArrayList<>();
        for (Map.Entry<RemoteName, CompletableFuture<List<Column>>> entry : all.entrySet()) {
            RemoteName name = entry.getKey();
            try {
                found.put(name, run.await(entry.getValue()));
            } catch (ExecutionException e) {
                if (mine.containsKey(name) && e.getCause() instanceof SQLException known) {
                    failures.put(name, known);
                } else {
                    notByOthers.add(name);
                }
            }
        }
        if (!notByOthers.isEmpty()) {
            found.putAll(columns(notByOthers, lookup, run, failures));
        }
        return found;
    }

    /** As {@link #made(RemoteName)}, of a table whose columns are known, too. */
    public void made(RemoteName table, List<Column> itsColumns) {
        made(table);
        columns.put(table, CompletableFuture.completedFuture(List.copyOf(itsColumns)));
    }

    @SuppressWarnings("unchecked") // A list is what the look-up promises.
    private void load(Map<RemoteName, CompletableFuture<List<Column>>> mine, Lookup lookup) throws SQLException {
        Throwable failure = new IllegalStateException("the look-up did not come to its end");
        try {
            lookup.columns(new ArrayList<>(mine.keySet())).forEach((name, result) -> {
                if (result instanceof SQLException e) {
                    columns.remove(name, mine.get(name));
                    mine.get(name).completeExceptionally(e);
                } else {
                    mine.get(name).complete((List<Column>) result);
                }
            });
        } catch (SQLException | RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            for (Map.Entry<RemoteName, CompletableFuture<List<Column>>> entry : mine.entrySet()) {
                if (!entry.getValue().isDone()) {
                    // Gone before anybody hears of it: who asks again is to look it up.
                    columns.remove(entry.getKey(), entry.getValue());
                    entry.getValue().completeExceptionally(failure);
                }
            }
        }
    }

    /** A table or view was made: it is known by its name, and everything else as before. */
    public void made(RemoteName table) {
        renamed(names -> {
            names.remove(table);
            names.add(table);
            names.sort(Comparator.comparing(RemoteName::schema).thenComparing(RemoteName::table));
        });
        columns.remove(table);
    }

    /** A schema was made: there is no table by which it would be known. */
    public void madeSchema(String schema) {
        version.incrementAndGet();
        goneSchemas.removeIf(schema::equalsIgnoreCase);
        schemas.add(schema);
    }

    /** A schema was dropped. */
    public void goneSchema(String schema) {
        version.incrementAndGet();
        schemas.removeIf(schema::equalsIgnoreCase);
        goneSchemas.add(schema);
    }

    /** Schemas that were made, whether or not there are tables in them. */
    public Set<String> schemas() {
        return Set.copyOf(schemas);
    }

    /** Schemas that were dropped, and not made again by a statement of DuckDB's. */
    public Set<String> goneSchemas() {
        return Set.copyOf(goneSchemas);
    }

    /** A table or view was dropped. */
    public void gone(RemoteName table) {
        renamed(names -> names.remove(table));
        columns.remove(table);
    }

    /** A table has other columns now. */
    public void changed(RemoteName table) {
        version.incrementAndGet();
        columns.remove(table);
    }

    /** A list that is still being loaded may be of before or after the change: it is loaded again. */
    private void renamed(Consumer<List<RemoteName>> change) {
        version.incrementAndGet();
        names.computeIfPresent("", (key, found) -> {
            if (!found.tables().isDone() || found.tables().isCompletedExceptionally()) {
                return null;
            }
            List<RemoteName> changed = new ArrayList<>(found.tables().join());
            change.accept(changed);
            return new Names(CompletableFuture.completedFuture(List.copyOf(changed)), found.since());
        });
    }

    /** One of its own with all that is known by now; what either learns or forgets later is not the other's. Waits for nobody. */
    public RemoteCatalog copy() {
        RemoteCatalog copy = new RemoteCatalog(ttl, version.get());
        names.forEach((key, found) -> {
            if (isKnown(found.tables())) {
                copy.names.put(key, found);
            }
        });
        copy.schemas.addAll(schemas);
        copy.goneSchemas.addAll(goneSchemas);
        columns.forEach((name, found) -> {
            if (isKnown(found)) {
                copy.columns.put(name, found);
            }
        });
        return copy;
    }

    private static boolean isKnown(CompletableFuture<?> found) {
        return found.isDone() && !found.isCompletedExceptionally();
    }

    /** Takes over the columns that a copy has come to know, unless something is different since it was made. */
    public void learn(RemoteCatalog copy) {
        if (copy.origin != version.get()) {
            return;
        }
        copy.columns.forEach((name, found) -> {
            if (isKnown(found)) {
                columns.putIfAbsent(name, found);
            }
        });
    }

    /** Forgets everything. */
    public void clear() {
        version.incrementAndGet();
        names.clear();
        schemas.clear();
        columns.clear();
    }
}
